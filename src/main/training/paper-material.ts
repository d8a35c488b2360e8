import type { JobContext } from '../common/job-context'
import { readWindow } from '../cube/cube-reader'
import type { Image } from '../cube/image'
import { wholeWindow, type PixelWindow } from '../cube/pixel-window'
import { allowedSymmetries, sceneBandShift, type BandShift } from '../dataset/band-shift'
import { degrade, type Kernel } from '../dataset/degrade'
import { sceneRange } from '../dataset/scene-range'
import type { Symmetry } from '../dataset/symmetry'
import { assertFitsPaper } from './paper-room'
import type { PaperImage } from './paper-sampler'
import type { TrainRequest, TrainScene } from './train-request'
import { divideGround, reduceMask } from './training-ground'

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
export async function preparePaperScene({ reader, window: part, validation: block }: TrainScene, bands: readonly number[], scale: TrainRequest['scale'], kernel: Kernel, context: JobContext): Promise<PaperMaterial> {
  const window = part ?? wholeWindow(reader.header)
  const { rows, cols } = window
  assertFitsPaper(reader.files[0] ?? 'the scene', window, bands.length)
  const highRes: Image = { rows, cols, bands: bands.length, data: await readWindow(reader, window, bands, context.signal) }
  await context.breathe()
  const { validation, trainable, guard } = divideGround(window, scale, validPixels(highRes), block)
  const bandShift = await sceneBandShift(reader, window, bands, context.signal)
  const symmetries = allowedSymmetries(bandShift)
  await context.breathe()
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
