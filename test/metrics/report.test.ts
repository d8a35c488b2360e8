import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Image } from '../../src/main/cube/image'
import { bandGroups } from '../../src/main/metrics/conventions'
import { formatReport } from '../../src/main/metrics/format-report'
import { QualitySum, type Quality } from '../../src/main/metrics/quality-sum'
import { evaluate } from '../../src/main/metrics/report'

const expected = JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as Record<string, Quality>

/** The formula of reference.py. */
function cubes(rows: number, cols: number, bands: number): { reference: Image; estimate: Image } {
  const reference = { rows, cols, bands, data: new Float32Array(rows * cols * bands) }
  const estimate = { ...reference, data: new Float32Array(rows * cols * bands) }
  for (let i = 0; i < reference.data.length; i++) {
    const b = i % bands
    const c = Math.floor(i / bands) % cols
    const r = Math.floor(i / bands / cols)
    const noise = ((i * 7919) % 1009) / 1009 - 0.5
    const other = ((i * 104729) % 997) / 997 - 0.5
    const truth = 1000 + 400 * Math.sin(0.3 * r + 0.05 * b) + 300 * Math.cos(0.2 * c - 0.03 * b) + 20 * b + 100 * noise
    reference.data[i] = truth
    estimate.data[i] = truth + 60 * other + 25 * Math.sin(0.7 * r) - 3
  }
  return { reference, estimate }
}

function expectClose(actual: Quality, name: string): void {
  const truth = expected[name] as Quality
  for (const key of ['psnr', 'ssim', 'samDegrees', 'correlation', 'ergas', 'rmse'] as const) {
    expect(Math.abs(actual[key] - truth[key]) / truth[key], `${name} ${key} ${actual[key]} ${truth[key]}`).toBeLessThan(2e-6)
  }
}

function withGap(image: Image): Image {
  const data = image.data.slice()
  for (let r = 10; r < 14; r++) for (let c = 12; c < 16; c++) data[(r * image.cols + c) * image.bands + 2] = NaN
  return { ...image, data }
}

describe('the six indices against scikit-image and numpy', () => {
  it('standard convention', () => {
    expectClose(evaluate({ ...cubes(29, 33, 103), scale: 4, convention: 'standard', dataRange: 4000 }).quality, 'standard103')
  })

  it.each([[103, 4], [102, 2], [5, 2]])('paper convention, %i bands', (bands, scale) => {
    expectClose(evaluate({ ...cubes(29, 33, bands), scale, convention: 'paper' }).quality, `paper${bands}`)
  })

  it('leaves out a pixel that is missing in one band of one cube, in all bands', () => {
    const { reference, estimate } = cubes(29, 33, 5)
    for (const pair of [{ reference: withGap(reference), estimate }, { reference, estimate: withGap(estimate) }]) {
      const report = evaluate({ ...pair, scale: 2, convention: 'standard', dataRange: 2500 })
      expectClose(report.quality, 'gap5')
      expect([report.validPixels, report.pixels]).toEqual([29 * 33 - 16, 29 * 33])
    }
  })

  it('gives the same fed row by row', () => {
    const { reference, estimate } = cubes(29, 33, 103)
    const sum = new QualitySum({ cols: 33, bands: 103, scale: 4, convention: 'standard', dataRange: 4000, groupRanges: [] })
    const line = 33 * 103
    for (let r = 0; r < 29; r++) sum.add(reference.data.subarray(r * line, (r + 1) * line), estimate.data.subarray(r * line, (r + 1) * line))
    expectClose(sum.quality, 'standard103')
  })
})

describe('conventions', () => {
  it('groups bands as published', () => {
    const starts = (bands: number): number[] => bandGroups('paper', bands).map(({ first }) => first)
    expect(starts(102)).toEqual([0, 24, 48])
    expect(starts(103)).toEqual([0, 24, 48])
    expect(starts(104)).toEqual([0, 24, 48, 72])
    expect(bandGroups('paper', 31)).toEqual([{ first: 0, end: 31 }])
    expect(bandGroups('standard', 103)).toEqual([{ first: 0, end: 103 }])
    expect(evaluate({ ...cubes(16, 16, 103), scale: 2, convention: 'paper' }).judgedBands).toBe(80)
  })
})

describe('cases without a usual answer', () => {
  const flat = (value: number, bands = 2): Image => ({ rows: 16, cols: 16, bands, data: new Float32Array(16 * 16 * bands).fill(value) })

  it('identical cubes', () => {
    const { reference } = cubes(16, 16, 3)
    const { quality } = evaluate({ reference, estimate: reference, scale: 2, convention: 'standard' })
    expect(quality).toMatchObject({ psnr: Infinity, ergas: 0, rmse: 0 })
    expect(quality.ssim).toBeCloseTo(1, 12)
    expect(quality.correlation).toBeCloseTo(1, 12)
    expect(quality.samDegrees).toBeLessThan(1e-5)
  })

  it('an exact band does not make the mean infinite', () => {
    const { reference, estimate } = cubes(16, 16, 2)
    const exact = { ...estimate, data: estimate.data.map((value, i) => (i % 2 === 0 ? (reference.data[i] as number) : value)) }
    const second = (image: Image): Image => ({ ...image, bands: 1, data: image.data.filter((_, i) => i % 2 === 1) })
    const judge = (p: Image, q: Image): number => evaluate({ reference: p, estimate: q, scale: 2, convention: 'standard', dataRange: 1000 }).quality.psnr
    expect(judge(reference, exact)).toBeCloseTo(judge(second(reference), second(estimate)), 9)
  })

  it('a band without contrast in the reference does not count, reproduced well or badly', () => {
    const { reference, estimate } = cubes(16, 16, 2)
    const judge = (first: number): number => {
      const levelled = (image: Image, level: number): Image => ({ ...image, data: image.data.map((value, i) => (i % 2 === 0 ? level : value)) })
      return evaluate({ reference: levelled(reference, 100), estimate: levelled(estimate, first), scale: 2, convention: 'standard', dataRange: 1000 }).quality.psnr
    }
    expect(judge(100.001)).toBeCloseTo(judge(100), 9)
    expect(judge(700)).toBeCloseTo(judge(100), 9)
  })

  it('constant and all-zero cubes', () => {
    expect(evaluate({ reference: flat(5), estimate: flat(5), scale: 2, convention: 'paper' }).quality).toMatchObject({ psnr: Infinity, ssim: 1, correlation: NaN, ergas: 0, rmse: 0 })
    expect(evaluate({ reference: flat(5), estimate: flat(6), scale: 2, convention: 'paper' }).quality).toMatchObject({ ssim: 0, correlation: NaN })
    expect(evaluate({ reference: flat(0), estimate: flat(1), scale: 2, convention: 'standard' }).quality).toMatchObject({ samDegrees: NaN, ergas: NaN, correlation: NaN, psnr: 0 })
  })

  it('a band that is empty everywhere does not cost the others', () => {
    const { reference, estimate } = cubes(16, 16, 3)
    const emptied = { ...estimate, data: estimate.data.map((value, i) => (i % 3 === 1 ? NaN : value)) }
    const report = evaluate({ reference, estimate: emptied, scale: 2, convention: 'standard', dataRange: 1000 })
    expect([report.judgedBands, report.bands, report.validPixels]).toEqual([2, 3, 256])
    const without = (image: Image): Image => ({ ...image, bands: 2, data: image.data.filter((_, i) => i % 3 !== 1) })
    expect(report.quality).toEqual(evaluate({ reference: without(reference), estimate: without(estimate), scale: 2, convention: 'standard', dataRange: 1000 }).quality)
  })

  it('refuses cubes of different sizes and cubes without a common pixel', () => {
    expect(() => evaluate({ reference: flat(1), estimate: flat(1, 3), scale: 2, convention: 'standard' })).toThrow(expect.objectContaining({ tag: 'mismatch' }))
    expect(() => evaluate({ reference: flat(1), estimate: flat(NaN), scale: 2, convention: 'standard' })).toThrow(expect.objectContaining({ tag: 'invalid-argument' }))
  })
})

describe('report', () => {
  it('judges others on the same pixels and tells the consistency with the input', () => {
    const { reference, estimate } = cubes(29, 33, 5)
    const report = evaluate({
      reference, estimate, scale: 2, convention: 'standard', dataRange: 2500,
      others: [{ name: 'bicubic', image: withGap(estimate) }],
      input: { lowRes: reference, degrade: (image) => image, kernel: 'block mean' },
    })
    expectClose(report.quality, 'gap5')
    expectClose((report.rows[1] as { quality: Quality }).quality, 'gap5')
    expect(report.rows[0]?.consistencyDb).toBeCloseTo(evaluate({ reference, estimate, scale: 2, convention: 'standard', dataRange: 2500 }).quality.psnr, 9)
    const lines = formatReport(report).split('\n')
    expect(lines[0]).toMatch(/PSNR dB +SSIM +SAM deg +CC +ERGAS +RMSE +LR dB/)
    expect(lines[1]).toMatch(/^estimate +\d+\.\d\d /)
    expect(lines[2]).toMatch(/^bicubic +\d+\.\d\d /)
    expect(lines[3]).toBe("Convention 'standard', 2x, 941 of 957 pixels valid, 5 bands, data range 2500 (declared), low-resolution kernel: block mean.")
    expect(new Set(lines.slice(0, 3).map((line) => line.length)).size).toBe(1)
  })
})
