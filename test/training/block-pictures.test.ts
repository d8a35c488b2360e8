import { describe, expect, it } from 'vitest'
import type { Image } from '../../src/main/cube/image'
import { BlockPictures, pictureBands } from '../../src/main/training/block-pictures'

/** Every band holds its pixel's number plus a thousand a band. */
function ramp(rows: number, cols: number, bands: number): Image {
  return { rows, cols, bands, data: Float32Array.from({ length: rows * cols * bands }, (_, i) => Math.floor(i / bands) + 1000 * (i % bands)) }
}

describe('pictures of a held-out block', () => {
  it('have one stretch, from 2 to 98 % of the truth', () => {
    const truth = ramp(10, 10, 3)
    const now = { ...truth, data: truth.data.map((value) => value + 24) }
    const pictures = new BlockPictures({ truth, bicubic: truth, lowRes: ramp(5, 5, 3) }, 2, [2, 1, 0]).paint(7, now)
    expect(pictures).toMatchObject({ step: 7, rows: 10, cols: 10 })
    for (const picture of [pictures.lowRes, pictures.bicubic, pictures.now, pictures.truth]) expect(picture).toHaveLength(300)
    // black at 2, white at 97
    const shade = (value: number): number => Math.min(255, Math.max(0, Math.round((255 * (value - 2)) / 95)))
    expect(Array.from(pictures.truth)).toEqual(Array.from({ length: 300 }, (_, i) => shade(Math.floor(i / 3))))
    expect(Array.from(pictures.now)).toEqual(Array.from({ length: 300 }, (_, i) => shade(Math.floor(i / 3) + 24)))
    expect(pictures.bicubic).toEqual(pictures.truth)
    // coarse pixels are repeated
    expect(Array.from(pictures.lowRes.filter((_, i) => i % 3 === 0).subarray(0, 20))).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4].map(shade))
  })

  it('show the middle of a large block, whole coarse pixels of it', () => {
    const truth = ramp(200, 90, 1)
    const { rows, cols, truth: shown, lowRes } = new BlockPictures({ truth, bicubic: truth, lowRes: ramp(66, 30, 1) }, 3, [0, 0, 0]).paint(0, truth)
    expect([rows, cols, shown.length, lowRes.length]).toEqual([159, 90, 159 * 90 * 3, 159 * 90 * 3])
    expect(shown[0]).toBe(0)
    expect(shown[shown.length - 1]).toBe(255)
    // rows 18..177 of 200: the middle row is that of the block
    expect(Math.abs((shown[(79 * 90 + 45) * 3] as number) - 127)).toBeLessThan(3)
  })

  it('are black where there is no data', () => {
    const truth = ramp(4, 4, 1)
    truth.data.fill(NaN, 0, 4)
    const { truth: shown } = new BlockPictures({ truth, bicubic: truth, lowRes: ramp(2, 2, 1) }, 2, [0, 0, 0]).paint(0, truth)
    expect(Array.from(shown.subarray(0, 12))).toEqual(new Array(12).fill(0))
  })

  it('take usable bands, as places among them', () => {
    const wavelengthNm = [450, 462, 548, 552, 640, 700]
    expect(pictureBands({ wavelengthNm, defaultBands: null }, [0, 2, 4, 5])).toEqual([2, 1, 0])
    expect(pictureBands({ wavelengthNm: null, defaultBands: [5, 3, 1] }, [1, 3, 5])).toEqual([2, 1, 0])
    // a proposed band that is bad does not count
    expect(pictureBands({ wavelengthNm: null, defaultBands: [5, 2, 1] }, [1, 3, 4, 5])).toEqual([3, 2, 1])
  })
})
