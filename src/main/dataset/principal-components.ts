import type { Image } from '../cube/image'
import { leadingEigenpairs } from './symmetric-eigen'

/** The strongest directions in which the spectra of a scene vary. */
export interface PrincipalComponents {
  bands: number
  /** Mean spectrum [bands]. */
  mean: Float32Array
  /** [count * bands], orthonormal rows; the sum of each is not negative. */
  vectors: Float32Array
  /** Standard deviation of the scene along each component, falling. */
  deviations: Float32Array
  /** Sum of the variances of all bands. */
  totalVariance: number
}

/** Pixels that the covariance is taken from, at a regular stride. */
const MOST_PIXELS = 20_000

/**
 * Principal components (Hotelling 1933) of `samples` [pixels, bands]; pixels with any NaN are left out. Covariance in
 * float64. Fewer than `count` come out when the spectra vary in fewer directions. Cost: 20,000 bands^2 + 60 bands^2 (count + 12).
 */
export function fitPrincipalComponents(samples: Float32Array, bands: number, { count }: { count: number }): PrincipalComponents {
  const pixels = samples.length / bands
  const stride = Math.max(1, Math.floor(pixels / MOST_PIXELS))
  const rows: number[] = []
  for (let pixel = 0; pixel < pixels; pixel += stride) {
    let complete = true
    for (let band = 0; band < bands && complete; band++) complete = Number.isFinite(samples[pixel * bands + band])
    if (complete) rows.push(pixel * bands)
  }
  const mean = new Float64Array(bands)
  for (const start of rows) for (let band = 0; band < bands; band++) mean[band] = (mean[band] as number) + (samples[start + band] as number) / rows.length
  const covariance = new Float64Array(bands * bands)
  const centred = new Float64Array(bands)
  for (const start of rows) {
    for (let band = 0; band < bands; band++) centred[band] = (samples[start + band] as number) - (mean[band] as number)
    for (let i = 0; i < bands; i++) {
      const value = centred[i] as number
      for (let j = i; j < bands; j++) covariance[i * bands + j] = (covariance[i * bands + j] as number) + value * (centred[j] as number)
    }
  }
  let totalVariance = 0
  const divisor = Math.max(1, rows.length - 1)
  for (let i = 0; i < bands; i++) {
    for (let j = i; j < bands; j++) covariance[j * bands + i] = covariance[i * bands + j] = (covariance[i * bands + j] as number) / divisor
    totalVariance += covariance[i * bands + i] as number
  }
  const eigen = leadingEigenpairs(covariance, bands, Math.min(count, bands))
  const kept = Math.max(1, eigen.values.filter((value) => value > 1e-12 * totalVariance).length)
  const vectors = new Float32Array(kept * bands)
  for (let k = 0; k < kept; k++) {
    const vector = eigen.vectors[k] as Float64Array
    const sign = vector.reduce((sum, value) => sum + value, 0) < 0 ? -1 : 1
    for (let band = 0; band < bands; band++) vectors[k * bands + band] = sign * (vector[band] as number)
  }
  return {
    bands,
    mean: Float32Array.from(mean),
    vectors,
    deviations: Float32Array.from(eigen.values.subarray(0, kept), (value) => Math.sqrt(value)),
    totalVariance,
  }
}

/** [rows, cols, bands] -> [rows, cols, count] in standard deviations of each component; NaN where any band is. */
export function projectComponents(image: Image, pc: PrincipalComponents): Image {
  const { bands, mean, vectors, deviations } = pc
  const count = deviations.length
  const pixels = image.rows * image.cols
  const scaled = vectors.map((value, i) => value / Math.max(deviations[Math.floor(i / bands)] as number, 1e-20))
  const shift = Float64Array.from({ length: count }, (_, k) => {
    let sum = 0
    for (let band = 0; band < bands; band++) sum += (scaled[k * bands + band] as number) * (mean[band] as number)
    return sum
  })
  const data = new Float32Array(pixels * count)
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let k = 0; k < count; k++) {
      let sum = -(shift[k] as number)
      for (let band = 0; band < bands; band++) sum += (scaled[k * bands + band] as number) * (image.data[pixel * bands + band] as number)
      data[pixel * count + k] = sum
    }
  }
  return { rows: image.rows, cols: image.cols, bands: count, data }
}

/**
 * `base` [rows, cols, bands] plus `detail` [rows, cols, count], given in standard deviations of the components. Missing
 * values of the base stay missing.
 */
export function addComponentDetail(base: Image, detail: Image, pc: PrincipalComponents): Image {
  const sum = { ...base, data: base.data.slice() }
  accumulateDetail(sum, detail, pc, Array.from({ length: base.bands }, (_, band) => band))
  return sum
}

/**
 * Adds `detail` [rows, cols, count] to the bands `positions` (those of the components, in their order; -1 = not in
 * `target`) of `target`, in place.
 */
export function accumulateDetail(target: Image, detail: Image, { bands, vectors, deviations }: PrincipalComponents, positions: readonly number[]): void {
  const count = deviations.length
  const scaled = vectors.map((value, i) => value * (deviations[Math.floor(i / bands)] as number))
  const present = positions.flatMap((place, band) => (place < 0 ? [] : [{ place, band }]))
  const places = Int32Array.from(present, ({ place }) => place)
  const sources = Int32Array.from(present, ({ band }) => band)
  const { data } = target
  for (let pixel = 0; pixel < target.rows * target.cols; pixel++) {
    const start = pixel * target.bands
    for (let k = 0; k < count; k++) {
      const amount = detail.data[pixel * count + k] as number
      for (let i = 0; i < places.length; i++) {
        const at = start + (places[i] as number)
        data[at] = (data[at] as number) + amount * (scaled[k * bands + (sources[i] as number)] as number)
      }
    }
  }
}
