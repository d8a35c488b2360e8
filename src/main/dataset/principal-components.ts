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

/** Of the covariance: as many as stay in the processor's cache. */
const PIXELS_AT_ONCE = 256

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
  const centred = new Float64Array(bands * PIXELS_AT_ONCE)
  for (let first = 0; first < rows.length; first += PIXELS_AT_ONCE) {
    const pixels = Math.min(PIXELS_AT_ONCE, rows.length - first)
    for (let pixel = 0; pixel < pixels; pixel++) {
      const start = rows[first + pixel] as number
      for (let band = 0; band < bands; band++) centred[band * pixels + pixel] = (samples[start + band] as number) - (mean[band] as number)
    }
    addProducts(covariance, centred, bands, pixels)
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

/** Adds the products of all pairs of bands, summed over `pixels`, to the upper triangle of `covariance`; `centred` [bands, pixels]. */
function addProducts(covariance: Float64Array, centred: Float64Array, bands: number, pixels: number): void {
  for (let i = 0; i < bands; i++) {
    const one = i * pixels
    // four sums side by side: one alone waits for its own last addition; beyond the last band the last one again
    for (let j = i; j < bands; j += 4) {
      const a = j * pixels
      const b = Math.min(j + 1, bands - 1) * pixels
      const c = Math.min(j + 2, bands - 1) * pixels
      const d = Math.min(j + 3, bands - 1) * pixels
      let p = 0
      let q = 0
      let r = 0
      let s = 0
      for (let pixel = 0; pixel < pixels; pixel++) {
        const value = centred[one + pixel] as number
        p += value * (centred[a + pixel] as number)
        q += value * (centred[b + pixel] as number)
        r += value * (centred[c + pixel] as number)
        s += value * (centred[d + pixel] as number)
      }
      const sums = [p, q, r, s]
      for (let k = 0; k < 4 && j + k < bands; k++) covariance[i * bands + j + k] = (covariance[i * bands + j + k] as number) + (sums[k] as number)
    }
  }
}

/** [rows, cols, bands] -> [rows, cols, count] in standard deviations of each component; NaN where any band is. */
export function projectComponents(image: Image, pc: PrincipalComponents): Image {
  const { bands, mean, vectors, deviations } = pc
  const count = deviations.length
  const pixels = image.rows * image.cols
  const scaled = Float64Array.from(vectors, (value, i) => value / Math.max(deviations[Math.floor(i / bands)] as number, 1e-20))
  const shift = Float64Array.from({ length: count }, (_, k) => {
    let sum = 0
    for (let band = 0; band < bands; band++) sum += (scaled[k * bands + band] as number) * (mean[band] as number)
    return sum
  })
  const data = new Float32Array(pixels * count)
  const spectra = image.data
  for (let pixel = 0; pixel < pixels; pixel++) {
    const start = pixel * bands
    const to = pixel * count
    let k = 0
    // four sums side by side: one alone waits for its own last addition
    for (; k + 4 <= count; k += 4) {
      const a = k * bands
      let p = -(shift[k] as number)
      let q = -(shift[k + 1] as number)
      let r = -(shift[k + 2] as number)
      let s = -(shift[k + 3] as number)
      for (let band = 0; band < bands; band++) {
        const value = spectra[start + band] as number
        p += (scaled[a + band] as number) * value
        q += (scaled[a + bands + band] as number) * value
        r += (scaled[a + 2 * bands + band] as number) * value
        s += (scaled[a + 3 * bands + band] as number) * value
      }
      data[to + k] = p
      data[to + k + 1] = q
      data[to + k + 2] = r
      data[to + k + 3] = s
    }
    for (; k < count; k++) {
      let sum = -(shift[k] as number)
      for (let band = 0; band < bands; band++) sum += (scaled[k * bands + band] as number) * (spectra[start + band] as number)
      data[to + k] = sum
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
  const present = positions.flatMap((place, band) => (place < 0 ? [] : [{ place, band }]))
  const places = Int32Array.from(present, ({ place }) => place)
  // components in whole lots of four, for every pass through the spectrum costs as much as two of them
  const lots = Math.ceil(count / 4)
  const scaled = new Float64Array(lots * 4 * places.length)
  for (let k = 0; k < count; k++) {
    for (const [i, { band }] of present.entries()) scaled[k * places.length + i] = (vectors[k * bands + band] as number) * (deviations[k] as number)
  }
  const amounts = new Float64Array(lots * 4)
  const { data } = target
  for (let pixel = 0; pixel < target.rows * target.cols; pixel++) {
    const start = pixel * target.bands
    for (let k = 0; k < count; k++) amounts[k] = detail.data[pixel * count + k] as number
    for (let k = 0; k < count; k += 4) {
      const p = amounts[k] as number
      const q = amounts[k + 1] as number
      const r = amounts[k + 2] as number
      const s = amounts[k + 3] as number
      const a = k * places.length
      const b = a + places.length
      const c = b + places.length
      const d = c + places.length
      for (let i = 0; i < places.length; i++) {
        const at = start + (places[i] as number)
        data[at] = (data[at] as number) + p * (scaled[a + i] as number) + q * (scaled[b + i] as number) + r * (scaled[c + i] as number) + s * (scaled[d + i] as number)
      }
    }
  }
}
