import type { Image } from '../cube/image'
import { mirrorIndex } from './mirror'

/** How a coarse pixel comes from fine ones: their mean, or a Gaussian point-spread function (sigma in fine pixels) before it. */
export type Kernel = { kind: 'block' } | { kind: 'gaussian'; sigma: number }

/** For people, e.g. 'a Gaussian of sigma 1.2 pixels and block means'. */
export function describeKernel(kernel: Kernel): string {
  return kernel.kind === 'block' ? 'block means' : `a Gaussian of sigma ${kernel.sigma} pixels and block means`
}

/**
 * `image` reduced by an integer `scale`; trailing rows and cols that do not fill a block are cut. A coarse pixel is NaN
 * where fewer than half of its fine pixels are valid. The Gaussian is normalised over the valid pixels and mirrored at
 * the edges. Cost: one pass, and two of 8 sigma operations for the Gaussian.
 */
export function degrade(image: Image, scale: number, kernel: Kernel = { kind: 'block' }): Image {
  const source = kernel.kind === 'gaussian' ? blur(image, kernel.sigma) : image
  return scale === 1 ? source : blockMean(source, scale)
}

/** Fine pixels beyond a window's edge that its coarse pixels depend on, a multiple of `scale`. */
export function kernelHalo(kernel: Kernel, scale: number): number {
  return kernel.kind === 'block' ? 0 : Math.ceil(blurRadius(kernel.sigma) / scale) * scale
}

/** The Gaussian at whole pixels from `-blurRadius` on; not normalised. */
export function gaussianWeights(sigma: number): number[] {
  const radius = blurRadius(sigma)
  return Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)))
}

function blurRadius(sigma: number): number {
  return Math.ceil(4 * sigma)
}

function blockMean({ rows, cols, bands, data }: Image, scale: number): Image {
  const lowRows = Math.floor(rows / scale)
  const lowCols = Math.floor(cols / scale)
  const out = new Float32Array(lowRows * lowCols * bands)
  const sums = new Float64Array(bands)
  const counts = new Int32Array(bands)
  const needed = (scale * scale) / 2
  for (let row = 0; row < lowRows; row++) {
    for (let col = 0; col < lowCols; col++) {
      sums.fill(0)
      counts.fill(0)
      for (let r = 0; r < scale; r++) {
        let at = ((row * scale + r) * cols + col * scale) * bands
        for (let c = 0; c < scale; c++) {
          for (let band = 0; band < bands; band++, at++) {
            const value = data[at] as number
            if (Number.isNaN(value)) continue
            sums[band] = (sums[band] as number) + value
            counts[band] = (counts[band] as number) + 1
          }
        }
      }
      const to = (row * lowCols + col) * bands
      for (let band = 0; band < bands; band++) {
        const count = counts[band] as number
        out[to + band] = count >= needed ? (sums[band] as number) / count : NaN
      }
    }
  }
  return { rows: lowRows, cols: lowCols, bands, data: out }
}

function blur(image: Image, sigma: number): Image {
  const weights = gaussianWeights(sigma)
  if (!image.data.some(Number.isNaN)) {
    const whole = convolveSeparably(image, weights)
    const total = weightOfWhole(weights)
    return { ...whole, data: whole.data.map((value) => value / total) }
  }
  const values = { ...image, data: image.data.map((value) => (Number.isNaN(value) ? 0 : value)) }
  const valid = { ...image, data: image.data.map((value) => (Number.isNaN(value) ? 0 : 1)) }
  const sum = convolveSeparably(values, weights)
  const norm = convolveSeparably(valid, weights)
  for (let i = 0; i < sum.data.length; i++) {
    sum.data[i] = Number.isNaN(image.data[i]) ? NaN : (sum.data[i] as number) / (norm.data[i] as number)
  }
  return sum
}

/** What the weights come to where no pixel is missing, rounded as `convolveSeparably` rounds: windows with and without gaps give the same numbers. */
function weightOfWhole(weights: readonly number[]): number {
  const across = weights.reduce((sum, weight) => Math.fround(sum + weight), 0)
  return weights.reduce((sum, weight) => Math.fround(sum + weight * across), 0)
}

function convolveSeparably(image: Image, weights: readonly number[]): Image {
  const { rows, cols, bands, data } = image
  const radius = (weights.length - 1) / 2
  const line = cols * bands
  const across = new Float32Array(data.length)
  for (let row = 0; row < rows; row++) {
    for (let tap = 0; tap < weights.length; tap++) {
      const from = mirrorIndex(row + tap - radius, rows) * line
      const weight = weights[tap] as number
      for (let i = 0; i < line; i++) across[row * line + i] = (across[row * line + i] as number) + weight * (data[from + i] as number)
    }
  }
  const out = new Float32Array(data.length)
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const to = row * line + col * bands
      for (let tap = 0; tap < weights.length; tap++) {
        const from = row * line + mirrorIndex(col + tap - radius, cols) * bands
        const weight = weights[tap] as number
        for (let band = 0; band < bands; band++) out[to + band] = (out[to + band] as number) + weight * (across[from + band] as number)
      }
    }
  }
  return { rows, cols, bands, data: out }
}
