import { describe, expect, it } from 'vitest'
import type { CubeHeader } from '../../src/main/cube/cube-header'
import type { CheckpointManifest } from '../../src/main/model/checkpoint-manifest'
import { matchTrainedBands } from '../../src/main/model/paper/trained-bands'
import { plainHeader } from '../memory-scene'

const trainedNm = [400, 410, 420, 430]

function manifest(wavelengthNm: number[] | null): CheckpointManifest {
  return { wavelengthNm, trainedBands: [0, 2, 3], sources: [{ bands: 4 }] } as unknown as CheckpointManifest
}

function header(bands: number, wavelengthNm: number[] | null = null, badBands: boolean[] | null = null): CubeHeader {
  return { ...plainHeader(10, 10, bands), wavelengthNm, badBands }
}

const match = (model: CheckpointManifest, scene: CubeHeader): number[] => matchTrainedBands(model, scene, 'scene.hdr', 'model')

describe('bands of a scene for a model that is tied to its bands', () => {
  it('are found by wavelength, in the order of the model', () => {
    expect(match(manifest(trainedNm), header(6, [431, 421, 900, 409, 399, 350]))).toEqual([4, 3, 1, 0])
  })

  it('are each taken once, where detectors overlap too', () => {
    expect(match(manifest([400, 410, 410, 420]), header(4, [400, 410, 410, 420]))).toEqual([0, 1, 2, 3])
  })

  it('must lie within half the spacing; the first one missing is named', () => {
    expect(match(manifest(trainedNm), header(4, [404.9, 410, 420, 430]))).toEqual([0, 1, 2, 3])
    expect(() => match(manifest(trainedNm), header(4, [400, 410, 426, 440]))).toThrow(/scene\.hdr: has no usable band within 5\.0 nm of 420\.0 nm/)
    expect(() => match(manifest(trainedNm), header(4, trainedNm, [false, true, false, false]))).toThrow(/of 410\.0 nm/)
  })

  it('are those of the same places when there are no wavelengths and as many bands', () => {
    expect(match(manifest(null), header(4))).toEqual([0, 2, 3])
    expect(match(manifest(null), header(4, trainedNm))).toEqual([0, 2, 3])
    expect(match(manifest(trainedNm), header(4))).toEqual([0, 2, 3])
    expect(() => match(manifest(null), header(5))).toThrow(/5 bands .* trained on 4 bands/)
  })

  it('do not fit when refused with the tag for it', () => {
    expect(() => match(manifest(null), header(5))).toThrow(expect.objectContaining({ tag: 'mismatch' }) as Error)
  })
})
