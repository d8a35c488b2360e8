import { StudioError } from '../common/errors'
import type { PixelWindow } from '../cube/pixel-window'
import { intersectWindows, wholeWindow } from '../cube/pixel-window'
import { polygonSpans, type PolygonCorner } from '../cube/polygon-spans'
import { fitPrincipalComponents, projectComponents } from '../dataset/principal-components'
import type { ComputedMap, Material } from './computed-map'
import { bandsOf, compileFormula, describeFormula, parseFormula } from './formula'
import { goodBandsOf, subjectOf } from './good-bands'
import { readPhysical } from './physical-values'
import { spectralAngle } from './spectral-angle'

/** Pixels that the mean spectrum of a region is taken from at most. */
const MOST_REGION_PIXELS = 250_000
/** Pixels that components are fitted to, on a grid of rows and columns. */
const SAMPLE_SIDE = 160

/** Size and place of a map with the pixels of the raster that is meant. */
function onSubject(material: Material): Pick<ComputedMap, 'rows' | 'cols' | 'origin' | 'pixelSize'> {
  const { reader, window, scale } = subjectOf(material)
  return { rows: reader.header.rows, cols: reader.header.cols, origin: { row: window.row, col: window.col }, pixelSize: 1 / scale }
}

/**
 * Angle in degrees between each spectrum and the mean one of `region` (scene pixels; with `corners` of its pixels whose
 * centres lie in that polygon), over the good bands that both have, in physical units. Errors: 'invalid-argument' (no valid pixel there), 'unsupported' (fewer than two good bands), those of reading.
 */
export async function angleToRegion(material: Material, region: PixelWindow, corners: readonly PolygonCorner[] | null, signal: AbortSignal): Promise<ComputedMap> {
  const good = goodBandsOf(material, 2)
  const reference = await meanSpectrum(material, region, corners, good.scene, signal)
  const { reader } = subjectOf(material)
  const count = good.own.length
  return {
    ...onSubject(material), bandNames: ['spectral angle, degrees'], valuesPerPixel: count,
    compute: async (window, ended) => {
      const values = await readPhysical(reader, window, good.own, ended)
      return Float32Array.from({ length: window.rows * window.cols }, (_, pixel) => spectralAngle(values, pixel * count, reference, 0, count))
    },
  }
}

/** Each band's mean over the pixels in which it is valid; NaN where it is in none. */
async function meanSpectrum({ scene }: Material, region: PixelWindow, corners: readonly PolygonCorner[] | null, bands: readonly number[], signal: AbortSignal): Promise<Float64Array> {
  const inside = intersectWindows(region, wholeWindow(scene.header))
  if (inside === null || inside.rows * inside.cols > MOST_REGION_PIXELS) {
    throw new StudioError('invalid-argument', inside === null ? 'The reference lies outside the scene.' : 'The region of the reference is too large.', { remedy: 'Choose another pixel, or a smaller region.' })
  }
  const values = await readPhysical(scene, inside, bands, signal)
  if (corners !== null) leaveOut(values, inside, corners)
  const mean = Float64Array.from(bands, (_, band) => {
    let [sum, count] = [0, 0]
    for (let i = band; i < values.length; i += bands.length) {
      const value = values[i] as number
      if (Number.isNaN(value)) continue
      sum += value
      count++
    }
    return sum / count
  })
  if (mean.every(Number.isNaN)) throw new StudioError('invalid-argument', 'The reference has no data.', { remedy: 'Choose another place.' })
  return mean
}

/** Makes the values [rows, cols, bands] of a window missing where pixels lie outside a polygon. */
function leaveOut(values: Float32Array, { row, col, rows, cols }: PixelWindow, corners: readonly PolygonCorner[]): void {
  const perPixel = values.length / (rows * cols)
  for (let down = 0; down < rows; down++) {
    let right = 0
    for (const [from, to] of [...polygonSpans(corners, row + down), [col + cols, col + cols] as const]) {
      const clear = Math.min(cols, Math.max(right, from - col))
      values.fill(NaN, (down * cols + right) * perPixel, (down * cols + clear) * perPixel)
      right = Math.min(cols, Math.max(right, to - col))
    }
  }
}

/** A formula of the scene's bands in physical units; NaN where a band is missing, or where it is not finite (a division by zero). */
export function formulaMap(material: Material, formula: string): ComputedMap {
  const { header } = material.scene
  const tree = parseFormula(formula, header)
  const { reader, bands } = subjectOf(material)
  const wanted = bandsOf(tree)
  const own = wanted.map((band) => bands.indexOf(band))
  const absent = wanted.find((_, index) => own[index] === -1)
  if (absent !== undefined) {
    throw new StudioError('mismatch', `The result does not hold band ${absent + 1} of its scene, which the formula needs.`, { remedy: 'Use other bands, or the scene itself.' })
  }
  const compute = compileFormula(tree)
  const place = new Map(wanted.map((band, index) => [band, index]))
  return {
    ...onSubject(material), bandNames: [describeFormula(tree, header)], valuesPerPixel: own.length,
    compute: async (window, ended) => {
      const values = await readPhysical(reader, window, own, ended)
      let start = 0
      const valueOf = (band: number): number => values[start + (place.get(band) as number)] as number
      return Float32Array.from({ length: window.rows * window.cols }, (_, pixel) => {
        start = pixel * own.length
        const value = compute(valueOf)
        return Number.isFinite(value) ? value : NaN
      })
    },
  }
}

/**
 * The first three principal components over the good bands, in standard deviations, fitted to a regular sample of pixels in
 * which all of them are valid, empty bands apart; fewer where the spectra vary in fewer directions. Names tell their share of the variance.
 */
export async function componentMap(material: Material, signal: AbortSignal): Promise<ComputedMap> {
  const good = goodBandsOf(material, 2).own
  const { reader } = subjectOf(material)
  const { own, sample } = withoutEmptyBands(await regularSample(material, good, signal), good)
  const principal = fitPrincipalComponents(sample, own.length, { count: 3 })
  const shares = Array.from(principal.deviations, (deviation) => (100 * deviation ** 2) / principal.totalVariance)
  // of equal pixels, rounding leaves a little
  const size = principal.mean.reduce((sum, value) => sum + value * value, 0)
  if (!(principal.totalVariance > 1e-12 * size)) throw new StudioError('unsupported', 'No pixel has values in all good bands, or all pixels are equal.', { remedy: 'Mark the bands that are empty as bad.' })
  return {
    ...onSubject(material), bandNames: shares.map((share, index) => `PC ${index + 1} (${share.toFixed(share >= 9.95 ? 1 : 2)} %)`), valuesPerPixel: own.length,
    compute: async ({ row, col, rows, cols }, ended) => {
      const data = await readPhysical(reader, { row, col, rows, cols }, own, ended)
      return projectComponents({ rows, cols, bands: own.length, data }, principal).data
    },
  }
}

/** `sample` [pixels, bands] without the bands that have no value in it. */
function withoutEmptyBands(sample: Float32Array, bands: readonly number[]): { own: number[]; sample: Float32Array } {
  const pixels = sample.length / bands.length
  const held = bands.map((_, index) => index).filter((index) => {
    for (let pixel = 0; pixel < pixels; pixel++) if (!Number.isNaN(sample[pixel * bands.length + index])) return true
    return false
  })
  const picked = new Float32Array(pixels * held.length)
  for (let pixel = 0; pixel < pixels; pixel++) held.forEach((index, to) => { picked[pixel * held.length + to] = sample[pixel * bands.length + index] as number })
  return { own: held.map((index) => bands[index] as number), sample: picked }
}

/** Spectra [pixels, bands] of up to 160 x 160 pixels on a regular grid, row by row. */
async function regularSample(material: Material, own: readonly number[], signal: AbortSignal): Promise<Float32Array> {
  const { reader } = subjectOf(material)
  const { rows, cols } = reader.header
  const [down, across] = [Math.ceil(rows / SAMPLE_SIDE), Math.ceil(cols / SAMPLE_SIDE)]
  const parts: Float32Array[] = []
  for (let row = Math.floor(down / 2); row < rows; row += down) {
    const line = await readPhysical(reader, { row, col: 0, rows: 1, cols }, own, signal)
    for (let col = Math.floor(across / 2); col < cols; col += across) parts.push(line.subarray(col * own.length, (col + 1) * own.length))
  }
  const sample = new Float32Array(parts.length * own.length)
  parts.forEach((spectrum, index) => { sample.set(spectrum, index * own.length) })
  return sample
}
