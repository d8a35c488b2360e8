import { throwIfAborted } from '../common/job-context'
import { readWindow, type CubeReader } from '../cube/cube-reader'
import type { Image } from '../cube/image'
import type { PixelWindow } from '../cube/pixel-window'
import { measureBandShift, type BandShift } from './phase-correlation'
import { ALL_SYMMETRIES, turnVector, type Symmetry } from './symmetry'

export type { BandShift } from './phase-correlation'

const BLUE_NM = 480
const RED_NM = 680

/** Where blue and red are taken to lie in a scene without wavelengths, as shares of its bands. */
const BLUE_SHARE = 0.05
const RED_SHARE = { visibleSensor: 0.4, fullRangeSensor: 0.15 }

/** A sensor with more bands than this usually reaches to 2500 nm, one with fewer to 900 or 1000. */
const VISIBLE_SENSOR_BANDS = 150

/** Side of the part of a scene that is measured, pixels. */
const MEASURED_SIDE = 256

/** Links of the chain from blue to red before any is divided. */
const LINKS = 6

/** A link whose phases agree less than this is divided: surfaces change their contrast between distant bands. */
const SURE = 0.9

/** Below this a shift is not known. */
export const LEAST_CONFIDENCE = 0.4

/** Displacement that symmetries may change without harm, pixels. */
const TOLERANCE = 0.15

/**
 * Shift of the red-ish against the blue-ish bands of `image` [rows, cols, bands], in pixels. `wavelengthNm` has one
 * entry a band; without it the bands at 5 % and 40 % (15 % with more than
 * 150 bands) stand for blue and red. Measured as a chain of shifts between
 * bands close enough to look alike, for between blue and red the contrast of vegetation turns over and a direct
 * comparison is misled by pixels; the confidence is that of the weakest link. null with fewer than two bands
 * or sides below 16 pixels. Cost: 6 to 60 times `measureBandShift`, with a turn of the event loop between them, where a
 * cancellation is heard.
 */
export async function imageBandShift(image: Image, wavelengthNm: readonly number[] | null, signal?: AbortSignal): Promise<BandShift | null> {
  if (image.bands < 2 || Math.min(image.rows, image.cols) < 16) return null
  const [blue, red] = blueAndRed(image.bands, wavelengthNm)
  const order = Array.from({ length: image.bands }, (_, band) => band)
  // Detectors overlap, so neighbours in the file need not be neighbours in the spectrum.
  if (wavelengthNm !== null) order.sort((p, q) => (wavelengthNm[p] as number) - (wavelengthNm[q] as number))
  const [from, to] = [order.indexOf(blue), order.indexOf(red)].sort((p, q) => p - q) as [number, number]
  const links = Math.min(LINKS, to - from)
  const total: BandShift = { rows: 0, cols: 0, confidence: 1 }
  for (let link = 0; link < links; link++) {
    const at = (n: number): number => from + Math.round((n * (to - from)) / links)
    const shift = await linkShift(image, order, at(link), at(link + 1), signal)
    total.rows += shift.rows
    total.cols += shift.cols
    total.confidence = Math.min(total.confidence, shift.confidence)
  }
  return total
}

/** As `imageBandShift`, of the usable `bands` (0-based) in the middle of `window`; reads at most 256 x 256 pixels of them. */
export async function sceneBandShift(
  reader: CubeReader,
  window: PixelWindow,
  bands: readonly number[],
  signal?: AbortSignal,
): Promise<BandShift | null> {
  if (bands.length < 2) return null
  const wavelengths = reader.header.wavelengthNm
  const wavelengthNm = wavelengths === null ? null : bands.map((band) => wavelengths[band] as number)
  const [blue, red] = blueAndRed(bands.length, wavelengthNm)
  // Only the spectrum between the two is needed; without wavelengths their places in the list must survive.
  const needed = Array.from({ length: Math.abs(red - blue) + 1 }, (_, i) => Math.min(blue, red) + i)
  const rows = Math.min(MEASURED_SIDE, window.rows)
  const cols = Math.min(MEASURED_SIDE, window.cols)
  const middle = { row: window.row + ((window.rows - rows) >> 1), col: window.col + ((window.cols - cols) >> 1), rows, cols }
  const data = await readWindow(reader, middle, needed.map((i) => bands[i] as number), signal)
  const image = { rows, cols, bands: needed.length, data }
  return imageBandShift(image, wavelengthNm === null ? evenWavelengths(needed.length) : needed.map((i) => wavelengthNm[i] as number), signal)
}

/**
 * The flips and rotations that keep a shift between bands: all eight when there is none to speak of (below 0.15 pixels)
 * or only one band (null), else those that map it to itself within 0.15 pixels. A shift that could not be measured
 * (confidence below 0.4) leaves only the identity.
 */
export function allowedSymmetries(shift: BandShift | null): Symmetry[] {
  if (shift === null) return [...ALL_SYMMETRIES]
  if (shift.confidence < LEAST_CONFIDENCE) return [0]
  if (Math.hypot(shift.rows, shift.cols) < TOLERANCE) return [...ALL_SYMMETRIES]
  return ALL_SYMMETRIES.filter((symmetry) => {
    const turned = turnVector(shift, symmetry)
    return Math.hypot(turned.rows - shift.rows, turned.cols - shift.cols) <= TOLERANCE
  })
}

function blueAndRed(bands: number, wavelengthNm: readonly number[] | null): [blue: number, red: number] {
  if (wavelengthNm !== null) {
    const nearest = (target: number): number => wavelengthNm.reduce((best, nm, band) => (Math.abs(nm - target) < Math.abs((wavelengthNm[best] as number) - target) ? band : best), 0)
    const [blue, red] = [nearest(BLUE_NM), nearest(RED_NM)]
    // A scene without a visible part: its two ends.
    if (blue !== red) return [blue, red]
    return [0, bands - 1]
  }
  const blue = Math.floor(BLUE_SHARE * bands)
  const share = bands > VISIBLE_SENSOR_BANDS ? RED_SHARE.fullRangeSensor : RED_SHARE.visibleSensor
  return [blue, Math.max(blue + 1, Math.floor(share * bands))]
}

/** Wavelengths that make the first band blue and the last one red. */
function evenWavelengths(bands: number): number[] {
  return Array.from({ length: bands }, (_, band) => BLUE_NM + ((RED_NM - BLUE_NM) * band) / (bands - 1))
}

async function linkShift(image: Image, order: readonly number[], from: number, to: number, signal: AbortSignal | undefined): Promise<BandShift> {
  await new Promise((resolve) => setImmediate(resolve))
  throwIfAborted(signal)
  const direct = measureBandShift(bandOf(image, order[from] as number), bandOf(image, order[to] as number))
  if (direct.confidence >= SURE || to - from < 2) return direct
  const middle = (from + to) >> 1
  const first = await linkShift(image, order, from, middle, signal)
  const second = await linkShift(image, order, middle, to, signal)
  const divided = { rows: first.rows + second.rows, cols: first.cols + second.cols, confidence: Math.min(first.confidence, second.confidence) }
  return divided.confidence >= direct.confidence ? divided : direct
}

function bandOf({ rows, cols, bands, data }: Image, band: number): Image {
  return { rows, cols, bands: 1, data: Float32Array.from({ length: rows * cols }, (_, pixel) => data[pixel * bands + band] as number) }
}
