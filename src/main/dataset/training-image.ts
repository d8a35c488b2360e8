import type { Random } from '../common/random'
import type { Image } from '../cube/image'
import { projectConsistent, backProjectedBicubic } from './back-projection'
import { degrade, type Kernel } from './degrade'
import { crop } from './mirror'
import type { Symmetry } from './symmetry'

/**
 * One picture to learn from, as standardised spectral components (axis order [rows, cols, components]).
 * `highRes` and `base` are `scale` times larger than `lowRes`; `base` is back-projected bicubic of `lowRes`, so what the
 * network has to learn is `highRes - base`.
 */
export interface TrainingImage {
  scale: number
  lowRes: Image
  base: Image
  highRes: Image
  /** 1 for low-resolution pixels [rows * cols] that crops may contain; null = all. */
  trainable: Uint8Array | null
  /** How often each component is drawn; sums to one. */
  frequencies: readonly number[]
  symmetries: readonly Symmetry[]
}

/** Prepares a training image from its truth [rows, cols, components] (no NaN); the sides are cut to multiples of `scale`. */
export function makeTrainingImage(
  highRes: Image,
  scale: number,
  kernel: Kernel,
  details: { trainable: Uint8Array | null; frequencies: readonly number[]; symmetries: readonly Symmetry[] },
): TrainingImage {
  const lowRes = degrade(highRes, scale, kernel)
  return {
    scale,
    lowRes,
    base: componentBase(lowRes, scale, kernel),
    highRes: crop(highRes, 0, 0, lowRes.rows * scale, lowRes.cols * scale),
    trainable: details.trainable,
    frequencies: details.frequencies,
    symmetries: details.symmetries,
  }
}

/**
 * What the network adds its detail to: bicubic with five back-projections, for block means made exactly consistent, so
 * that its block means are `lowRes`.
 */
export function componentBase(lowRes: Image, scale: number, kernel: Kernel): Image {
  const base = backProjectedBicubic(lowRes, scale, 5, kernel)
  return kernel.kind === 'block' ? projectConsistent(base, lowRes, scale) : base
}

/**
 * How often to draw each component: by the square root of its standard deviation. Errors of the strong components
 * dominate the picture, those of the weak ones the spectral angle; drawing by variance would starve the latter.
 */
export function componentFrequencies(deviations: ArrayLike<number>): number[] {
  const roots = Array.from(deviations, (deviation) => Math.sqrt(Math.max(deviation, 0)))
  const sum = roots.reduce((total, root) => total + root, 0)
  return roots.map((root) => (sum > 0 ? root / sum : 1 / roots.length))
}

/** A batch of crops: `input` [n, crop, crop, 1 + guides], `target` [n, crop * scale, crop * scale, 1] = truth - base. */
export interface CropBatch {
  count: number
  crop: number
  scale: number
  input: Float32Array
  target: Float32Array
}

/**
 * Draws dense random crops from any number of training images of one scale: an image by its number of trainable places,
 * a place, a component, a symmetry the image allows, and a sign for every component (the sign of a principal component
 * is arbitrary). `crop` is the side in low-resolution pixels.
 */
export class CropSampler {
  private readonly origins: (Int32Array | null)[]
  private readonly cumulative: number[]

  constructor(private readonly images: readonly TrainingImage[], private readonly side: number, private readonly guides: number) {
    this.origins = images.map((image) => (image.trainable === null ? null : cropOrigins(image.trainable, image.lowRes.rows, image.lowRes.cols, side)))
    let total = 0
    this.cumulative = images.map(({ lowRes }, index) => {
      const everywhere = Math.max(0, lowRes.rows - side + 1) * Math.max(0, lowRes.cols - side + 1)
      total += Math.sqrt(this.origins[index]?.length ?? everywhere)
      return total
    })
  }

  draw(random: Random, count: number): CropBatch {
    const { side, guides } = this
    const scale = (this.images[0] as TrainingImage).scale
    const channels = 1 + guides
    const fine = side * scale
    const batch: CropBatch = {
      count, crop: side, scale,
      input: new Float32Array(count * side * side * channels),
      target: new Float32Array(count * fine * fine),
    }
    for (let sample = 0; sample < count; sample++) {
      const index = pick(this.cumulative, random.uniform() * (this.cumulative[this.cumulative.length - 1] as number))
      const image = this.images[index] as TrainingImage
      const { lowRes, base, highRes } = image
      const places = this.origins[index] as Int32Array | null
      const across = lowRes.cols - side + 1
      const place = places === null ? random.integer((lowRes.rows - side + 1) * across) : (places[random.integer(places.length)] as number)
      const row = Math.floor(place / across)
      const col = place % across
      const component = pickFrequency(image.frequencies, random.uniform())
      const symmetry = image.symmetries[random.integer(image.symmetries.length)] as Symmetry
      const sign = random.uniform() < 0.5 ? -1 : 1
      copyCrop(lowRes.data, lowRes, { row, col, side, band: component }, symmetry, sign, batch.input, sample * side * side * channels, channels)
      for (let guide = 0; guide < guides; guide++) {
        const guideSign = random.uniform() < 0.5 ? -1 : 1
        if (guide >= lowRes.bands) continue
        copyCrop(lowRes.data, lowRes, { row, col, side, band: guide }, symmetry, guideSign, batch.input, sample * side * side * channels + 1 + guide, channels)
      }
      const fineCrop = { row: row * scale, col: col * scale, side: fine, band: component }
      copyCrop(highRes.data, highRes, fineCrop, symmetry, sign, batch.target, sample * fine * fine, 1)
      copyCrop(base.data, base, fineCrop, symmetry, -sign, batch.target, sample * fine * fine, 1)
    }
    return batch
  }
}

/** Upper-left corners, as row * (cols - crop + 1) + col, of all crops that contain only allowed pixels. */
export function cropOrigins(allowed: Uint8Array, rows: number, cols: number, crop: number): Int32Array {
  const across = cols - crop + 1
  const sums = new Int32Array((rows + 1) * (cols + 1))
  for (let row = 0; row < rows; row++) {
    let line = 0
    for (let col = 0; col < cols; col++) {
      line += allowed[row * cols + col] as number
      sums[(row + 1) * (cols + 1) + col + 1] = (sums[row * (cols + 1) + col + 1] as number) + line
    }
  }
  const at = (row: number, col: number): number => sums[row * (cols + 1) + col] as number
  const origins: number[] = []
  for (let row = 0; row + crop <= rows; row++) {
    for (let col = 0; col < across; col++) {
      if (at(row + crop, col + crop) - at(row, col + crop) - at(row + crop, col) + at(row, col) === crop * crop) origins.push(row * across + col)
    }
  }
  return Int32Array.from(origins)
}

function pick(cumulative: readonly number[], value: number): number {
  let low = 0
  let high = cumulative.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cumulative[middle] as number) > value) high = middle
    else low = middle + 1
  }
  return low
}

function pickFrequency(frequencies: readonly number[], value: number): number {
  let sum = 0
  for (let index = 0; index < frequencies.length; index++) {
    sum += frequencies[index] as number
    if (value < sum) return index
  }
  return frequencies.length - 1
}

/**
 * Adds sign * the square crop of one band, turned by `symmetry` (bit 0 flips rows, bit 1 flips cols, then bit 2
 * transposes), to `target` from `start` on, one value every `stride`.
 */
function copyCrop(
  data: Float32Array,
  { cols, bands }: { cols: number; bands: number },
  { row, col, side, band }: { row: number; col: number; side: number; band: number },
  symmetry: Symmetry,
  sign: number,
  target: Float32Array,
  start: number,
  stride: number,
): void {
  const last = side - 1
  let out = start
  for (let r = 0; r < side; r++) {
    for (let c = 0; c < side; c++) {
      let sourceRow = (symmetry & 4) === 0 ? r : c
      let sourceCol = (symmetry & 4) === 0 ? c : r
      if ((symmetry & 1) !== 0) sourceRow = last - sourceRow
      if ((symmetry & 2) !== 0) sourceCol = last - sourceCol
      target[out] = (target[out] as number) + sign * (data[((row + sourceRow) * cols + col + sourceCol) * bands + band] as number)
      out += stride
    }
  }
}
