import { describe, expect, it } from 'vitest'
import { Random } from '../../src/main/common/random'
import type { Image } from '../../src/main/cube/image'
import { degrade } from '../../src/main/dataset/degrade'
import { applySymmetry, type Symmetry } from '../../src/main/dataset/symmetry'
import { componentFrequencies, CropSampler, makeTrainingImage } from '../../src/main/dataset/training-image'
import { studioCropSide, type CropGround } from '../../src/main/training/crop-room'
import { learningRate } from '../../src/main/training/learning-rate'

function picture(rows: number, cols: number, bands: number, seed: number): Image {
  const random = Random.fromSeed(seed)
  return { rows, cols, bands, data: Float32Array.from({ length: rows * cols * bands }, () => random.normal()) }
}

const block = { kind: 'block' } as const

describe('training crops', () => {
  it('hold base + target = truth, in every symmetry, at the place they say', () => {
    for (let symmetry = 0; symmetry < 8; symmetry++) {
      const truth = picture(16, 16, 1, symmetry)
      const image = makeTrainingImage(truth, 2, block, { trainable: null, frequencies: [1], symmetries: [symmetry as Symmetry] })
      // one crop as large as the picture: the place is known, only the sign is drawn
      const batch = new CropSampler([image], 8, 0).draw(Random.fromSeed(1), 1)
      const turned = applySymmetry(image.lowRes, symmetry as Symmetry)
      const sign = Math.sign((batch.input[0] as number) / (turned.data[0] as number))
      batch.input.forEach((value, i) => { expect(value).toBeCloseTo(sign * (turned.data[i] as number), 6) })
      const detail = applySymmetry({ ...truth, data: truth.data.map((value, i) => value - (image.base.data[i] as number)) }, symmetry as Symmetry)
      batch.target.forEach((value, i) => { expect(value).toBeCloseTo(sign * (detail.data[i] as number), 5) })
    }
  })

  it('have targets whose block means vanish: the base already agrees with the input', () => {
    const image = makeTrainingImage(picture(24, 24, 2, 3), 3, block, { trainable: null, frequencies: [0.5, 0.5], symmetries: [0] })
    const batch = new CropSampler([image], 8, 2).draw(Random.fromSeed(2), 1)
    const means = degrade({ rows: 24, cols: 24, bands: 1, data: batch.target }, 3)
    means.data.forEach((value) => { expect(value).toBeCloseTo(0, 5) })
  })

  it('never touch a pixel that is not trainable', () => {
    const truth = picture(40, 40, 1, 4)
    const trainable = new Uint8Array(20 * 20).fill(1)
    // the forbidden pixels carry a value that would stand out
    for (let row = 8; row < 11; row++) trainable.fill(0, row * 20 + 5, row * 20 + 14)
    const image = makeTrainingImage(truth, 2, block, { trainable, frequencies: [1], symmetries: [0, 3, 4] })
    for (let i = 0; i < trainable.length; i++) if (trainable[i] === 0) image.lowRes.data[i] = 1e6
    const sampler = new CropSampler([image], 6, 1)
    const random = Random.fromSeed(5)
    for (let i = 0; i < 50; i++) expect(Math.max(...sampler.draw(random, 8).input.map(Math.abs))).toBeLessThan(1e5)
  })

  it('are as large as there is room, in whole windows', () => {
    const ground = (rows: number, cols: number, first: number): CropGround => ({ rows, cols, trainable: new Uint8Array(rows * cols).fill(1, first * cols) })
    expect(studioCropSide([ground(100, 100, 0)], 6)).toBe(24)
    expect(studioCropSide([ground(30, 40, 0), ground(12, 12, 0)], 6)).toBe(18)
    // only a strip of 13 rows may be used
    expect(studioCropSide([ground(30, 40, 17)], 6)).toBe(12)
    expect(studioCropSide([ground(30, 40, 25)], 6)).toBeNull()
    expect(studioCropSide([ground(4, 4, 0)], 6)).toBeNull()
  })

  it('are the same for the same random state', () => {
    const image = makeTrainingImage(picture(40, 40, 3, 7), 2, block, { trainable: null, frequencies: componentFrequencies([9, 4, 1]), symmetries: [0, 1] })
    const sampler = new CropSampler([image], 6, 3)
    const random = Random.fromSeed(8)
    sampler.draw(random, 2)
    const { state } = random
    expect(sampler.draw(Random.fromState(state), 4)).toEqual(sampler.draw(random, 4))
  })
})

describe('component frequencies', () => {
  it('follow the root of the deviations and sum to one', () => {
    expect(componentFrequencies([9, 4, 1])).toEqual([3 / 6, 2 / 6, 1 / 6])
    expect(componentFrequencies([0, 0])).toEqual([0.5, 0.5])
  })
})

describe('learning rate', () => {
  it('warms up linearly and falls as a cosine to one percent', () => {
    const schedule = { peak: 1, warmUpSteps: 10, steps: 110 }
    expect(learningRate(schedule, 0)).toBeCloseTo(0.1)
    expect(learningRate(schedule, 9)).toBeCloseTo(1)
    expect(learningRate(schedule, 60)).toBeCloseTo(0.505)
    expect(learningRate(schedule, 110)).toBeCloseTo(0.01)
  })
})
