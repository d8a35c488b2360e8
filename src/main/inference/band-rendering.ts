import type { Image } from '../cube/image'
import { scaleWindow, type PixelWindow } from '../cube/pixel-window'
import { backProjectedBicubic, projectConsistent } from '../dataset/back-projection'
import type { Kernel } from '../dataset/degrade'
import { fillNearby } from '../dataset/fill-nearby'
import { crop } from '../dataset/mirror'
import { accumulateDetail } from '../dataset/principal-components'
import { hasMissing, upsample } from '../dataset/resample'
import type { SceneComponents } from '../dataset/scene-components'
import { enlargeByProducts, productsAreExact, type Mixture } from './band-products'
import { BAND_HALO, type ServingMethod } from './serving-halo'

/** How bands are interpolated. */
export interface Interpolation {
  method: ServingMethod
  kernel: Kernel
  /** Block means of the result are those of the input. */
  consistent: boolean
}

/** Detail of a scene's components that bands are to have besides: [rows * scale, cols * scale, components], standardised. */
export interface ComponentDetail {
  amounts: Image
  scene: SceneComponents
}

const BACK_PROJECTIONS = 5

/** Values of enlarged bands that are made at once, so that what this takes besides stays small beside the result. */
const VALUES_AT_ONCE = 6e6

/** Side of the pieces that are enlarged at once, in low-resolution pixels: what a product costs a pixel grows with it, what the margin costs shrinks. */
const PIECE = 96

/**
 * The bands `picked` of a tile, enlarged, with the detail of its components added. `lowRes` [rows + 2 halo, cols + 2 halo,
 * bands], NaN = no data; a pixel of the result is NaN where the low-resolution pixel that contains it is. Piece by piece and some
 * bands at a time, in groups of the whole scene's, so that a band does not depend on which others are picked; `breathe` is
 * awaited before each.
 */
export async function renderBands(
  model: Interpolation, lowRes: Image, halo: number, scale: number, picked: readonly number[], detail: ComponentDetail | null, breathe: () => Promise<void>,
): Promise<Image> {
  const rows = lowRes.rows - 2 * halo
  const cols = lowRes.cols - 2 * halo
  const target = { rows: rows * scale, cols: cols * scale, bands: picked.length, data: new Float32Array(rows * cols * scale * scale * picked.length) }
  for (let row = 0; row < rows; row += PIECE) {
    for (let col = 0; col < cols; col += PIECE) {
      const piece = { row, col, rows: Math.min(PIECE, rows - row), cols: Math.min(PIECE, cols - col) }
      await renderPiece(model, lowRes, halo, scale, piece, picked, detail, target, breathe)
    }
  }
  return target
}

/** Renders `piece` (low-resolution pixels of the inside) into `target`. */
async function renderPiece(
  model: Interpolation, lowRes: Image, halo: number, scale: number, piece: PixelWindow, picked: readonly number[], detail: ComponentDetail | null, target: Image, breathe: () => Promise<void>,
): Promise<void> {
  const margin = Math.min(halo, BAND_HALO)
  const window = { row: halo - margin + piece.row, col: halo - margin + piece.col, rows: piece.rows + 2 * margin, cols: piece.cols + 2 * margin }
  const place = scaleWindow(piece, scale)
  const added = detail === null ? null : { ...detail, amounts: crop(detail.amounts, place.row, place.col, place.rows, place.cols) }
  const atOnce = Math.max(1, Math.floor(VALUES_AT_ONCE / (place.rows * place.cols)))
  for (let first = 0; first < lowRes.bands; first += atOnce) {
    const group = Array.from({ length: Math.min(atOnce, lowRes.bands - first) }, (_, i) => first + i)
    if (!picked.some((band) => group.includes(band))) continue
    await breathe()
    copyBands(enlarge(model, pickBands(lowRes, window, group), margin, scale, group, added), group, target, place, picked)
  }
}

/** Inside of `around` [rows + 2 margin, cols + 2 margin, bands of `group`] enlarged: [rows * scale, cols * scale, bands of `group`]. */
function enlarge(model: Interpolation, around: Image, margin: number, scale: number, group: readonly number[], detail: ComponentDetail | null): Float32Array {
  const { method, kernel, consistent } = model
  const { filled, valid } = fillNearby(around, NaN)
  const rows = (around.rows - 2 * margin) * scale
  const cols = (around.cols - 2 * margin) * scale
  if (productsAreExact() && !hasMissing(filled.data)) {
    const backProjections = method === 'bicubic' ? 0 : BACK_PROJECTIONS
    const fine = enlargeByProducts(filled, margin, scale, { kernel, backProjections, consistent: consistent && kernel.kind === 'block' }, detail === null ? null : mixtureOf(detail, group))
    if (valid.includes(0)) openGaps({ rows, cols, bands: group.length, data: fine }, around, margin, scale)
    return fine
  }
  const inside = crop(interpolateFilled(model, around, filled, scale), margin * scale, margin * scale, rows, cols)
  if (detail !== null) accumulateDetail(inside, detail.amounts, detail.scene.principal, detail.scene.bands.map((band) => group.indexOf(band)))
  return inside.data
}

/** Bands by back-projected bicubic (or bicubic), gaps filled before and opened again after, so that none leaks into a neighbour. */
export function interpolate(model: Interpolation, around: Image, scale: number): Image {
  return interpolateFilled(model, around, fillNearby(around, NaN).filled, scale)
}

function interpolateFilled({ method, kernel, consistent }: Interpolation, around: Image, filled: Image, scale: number): Image {
  let fine = method === 'bicubic' ? upsample(filled, scale, 'bicubic') : backProjectedBicubic(filled, scale, BACK_PROJECTIONS, kernel)
  if (consistent && kernel.kind === 'block') fine = projectConsistent(fine, filled, scale)
  openGaps(fine, around, 0, scale)
  return fine
}

/** NaN where the low-resolution pixel is, whose place in `lowRes` is `margin` further; in place. */
function openGaps(fine: Image, lowRes: Image, margin: number, scale: number): void {
  const { rows, cols, bands, data } = fine
  for (let row = 0; row < rows; row++) {
    const lowRow = (Math.floor(row / scale) + margin) * lowRes.cols
    for (let col = 0; col < cols; col++) {
      const from = (lowRow + Math.floor(col / scale) + margin) * bands
      const to = (row * cols + col) * bands
      for (let band = 0; band < bands; band++) if (Number.isNaN(lowRes.data[from + band])) data[to + band] = NaN
    }
  }
}

/** What the bands of `group` have of the components: nothing where a band is not among those that they are made of. */
function mixtureOf({ amounts, scene }: ComponentDetail, group: readonly number[]): Mixture {
  const { vectors, deviations, bands } = scene.principal
  const spectra = new Float32Array(deviations.length * group.length)
  for (const [place, band] of group.entries()) {
    const from = scene.bands.indexOf(band)
    if (from < 0) continue
    for (const [k, deviation] of deviations.entries()) spectra[k * group.length + place] = (vectors[k * bands + from] as number) * deviation
  }
  return { amounts, spectra }
}

/** Puts the bands of `fine` [rows, cols, bands of `group`] to `place` of `target`, whose bands are those `picked`. */
function copyBands(fine: Float32Array, group: readonly number[], target: Image, place: PixelWindow, picked: readonly number[]): void {
  const first = picked.indexOf(group[0] as number)
  const together = first >= 0 && group.every((band, i) => picked[first + i] === band)
  const places = group.flatMap((band, from) => picked.flatMap((one, to) => (one === band ? [{ from, to }] : [])))
  let from = 0
  for (let row = place.row; row < place.row + place.rows; row++) {
    for (let col = place.col; col < place.col + place.cols; col++) {
      const to = (row * target.cols + col) * target.bands
      if (together) target.data.set(fine.subarray(from, from + group.length), to + first)
      else for (const band of places) target.data[to + band.to] = fine[from + band.from] as number
      from += group.length
    }
  }
}

/** The bands `picked` of `window`. */
export function pickBands({ cols, bands, data }: Image, window: PixelWindow, picked: readonly number[]): Image {
  const out = new Float32Array(window.rows * window.cols * picked.length)
  const places = Int32Array.from(picked)
  let to = 0
  for (let row = window.row; row < window.row + window.rows; row++) {
    for (let col = window.col; col < window.col + window.cols; col++) {
      const from = (row * cols + col) * bands
      for (const place of places) out[to++] = data[from + place] as number
    }
  }
  return { rows: window.rows, cols: window.cols, bands: picked.length, data: out }
}
