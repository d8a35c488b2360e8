import { throwIfAborted } from '../common/job-context'
import { StudioError } from '../common/errors'
import type { CubeHeader } from '../cube/cube-header'
import { allBands, readWindow, type CubeReader } from '../cube/cube-reader'
import type { Image } from '../cube/image'
import type { PixelWindow } from '../cube/pixel-window'
import { fillNearby } from './fill-nearby'
import { fitPrincipalComponents, projectComponents, type PrincipalComponents } from './principal-components'

/** Components that carry a scene's spatial detail: at 2x the rest adds nothing that bicubic would not give. */
export const SCENE_COMPONENTS = 12

/** Pixels that the statistics are taken from. */
const SAMPLE_PIXELS = 20_000

/** Rows read at a time, so that memory stays bounded by some 64 MB whatever the scene's size. */
export function stripRows({ cols, bands }: { cols: number; bands: number }): number {
  return Math.max(1, Math.floor(16e6 / (cols * bands)))
}

/** A scene's spectral components and the bands (0-based) that they are made from: neither bad nor empty. */
export interface SceneComponents {
  bands: number[]
  principal: PrincipalComponents
}

/** A regular sample of a scene's pixels in its usable bands. */
export interface BandSample {
  /** 0-based, neither bad nor empty. */
  bands: number[]
  /** [pixels, bands], NaN = no data. */
  values: Float32Array
}

/**
 * Fits the components of a scene (or of a window of it) to a regular sample of its pixels. Memory is bounded; every
 * pixel is read once. Errors: 'unsupported' when no band has enough valid pixels; those of reading.
 */
export async function fitSceneComponents(reader: CubeReader, window: PixelWindow, signal?: AbortSignal): Promise<SceneComponents> {
  const { bands, values } = await sampleUsableBands(reader, window, signal)
  return { bands, principal: fitPrincipalComponents(values, bands.length, { count: Math.min(SCENE_COMPONENTS, bands.length) }) }
}

/** The bands (0-based) that are not declared bad. */
export function goodBands(header: CubeHeader): number[] {
  return allBands(header).filter((band) => header.badBands?.[band] !== true)
}

/**
 * Finds the usable bands of a window of a scene; cost and errors are those of `fitSceneComponents`. `look` sees all that is
 * read on the way: values [pixels, good bands] from pixel `firstPixel` of the window on.
 */
export async function sampleUsableBands(
  reader: CubeReader, window: PixelWindow, signal?: AbortSignal, look?: (firstPixel: number, values: Float32Array) => void,
): Promise<BandSample> {
  const candidates = goodBands(reader.header)
  if (candidates.length === 0) throw noBand(reader, 'all bands are marked as bad', 'Correct the list of bad bands of the scene.')
  const stride = Math.max(1, Math.ceil((window.rows * window.cols) / SAMPLE_PIXELS))
  const sample = new Float32Array(Math.ceil((window.rows * window.cols) / stride) * candidates.length)
  let taken = 0
  const strip = stripRows({ cols: window.cols, bands: candidates.length })
  for (let row = 0; row < window.rows; row += strip) {
    throwIfAborted(signal)
    const rows = Math.min(strip, window.rows - row)
    const values = await readWindow(reader, { row: window.row + row, col: window.col, rows, cols: window.cols }, candidates, signal)
    look?.(row * window.cols, values)
    const first = (stride - ((row * window.cols) % stride)) % stride
    for (let pixel = first; pixel < rows * window.cols; pixel += stride) {
      sample.set(values.subarray(pixel * candidates.length, (pixel + 1) * candidates.length), taken * candidates.length)
      taken++
    }
  }
  const bands = usableBands(sample.subarray(0, taken * candidates.length), candidates)
  if (bands.length === 0) {
    throw noBand(reader, 'no band has valid pixels', 'Check the nodata value and the bad-band list of the scene.')
  }
  const columns = bands.map((band) => candidates.indexOf(band))
  const picked = new Float32Array(taken * bands.length)
  for (let pixel = 0; pixel < taken; pixel++) {
    columns.forEach((column, index) => (picked[pixel * bands.length + index] = sample[pixel * candidates.length + column] as number))
  }
  return { bands, values: picked }
}

function noBand({ files: [file] }: CubeReader, why: string, remedy: string): StudioError {
  return new StudioError('unsupported', `${file ?? 'The scene'}: ${why}.`, { ...(file === undefined ? {} : { file }), remedy })
}

/** Bands that are valid in at least half as many pixels as the best band: others would take most pixels with them. */
function usableBands(sample: Float32Array, candidates: readonly number[]): number[] {
  const counts = candidates.map((_, column) => {
    let count = 0
    for (let i = column; i < sample.length; i += candidates.length) if (!Number.isNaN(sample[i])) count++
    return count
  })
  const best = Math.max(0, ...counts)
  return candidates.filter((_, column) => best > 0 && (counts[column] as number) * 2 >= best)
}

/** Standardised components of a window, gaps filled from around; `valid` [rows * cols] is 1 where every usable band is. */
export interface ComponentWindow {
  components: Image
  valid: Uint8Array
}

/** Projects the usable bands of `image` [rows, cols, usable bands] (NaN = no data). */
export function componentsOf(image: Image, { principal }: SceneComponents): ComponentWindow {
  const { filled, valid } = fillNearby(projectComponents(image, principal), 0)
  return { components: filled, valid }
}

/** Reads a window strip by strip and keeps only its components: 48 bytes a pixel whatever the number of bands. */
export async function readComponents(reader: CubeReader, window: PixelWindow, scene: SceneComponents, signal?: AbortSignal): Promise<ComponentWindow> {
  const count = scene.principal.deviations.length
  const data = new Float32Array(window.rows * window.cols * count)
  const strip = stripRows({ cols: window.cols, bands: scene.bands.length })
  for (let row = 0; row < window.rows; row += strip) {
    throwIfAborted(signal)
    const rows = Math.min(strip, window.rows - row)
    const values = await readWindow(reader, { row: window.row + row, col: window.col, rows, cols: window.cols }, scene.bands, signal)
    const projected = projectComponents({ rows, cols: window.cols, bands: scene.bands.length, data: values }, scene.principal)
    data.set(projected.data, row * window.cols * count)
  }
  const { filled, valid } = fillNearby({ rows: window.rows, cols: window.cols, bands: count, data }, 0)
  return { components: filled, valid }
}
