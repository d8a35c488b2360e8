import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas, GlobalFonts, loadImage } from '@napi-rs/canvas'
import { afterAll, describe, expect, it } from 'vitest'
import { writeComparisonFigure, type ComparisonFigure } from '../../src/main/cli/figure'
import { niceTicks } from '../../src/main/cli/figure/nice-ticks'
import { percentileStretch, renderPicture } from '../../src/main/cli/figure/picture'
import { detailMap, mostDetailedPixel, mostDetailedWindow } from '../../src/main/cli/figure/zoom-area'
import type { Image } from '../../src/main/cube/image'
import { rgbBands } from '../../src/main/cube/rgb-bands'

const folder = mkdtempSync(join(tmpdir(), 'dacn-figure-'))
afterAll(() => { rmSync(folder, { recursive: true }) })

function image(rows: number, cols: number, bands: number, value: (row: number, col: number, band: number) => number): Image {
  const data = new Float32Array(rows * cols * bands)
  for (let i = 0; i < data.length; i++) data[i] = value(Math.floor(i / bands / cols), Math.floor(i / bands) % cols, i % bands)
  return { rows, cols, bands, data }
}

describe('bands to show', () => {
  const wavelengths = Array.from({ length: 60 }, (_, i) => 400 + i * 10)
  it('are those nearest to red, green and blue light', () => {
    expect(rgbBands(wavelengths, 60, [1, 2, 3])).toEqual([24, 15, 6])
    expect(rgbBands([...wavelengths].reverse(), 60, null)).toEqual([35, 44, 53])
    expect(rgbBands(wavelengths, 60, null, (band) => band !== 15)).toEqual([24, 14, 6])
  })
  it('are the declared ones, or spread evenly, where the wavelengths do not reach', () => {
    expect(rgbBands([900, 1000, 1100, 1200], 4, [3, 2, 0])).toEqual([3, 2, 0])
    expect(rgbBands(null, 100, null)).toEqual([75, 50, 25])
    expect(rgbBands(null, 100, [3, 200, 5])).toEqual([75, 50, 25])
    expect(rgbBands(null, 1, null)).toEqual([0, 0, 0])
  })
})

it('stretches between the 2nd and 98th percentile of the valid values, and shows no data grey', () => {
  // NumPy: percentile(arange(101), [2, 98]) = 2, 98
  const scene = image(1, 102, 1, (_, col) => (col === 101 ? NaN : col))
  const stretch = percentileStretch(scene, [0, 0, 0])
  expect(stretch).toEqual([[2, 98], [2, 98], [2, 98]])
  const picture = renderPicture(scene, [0, 0, 0], stretch)
  expect([...picture.subarray(0, 4)]).toEqual([0, 0, 0, 255])
  expect([...picture.subarray(50 * 4, 50 * 4 + 4)]).toEqual([128, 128, 128, 255])
  expect([...picture.subarray(100 * 4, 100 * 4 + 4)]).toEqual([255, 255, 255, 255])
  expect([...picture.subarray(101 * 4)]).toEqual([222, 222, 222, 255])
  expect(percentileStretch(image(2, 2, 1, () => NaN), [0])).toEqual([[0, 1]])
  expect(percentileStretch(image(2, 2, 1, () => 7), [0])).toEqual([[7, 8]])
})

describe('the enlarged area', () => {
  const always = () => true
  /** Grey, with a colourful chequered patch of 4 x 6 at (row, col). */
  const patched = (row: number, col: number): Uint8ClampedArray => {
    const picture = new Uint8ClampedArray(20 * 30 * 4).fill(90)
    for (let r = row; r < row + 4; r++) for (let c = col; c < col + 6; c++) picture[(r * 30 + c) * 4 + ((r + c) % 2)] = 250
    return picture
  }
  it('has the most detail in its middle', () => {
    const map = detailMap(patched(9, 14), 20, 30, always)
    expect(mostDetailedWindow(map, { rows: 8, cols: 10 })).toEqual({ row: 7, col: 12, rows: 8, cols: 10 })
    expect(mostDetailedWindow(map, { rows: 50, cols: 50 })).toEqual({ row: 0, col: 0, rows: 20, cols: 30 })
  })
  it('stays inside the picture and away from gaps', () => {
    expect(mostDetailedWindow(detailMap(patched(0, 24), 20, 30, always), { rows: 8, cols: 10 })).toMatchObject({ row: 0, col: 20 })
    const map = detailMap(patched(9, 14), 20, 30, (pixel) => Math.floor(pixel / 30) !== 8)
    const window = mostDetailedWindow(map, { rows: 8, cols: 10 })
    expect(window.row).toBe(9)
    const pixel = mostDetailedPixel(map, window)
    expect(pixel.row).toBeGreaterThanOrEqual(9)
    expect(pixel.row).toBeLessThan(14)
  })
})

it('puts ticks at round numbers', () => {
  expect(niceTicks(417, 903, 10)).toEqual([450, 500, 550, 600, 650, 700, 750, 800, 850, 900])
  expect(niceTicks(-0.31, 0.29, 5)).toEqual([-0.2, 0, 0.2])
  expect(niceTicks(5, 5, 4)).toEqual([5])
})

describe('the figure', () => {
  const bands = 12
  const scene = (scale: number) => image(40 * scale, 60 * scale, bands, (row, col, band) => {
    const [r, c] = [row / scale, col / scale]
    if (r >= 30 && c < 10) return NaN
    return band === 5 ? NaN : Math.sin(r / 3 + band) * Math.cos(c / 4) + band / 5
  })
  const figure: ComparisonFigure = {
    lowRes: scene(1), bicubic: scene(2), result: scene(2), scale: 2, rgbBands: [9, 6, 2], title: 'Chequered, 2×', spectrumAt: null,
    wavelengthNm: Array.from({ length: bands }, (_, i) => (i < 6 ? 450 + i * 20 : 700 + i * 20)), caption: ['\tBicubic\tDACN', 'PSNR [dB]\t30.00\t31.00', 'Text'],
  }

  it('is a PNG of 1600 x 1000 with three pictures, the enlargements, a spectrum and text', async () => {
    const path = join(folder, 'figure.png')
    await writeComparisonFigure(path, figure)
    const picture = await loadImage(path)
    expect([picture.width, picture.height]).toEqual([1600, 1000])
    expect(GlobalFonts.has('DACN Studio Inter')).toBe(true)
    const canvas = createCanvas(1600, 1000)
    const context = canvas.getContext('2d')
    context.drawImage(picture, 0, 0)
    const count = (x: number, y: number, width: number, height: number, test: (rgb: [number, number, number]) => boolean): number => {
      const { data } = context.getImageData(x, y, width, height)
      let found = 0
      for (let i = 0; i < data.length; i += 4) if (test([data[i] as number, data[i + 1] as number, data[i + 2] as number])) found++
      return found
    }
    // the gap of 10 x 10 of 60 x 40 pixels, grey, in each picture
    for (const x of [44, 555, 1066]) {
      const share = count(x, 122, 490, 330, ([r, g, b]) => r === 222 && g === 222 && b === 222) / (489 * 326)
      expect(share).toBeGreaterThan(0.035)
      expect(share).toBeLessThan(0.045)
    }
    // frames of the enlargements, lines of bicubic and result (below the legend), dark text of the title and the caption
    expect(count(44, 450, 1512, 230, ([r, g, b]) => r === 255 && g === 214 && b === 10)).toBeGreaterThan(3000)
    expect(count(44, 745, 1000, 200, ([r, g, b]) => r < 30 && Math.abs(g - 114) < 20 && Math.abs(b - 178) < 20)).toBeGreaterThan(150)
    expect(count(44, 745, 1000, 200, ([r, g, b]) => r > 210 && Math.abs(g - 142) < 20 && b < 30)).toBeGreaterThan(150)
    expect(count(44, 30, 400, 40, ([r, g, b]) => r + g + b < 200)).toBeGreaterThan(300)
    expect(count(1066, 690, 490, 100, ([r, g, b]) => r + g + b < 200)).toBeGreaterThan(300)
  })

  it('is refused, and nothing written, when its images do not fit together', async () => {
    const path = join(folder, 'none.png')
    for (const change of [{ bicubic: scene(3) }, { result: scene(1) }, { rgbBands: [0, 1, bands] as [number, number, number] }, { spectrumAt: { row: 40, col: 0 } }, { wavelengthNm: [500] }]) {
      await expect(writeComparisonFigure(path, { ...figure, ...change })).rejects.toMatchObject({ tag: 'invalid-argument' })
    }
    expect(readdirSync(folder)).not.toContain('none.png')
  })
})
