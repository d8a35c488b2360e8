import { readFileSync } from 'node:fs'
import type { Image } from '../../src/main/cube/image'

export interface Reference {
  block2: number[]
  block3: number[]
  gaussian2: number[]
  resample: Record<'nearest' | 'bilinear' | 'bicubic' | 'lanczos3', Record<string, number[]>>
  backProjected2: number[]
  backProjected3: number[]
  components: { vectors: number[]; deviations: number[]; totalVariance: number; mean: number[]; projected: number[] }
  membrane: { picture: number[]; filled: number[] }
  turned: Record<string, number[][]>
}

/** Made by reference.py. */
export const reference = JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as Reference

/** The formula of reference.py. */
export function picture(rows: number, cols: number, bands: number): Image {
  const data = Float32Array.from({ length: rows * cols * bands }, (_, i) => {
    const b = i % bands
    const c = Math.floor(i / bands) % cols
    const r = Math.floor(i / bands / cols)
    const noise = ((i * 7919) % 1009) / 1009 - 0.5
    return 10 + 3 * Math.sin(0.5 * r + b) + 2 * Math.cos(0.4 * c - 0.3 * b) + Math.sin((0.2 * r * c) / cols) + noise
  })
  return { rows, cols, bands, data }
}

/** A copy with missing values where `missing` says so. */
export function withHoles(image: Image, missing: (row: number, col: number, band: number) => boolean): Image {
  const { cols, bands } = image
  return { ...image, data: image.data.map((value, i) => (missing(Math.floor(i / bands / cols), Math.floor(i / bands) % cols, i % bands) ? NaN : value)) }
}

/** Largest difference; Infinity when the lengths differ or NaN stands in only one of the two. */
export function largestDifference(p: ArrayLike<number>, q: ArrayLike<number>): number {
  if (p.length !== q.length) return Infinity
  let largest = 0
  for (let i = 0; i < p.length; i++) {
    const [x, y] = [p[i] as number, q[i] as number]
    if (Number.isNaN(x) && Number.isNaN(y)) continue
    const difference = Math.abs(x - y)
    largest = Number.isNaN(difference) ? Infinity : Math.max(largest, difference)
  }
  return largest
}
