import { describe, expect, it } from 'vitest'
import { Random } from '../../src/main/common/random'
import type { Image } from '../../src/main/cube/image'
import { backProjectedBicubic, projectConsistent } from '../../src/main/dataset/back-projection'
import { degrade, type Kernel } from '../../src/main/dataset/degrade'
import { crop } from '../../src/main/dataset/mirror'
import { accumulateDetail, fitPrincipalComponents } from '../../src/main/dataset/principal-components'
import { upsample } from '../../src/main/dataset/resample'
import { enlargeByProducts, productsAreExact } from '../../src/main/inference/band-products'
import { renderBands, type Interpolation } from '../../src/main/inference/band-rendering'
import { tf } from '../../src/main/model/tensorflow'

function noise(rows: number, cols: number, bands: number, seed: number): Image {
  const random = Random.fromSeed(seed)
  return { rows, cols, bands, data: Float32Array.from({ length: rows * cols * bands }, () => 3000 + 500 * random.normal()) }
}

function largestDifference(p: Float32Array, q: Float32Array): number {
  expect(p.length).toBe(q.length)
  return p.reduce((largest, value, i) => Math.max(largest, Object.is(value, q[i]) ? 0 : Math.abs(value - (q[i] as number))), 0)
}

const serving: Interpolation = { method: 'back-projection', kernel: { kind: 'block' }, consistent: true }
const noWait = (): Promise<void> => Promise.resolve()

describe('enlarging by matrix products', () => {
  const block: Kernel = { kind: 'block' }
  it.each([
    [2, 5, 3, block], [3, 4, 0, block], [4, 2, 2, block], [8, 1, 1, block], [2, 5, 3, { kind: 'gaussian', sigma: 1 }], [4, 2, 2, { kind: 'gaussian', sigma: 1.2 }],
  ] as const)('is back-projected bicubic with the detail of the components (%ix, margin %i, %o)', (scale, margin, extra, kernel) => {
    const consistent = kernel.kind === 'block'
    const [rows, cols, bands] = [13 + extra + 2 * margin, 9 + 2 * margin, 7]
    const lowRes = noise(rows, cols, bands, scale)
    const projected = backProjectedBicubic(lowRes, scale, 5, kernel)
    const whole = consistent ? projectConsistent(projected, lowRes, scale) : projected
    const expected = crop(whole, margin * scale, margin * scale, (rows - 2 * margin) * scale, (cols - 2 * margin) * scale)
    const principal = fitPrincipalComponents(lowRes.data, bands, { count: 3 })
    const amounts = { ...noise(expected.rows, expected.cols, 3, 1), data: noise(expected.rows, expected.cols, 3, 1).data.map((value) => value / 1000 - 3) }
    const spectra = new Float32Array(principal.vectors).map((value, i) => value * (principal.deviations[Math.floor(i / bands)] as number))
    const before = tf.memory().numTensors
    const found = enlargeByProducts(lowRes, margin, scale, { kernel, backProjections: 5, consistent }, { amounts, spectra })
    expect(tf.memory().numTensors).toBe(before)
    accumulateDetail(expected, amounts, principal, [0, 1, 2, 3, 4, 5, 6])
    expect(largestDifference(found, expected.data)).toBeLessThan(0.01)
  })

  it('is plain bicubic without back-projections', () => {
    const lowRes = noise(12, 11, 3, 4)
    const found = enlargeByProducts(lowRes, 0, 2, { kernel: { kind: 'block' }, backProjections: 0, consistent: false }, null)
    expect(largestDifference(found, upsample(lowRes, 2, 'bicubic').data)).toBeLessThan(0.005)
  })

  it('is not used where products are rounded', () => {
    expect(productsAreExact()).toBe(true)
    process.env.ONEDNN_DEFAULT_FPMATH_MODE = 'BF16'
    try {
      expect(productsAreExact()).toBe(false)
    } finally {
      delete process.env.ONEDNN_DEFAULT_FPMATH_MODE
    }
  })
})

describe('rendering bands', () => {
  const HALO = 20

  it('keeps block means and opens every gap again, near or far from what fills it', async () => {
    const lowRes = noise(30 + 2 * HALO, 26 + 2 * HALO, 5, 6)
    // a pixel of one band, and a hole of one band whose middle is out of reach of every valid pixel
    lowRes.data[((HALO + 3) * lowRes.cols + HALO + 4) * 5 + 1] = NaN
    for (let row = 0; row < 18; row++) for (let col = 0; col < 18; col++) lowRes.data[((HALO + 8 + row) * lowRes.cols + HALO + 6 + col) * 5 + 2] = NaN
    const fine = await renderBands(serving, lowRes, HALO, 2, [0, 1, 2, 3, 4], null, noWait)
    const inside = crop(lowRes, HALO, HALO, 30, 26)
    expect(largestDifference(degrade(fine, 2).data, inside.data)).toBeLessThan(0.01)
    expect(fine.data.filter((value) => Number.isNaN(value)).length).toBe(4 * (1 + 18 * 18))
  })

  it('gives the same whether products may be used or not', async () => {
    const lowRes = noise(24 + 2 * HALO, 26 + 2 * HALO, 4, 7)
    lowRes.data[((HALO + 3) * lowRes.cols + HALO + 4) * 4 + 1] = NaN
    const principal = fitPrincipalComponents(noise(24, 26, 3, 8).data, 3, { count: 2 })
    const amounts = { ...noise(48, 52, 2, 9), data: noise(48, 52, 2, 9).data.map((value) => value / 1000 - 3) }
    const detail = { amounts, scene: { bands: [0, 2, 3], principal } }
    const byProducts = await renderBands(serving, lowRes, HALO, 2, [3, 1, 0], detail, noWait)
    process.env.ONEDNN_DEFAULT_FPMATH_MODE = 'BF16'
    try {
      const inTurn = await renderBands(serving, lowRes, HALO, 2, [3, 1, 0], detail, noWait)
      expect(largestDifference(byProducts.data, inTurn.data)).toBeLessThan(0.01)
    } finally {
      delete process.env.ONEDNN_DEFAULT_FPMATH_MODE
    }
  })

  it.each([{ kind: 'block' }, { kind: 'gaussian', sigma: 1 }, { kind: 'gaussian', sigma: 4 }] as const)('makes pieces that fit together, %o', async (kernel) => {
    const lowRes = noise(100 + 2 * HALO, 98 + 2 * HALO, 2, 10)
    const fine = await renderBands({ ...serving, kernel }, lowRes, HALO, 2, [1, 0], null, noWait)
    const enlarged = backProjectedBicubic(lowRes, 2, 5, kernel)
    const whole = crop(kernel.kind === 'block' ? projectConsistent(enlarged, lowRes, 2) : enlarged, HALO * 2, HALO * 2, 200, 196)
    const turned = whole.data.map((_, i) => whole.data[i % 2 === 0 ? i + 1 : i - 1] as number)
    expect(largestDifference(fine.data, turned)).toBeLessThan(0.01)
  })
})
