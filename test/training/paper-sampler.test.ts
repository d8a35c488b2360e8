import { describe, expect, it } from 'vitest'
import { Random } from '../../src/main/common/random'
import type { Image } from '../../src/main/cube/image'
import { degrade } from '../../src/main/dataset/degrade'
import { ALL_SYMMETRIES, type Symmetry } from '../../src/main/dataset/symmetry'
import type { CropGround } from '../../src/main/training/crop-room'
import { valueScaleOf } from '../../src/main/training/paper-material'
import { paperCropSide } from '../../src/main/training/paper-room'
import { PaperSampler, type PaperImage } from '../../src/main/training/paper-sampler'

function paperImage(rows: number, cols: number, bands: number, symmetries: readonly Symmetry[] = ALL_SYMMETRIES): PaperImage {
  const highRes: Image = { rows, cols, bands, data: Float32Array.from({ length: rows * cols * bands }, (_, i) => 1000 + (i % 977)) }
  const lowRes = degrade(highRes, 2)
  return { lowRes, highRes, trainable: new Uint8Array(lowRes.rows * lowRes.cols).fill(1), symmetries }
}

function openGround(rows: number, cols: number): CropGround {
  return { rows, cols, trainable: new Uint8Array(rows * cols).fill(1) }
}

describe('crops for the paper network', () => {
  it('are pairs: the high-resolution crop degraded is the low-resolution one, in every symmetry', () => {
    const crops = new PaperSampler([paperImage(40, 44, 50)], 8, 2, 500).draw(Random.fromSeed(1), 16)
    expect(crops.lowRes.length).toBe(16 * 8 * 8 * 32)
    // samples one below the other: sides are even, so no block reaches over
    const reduced = degrade({ rows: 16 * 16, cols: 16, bands: 32, data: crops.highRes }, 2)
    reduced.data.forEach((value, i) => { expect(value).toBeCloseTo(crops.lowRes[i] as number, 4) })
  })

  it('draw every group, with bands in order and values divided by the constant', () => {
    const image = paperImage(24, 24, 70, [0])
    // a band's value tells its number
    for (let i = 0; i < image.highRes.data.length; i++) image.highRes.data[i] = (i % 70) * 10
    image.lowRes = degrade(image.highRes, 2)
    const crops = new PaperSampler([image], 8, 2, 10).draw(Random.fromSeed(2), 60)
    const firsts = new Set<number>()
    for (let sample = 0; sample < 60; sample++) {
      const at = sample * 8 * 8 * 32
      const first = crops.lowRes[at] as number
      firsts.add(first)
      expect(Array.from(crops.lowRes.subarray(at, at + 32))).toEqual(Array.from({ length: 32 }, (_, place) => first + place))
    }
    expect([...firsts].sort((p, q) => p - q)).toEqual([0, 24, 38])
  })

  it('repeat the last band where a scene has fewer than 32', () => {
    const image = paperImage(20, 20, 3, [0])
    for (let i = 0; i < image.highRes.data.length; i++) image.highRes.data[i] = 1 + (i % 3)
    image.lowRes = degrade(image.highRes, 2)
    const { lowRes } = new PaperSampler([image], 8, 2, 1).draw(Random.fromSeed(3), 1)
    expect(Array.from(lowRes.subarray(0, 5))).toEqual([1, 2, 3, 3, 3])
  })

  it('never contain a pixel that is not trainable', () => {
    const image = paperImage(60, 60, 4)
    for (let row = 10; row < 14; row++) image.trainable.fill(0, row * 30 + 6, row * 30 + 20)
    for (let i = 0; i < image.trainable.length; i++) if (image.trainable[i] === 0) image.lowRes.data.fill(NaN, i * 4, i * 4 + 4)
    const { lowRes } = new PaperSampler([image], 8, 2, 1).draw(Random.fromSeed(4), 100)
    expect(lowRes.some((value) => Number.isNaN(value))).toBe(false)
  })

  it('are the same for the same random state', () => {
    const sampler = new PaperSampler([paperImage(40, 40, 40), paperImage(30, 50, 40)], 8, 2, 100)
    const random = Random.fromSeed(5)
    sampler.draw(random, 3)
    const { state } = random
    expect(sampler.draw(Random.fromState(state), 4)).toEqual(sampler.draw(random, 4))
  })
})

describe('the side of the crops', () => {
  it('is the published one where there is room, and smaller in small scenes', () => {
    expect(paperCropSide([openGround(100, 100)], 72)).toBe(72)
    // 9 x 9 places at 22, 7 x 7 at 24
    expect(paperCropSide([openGround(30, 30)], 72)).toBe(22)
    expect(paperCropSide([openGround(9, 9)], 72)).toBe(8)
    expect(paperCropSide([openGround(7, 20)], 72)).toBeNull()
  })
})

describe('the constant that values are divided by', () => {
  it('is the 99.9 % quantile of what is valid', () => {
    const data = Float32Array.from({ length: 10_001 }, (_, i) => 10_000 - i)
    expect(valueScaleOf([{ rows: 1, cols: 10_001, bands: 1, data }])).toBe(9990)
    data.fill(NaN, 0, 5001)
    expect(valueScaleOf([{ rows: 1, cols: 10_001, bands: 1, data }])).toBe(4994)
    expect(valueScaleOf([{ rows: 1, cols: 2, bands: 1, data: Float32Array.of(-5, NaN) }])).toBe(1)
  })
})
