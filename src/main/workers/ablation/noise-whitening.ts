import type { Image } from '../../cube/image'

/** Bands made such that noise is alike in all and between none: principal components of those are the minimum noise fractions (Green et al. 1988). */
export interface NoiseWhitening {
  /** [rows, cols, bands] in stored units -> the same in deviations of the noise. */
  whiten: (image: Image) => Image
  /** The way back, without a constant: of differences. */
  unwhiten: (image: Image) => Image
}

/** Keeps the covariance positive where a band is a mixture of others, relative to the mean variance of the noise. */
const RIDGE = 1e-6

/** Noise is what a pixel differs from the one to its right by, as is usual; of `image` without missing values. */
export function fitNoiseWhitening({ rows, cols, bands, data }: Image): NoiseWhitening {
  const covariance = new Float64Array(bands * bands)
  const difference = new Float64Array(bands)
  const pairs = rows * (cols - 1)
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col + 1 < cols; col++) {
      const at = (row * cols + col) * bands
      for (let band = 0; band < bands; band++) difference[band] = (data[at + band] as number) - (data[at + bands + band] as number)
      for (let i = 0; i < bands; i++) for (let j = 0; j <= i; j++) covariance[i * bands + j] = (covariance[i * bands + j] as number) + ((difference[i] as number) * (difference[j] as number)) / (2 * pairs)
    }
  }
  let trace = 0
  for (let i = 0; i < bands; i++) trace += covariance[i * bands + i] as number
  for (let i = 0; i < bands; i++) covariance[i * bands + i] = (covariance[i * bands + i] as number) + (RIDGE * trace) / bands
  const lower = cholesky(covariance, bands)
  return { whiten: (image) => eachSpectrum(image, (spectrum) => { solveLower(lower, spectrum) }), unwhiten: (image) => eachSpectrum(image, (spectrum) => { multiplyLower(lower, spectrum) }) }
}

/** L of L L^T = `matrix` [size * size], of which the lower triangle is read (Golub & Van Loan, 4.2). */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j] as number
      for (let k = 0; k < j; k++) sum -= (lower[i * size + k] as number) * (lower[j * size + k] as number)
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / (lower[j * size + j] as number)
    }
  }
  return lower
}

/** x -> L^-1 x, in place. */
function solveLower(lower: Float64Array, x: Float64Array): void {
  const { length } = x
  for (let i = 0; i < length; i++) {
    let sum = x[i] as number
    for (let k = 0; k < i; k++) sum -= (lower[i * length + k] as number) * (x[k] as number)
    x[i] = sum / (lower[i * length + i] as number)
  }
}

/** x -> L x, in place. */
function multiplyLower(lower: Float64Array, x: Float64Array): void {
  const { length } = x
  for (let i = length - 1; i >= 0; i--) {
    let sum = 0
    for (let k = 0; k <= i; k++) sum += (lower[i * length + k] as number) * (x[k] as number)
    x[i] = sum
  }
}

function eachSpectrum(image: Image, change: (spectrum: Float64Array) => void): Image {
  const { bands } = image
  const data = new Float32Array(image.data.length)
  for (let start = 0; start < data.length; start += bands) {
    const spectrum = Float64Array.from(image.data.subarray(start, start + bands))
    change(spectrum)
    data.set(spectrum, start)
  }
  return { ...image, data }
}
