import type { JobContext } from '../common/job-context'
import { StudioError } from '../common/errors'
import { readWindow, type CubeReader } from '../cube/cube-reader'
import type { Image } from '../cube/image'
import type { PixelWindow } from '../cube/pixel-window'
import { allowedSymmetries, sceneBandShift, type BandShift } from '../dataset/band-shift'
import { degrade, type Kernel } from '../dataset/degrade'
import { splitGround } from '../dataset/ground-split'
import { sceneRange } from '../dataset/scene-range'
import type { Symmetry } from '../dataset/symmetry'
import type { PaperImage } from './paper-sampler'
import { GUARD, HELD_OUT_SHARE, reduceMask } from './scene-material'

/** A scene lies in memory as a whole, once in full and once degraded. */
const MOST_BYTES = 4e9

/** Values that the quantile is taken from. */
const QUANTILE_SAMPLES = 1e6
const QUANTILE = 0.999

/** A scene made ready for the `paper` network to learn from. */
export interface PaperMaterial {
  image: PaperImage
  /** Held-out block in scene pixels. */
  validation: PixelWindow
  guard: number
  bandShift: BandShift | null
  symmetries: Symmetry[]
  /** Largest minus smallest value: the peak of PSNR. */
  peak: number
}

/**
 * Reads the given bands of a scene, splits its ground into the same two parts as for the `studio` network and degrades it.
 * Memory: 5 to 6 bytes a value. Errors: 'too-large', 'invalid-argument' when the scene is too small to be divided.
 */
export async function preparePaperScene(reader: CubeReader, window: PixelWindow, bands: readonly number[], scale: number, kernel: Kernel, context: JobContext): Promise<PaperMaterial> {
  const name = reader.files[0] ?? 'the scene'
  const { rows, cols } = window
  if (rows * cols * bands.length * 6 > MOST_BYTES) {
    throw new StudioError('too-large', `${name}: ${rows} x ${cols} pixels in ${bands.length} bands are too many to train the paper network on at once.`, {
      file: name, remedy: 'Train on a window of the scene, or use the studio preset.',
    })
  }
  const highRes: Image = { rows, cols, bands: bands.length, data: await readWindow(reader, window, bands, context.signal) }
  const valid = validPixels(highRes)
  // the block of the studio preset, so that the two can be compared: it makes 8x of three 2x steps
  const guard = GUARD * (scale === 8 ? 2 : scale)
  const { validation, trainable } = splitGround(rows, cols, { fraction: HELD_OUT_SHARE, guard, align: scale, valid })
  const bandShift = await sceneBandShift(reader, window, bands, context.signal)
  const symmetries = allowedSymmetries(bandShift)
  const image = { lowRes: degrade(highRes, scale, kernel), highRes, trainable: reduceMask(trainable, rows, cols, scale), symmetries }
  return { image, validation, guard, bandShift, symmetries, peak: await sceneRange(reader, window, bands, context.signal) }
}

/** The constant that stored values are divided by: the 99.9 % quantile of all valid ones; 1 when that is not positive. */
export function valueScaleOf(images: readonly Image[]): number {
  const total = images.reduce((sum, { data }) => sum + data.length, 0)
  const values: number[] = []
  for (const { data, bands } of images) {
    let stride = Math.max(1, Math.ceil(total / QUANTILE_SAMPLES))
    // all bands must have their turn
    while (commonDivisor(stride, bands) > 1) stride++
    for (let i = 0; i < data.length; i += stride) if (!Number.isNaN(data[i])) values.push(data[i] as number)
  }
  const sorted = Float64Array.from(values).sort()
  const quantile = sorted[Math.floor(QUANTILE * (sorted.length - 1))] ?? 1
  return quantile > 0 ? quantile : 1
}

function commonDivisor(p: number, q: number): number {
  return q === 0 ? p : commonDivisor(q, p % q)
}

function validPixels({ rows, cols, bands, data }: Image): Uint8Array {
  const valid = new Uint8Array(rows * cols).fill(1)
  for (let i = 0; i < data.length; i++) if (Number.isNaN(data[i])) valid[Math.floor(i / bands)] = 0
  return valid
}
