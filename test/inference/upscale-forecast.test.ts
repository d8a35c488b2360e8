import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quietContext } from '../../src/main/common/job-context'
import { resourcePath } from '../../src/main/common/project-root'
import type { CubeHeader } from '../../src/main/cube/cube-header'
import { allBands } from '../../src/main/cube/cube-reader'
import { describeOutput } from '../../src/main/formats/describe-output'
import { openCube } from '../../src/main/formats/registry'
import { forecastUpscale, type ForecastRequest } from '../../src/main/inference/upscale-forecast'
import { loadManifest } from '../../src/main/model/checkpoint'
import type { CheckpointManifest } from '../../src/main/model/checkpoint-manifest'
import { matchTrainedBands } from '../../src/main/model/paper/trained-bands'
import { runUpscaleJob } from '../../src/main/workers/upscale-job'

const SCENE = resourcePath('sample-scene', 'dlr-hysu.tif')
const MODEL = resourcePath('models', 'studio-2x')
let folder = ''
let header: CubeHeader
let manifest: CheckpointManifest
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dacn-forecast-'))
  const reader = await openCube(SCENE)
  header = reader.header
  await reader.close()
  manifest = await loadManifest(MODEL)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function request(changes: Partial<ForecastRequest> = {}, format: 'geotiff' | 'envi' = 'geotiff'): ForecastRequest {
  return {
    header, file: SCENE, model: MODEL, manifest, window: null, bands: allBands(header), sampleType: 'source', compression: 'none', interleave: 'bsq',
    memoryBudgetBytes: 2e9, quality: 'fast', withError: false, describeOutput: (output, options) => describeOutput(format, output, options, 'The output'), ...changes,
  }
}

/** A `paper` model of bands at the given wavelengths. */
function paper(wavelengthNm: number[]): CheckpointManifest {
  const { training } = manifest
  if (training === null) throw new Error('the shipped model was trained')
  return { ...manifest, network: { preset: 'paper', scale: 2, variant: 'text', bands: 32 }, wavelengthNm, trainedBands: wavelengthNm.map((_, band) => band), training: { ...training, crop: 72 } }
}

const tuned = (source: { bands?: number; rangeNm?: [number, number]; pixelMetres?: number }): CheckpointManifest => ({
  ...manifest,
  sources: [{ file: 'tuned.tif', fingerprint: '', rows: 90, cols: 90, bands: 135, validation: null, guard: 4, bandShift: null, symmetries: [0], ...source }],
  verdict: { adopted: 'fine-tuned', reason: '', validPixels: 1, methods: [] },
})

describe('the forecast of an upscaling', () => {
  it.each(['geotiff', 'envi'] as const)('is what is written then (%s)', async (format) => {
    const window = { row: 5, col: 7, rows: 34, cols: 61 }
    const bands = [3, 9, 27, 100]
    const forecast = forecastUpscale(request({ window, bands, memoryBudgetBytes: 700e6 }, format))
    expect(forecast).toMatchObject({ rows: 68, cols: 122, bands: 4, scale: 2, refusal: null, warnings: [] })
    const out = join(folder, format === 'geotiff' ? 'out.tif' : 'out.img')
    const result = await runUpscaleJob({
      kind: 'upscale', scene: SCENE, out, model: MODEL, resume: false, memoryBudgetMb: 700, sampleType: 'source', compression: 'none', interleave: 'bsq',
      consistency: true, window, bands, precision: 'float32',
    }, quietContext())
    expect(result).toMatchObject({ rows: forecast.rows, cols: forecast.cols, bands: forecast.bands, tiles: forecast.tiles, dropped: forecast.dropped })
    expect(result.receipt).toMatchObject({ consistency: { passed: true }, alignment: { passed: true } })
    const { size } = await stat(out)
    expect(size).toBeLessThanOrEqual(forecast.sizeBytes * 1.2 + 20_000)
    expect(size).toBeGreaterThanOrEqual(forecast.sizeBytes * 0.9)
    const written = await openCube(out)
    expect(written.header).toMatchObject({ rows: forecast.rows, wavelengthNm: forecast.header?.wavelengthNm, sampleType: 'int16' })
    await written.close()
  })

  it('stays within the memory that is allowed, and uses more of it for larger tiles', () => {
    const small = forecastUpscale(request({ memoryBudgetBytes: 700e6 }))
    const large = forecastUpscale(request({ memoryBudgetBytes: 4e9 }))
    expect(small.memoryBytes).toBeLessThanOrEqual(700e6)
    expect(large.memoryBytes).toBeLessThanOrEqual(4e9)
    expect(large.memoryBytes).toBeGreaterThan(small.memoryBytes)
    expect(large.tiles).toBeLessThan(small.tiles)
  })

  it('counts the overviews of large outputs', () => {
    const huge = { ...header, rows: 2000, cols: 3000 }
    const { sizeBytes } = forecastUpscale(request({ header: huge, bands: [0] }))
    expect(sizeBytes / (4000 * 6000 * 2)).toBeGreaterThan(1.3)
  })

  it('lists the fields that a format can not hold', () => {
    const points = { georeference: header.georeference === null ? null : { ...header.georeference, pixelIsPoint: true } }
    const { dropped } = forecastUpscale(request({ header: { ...header, ...points } }, 'envi'))
    expect(dropped.map(({ field }) => field)).toContain('PixelIsPoint')
  })

  it('refuses with the words of the upscaling itself', () => {
    const other = paper([1000, 1010, 1020])
    let message = ''
    try {
      matchTrainedBands(other, header, SCENE, MODEL)
    } catch (error) {
      message = (error as Error).message
    }
    expect(message).toMatch(/no usable band within 5\.0 nm of 1000\.0 nm/)
    expect(forecastUpscale(request({ manifest: other })).refusal).toMatchObject({ tag: 'mismatch', message })
  })

  it.each<[string, Partial<ForecastRequest>, string, RegExp]>([
    ['too little memory', { memoryBudgetBytes: 4e8 }, 'too-large', /400 MB are too few/],
    ['a window outside', { window: { row: 80, col: 0, rows: 10, cols: 10 } }, 'invalid-argument', /does not lie inside/],
    ['a band that is not there', { bands: [500] }, 'invalid-argument', /There is no band 500/],
    ['an interleave that the format lacks', { interleave: 'bil' }, 'invalid-argument', /no line interleave/],
  ])('refuses %s, and still tells the size', (_name, changes, tag, message) => {
    const { refusal, scale, rows } = forecastUpscale(request(changes))
    expect(refusal).toMatchObject({ tag })
    expect(refusal?.message).toMatch(message)
    expect(rows).toBe((changes.window?.rows ?? header.rows) * scale)
  })

  it('refuses what is not finished, and 64-bit integers in GeoTIFF only', () => {
    expect(forecastUpscale(request({ manifest: { ...manifest, state: 'running' } })).refusal).toMatchObject({ tag: 'mismatch' })
    const wide = { ...header, sampleType: 'int64' as const }
    expect(forecastUpscale(request({ header: wide })).refusal).toMatchObject({ tag: 'unsupported' })
    expect(forecastUpscale(request({ header: wide }, 'envi')).refusal).toBeNull()
  })

  it('serves a paper model where its bands are', () => {
    const { refusal, memoryBytes, tiles } = forecastUpscale(request({ manifest: paper(header.wavelengthNm?.slice(0, 40) ?? []) }))
    expect(refusal).toBeNull()
    expect(memoryBytes).toBeGreaterThan(1e9)
    expect(tiles).toBeGreaterThan(0)
  })
})

describe('a scene that is unlike those that the model was tuned on', () => {
  const warnings = (model: CheckpointManifest, scene: CubeHeader = header): string[] => forecastUpscale(request({ manifest: model, header: scene })).warnings

  it('is told from its pixels', () => {
    expect(warnings(tuned({ pixelMetres: 30 }))).toEqual(['The model was tuned on pixels of 30 m, this scene has pixels of 0.7 m: shapes that it has learnt may not occur here.'])
    expect(warnings(tuned({ pixelMetres: 1 }))).toEqual([])
  })

  it('is told from its wavelengths, or from its bands where there are none', () => {
    expect(warnings(tuned({ rangeNm: [900, 2500] }))[0]).toMatch(/bands from 900-2500 nm, most of this scene's range \(4\d\d-90\d nm\) is new/)
    expect(warnings(tuned({ rangeNm: [400, 2500], bands: 224 }))).toEqual([])
    expect(warnings(tuned({ bands: 30 }), { ...header, wavelengthNm: null })[0]).toMatch(/30 bands, this one has 135/)
  })

  it('is not spoken of where nothing was tuned, nothing is known, or the network does not serve', () => {
    expect(warnings(manifest)).toEqual([])
    expect(warnings(tuned({}))).toEqual([])
    const lost = tuned({ pixelMetres: 30 })
    expect(warnings({ ...lost, verdict: { adopted: 'bicubic', reason: '', validPixels: 1, methods: [] } })).toEqual([])
    expect(warnings({ ...lost, verdict: { adopted: 'base', reason: '', validPixels: 1, methods: [] } })).toEqual([])
  })
})
