import { resultBands } from '../export/result-layer'
import { sceneEdition } from '../shared/map/scene-layer'
import type { MapPlace } from '../shared/map/map-layer'
import { spectrumAxis } from '../viewer/spectrum-axis'
import type { CubeSize } from './cube-box'
import type { CubeResult, SceneFacts } from './types'

/** A band in its place in the stack. */
export interface CubeSlice {
  /** Of the layer, 0-based. */
  band: number
  /** The same one in the scene that the layer comes from. */
  sceneBand: number
  nm: number | null
  bad: boolean
}

/** What a cube is made of: a scene, or a result with the ground that it covers of its scene. */
export interface CubeSource {
  /** Name that the scene process knows. */
  layer: string
  edition: string
  rows: number
  cols: number
  /** In order of wavelength, the shortest on top: detectors may overlap. */
  slices: CubeSlice[]
  /** Scene pixels along a side of one pixel. */
  pixelSize: number
  /** Scene pixel of the upper left corner. */
  origin: MapPlace
}

export function sceneSource(sceneId: string, facts: SceneFacts): CubeSource {
  const { rows, cols } = facts
  return { layer: `scene:${sceneId}`, edition: sceneEdition(facts), rows, cols, slices: slicesOf(facts, Array.from({ length: facts.bands }, (_, band) => band)), pixelSize: 1, origin: { row: 0, col: 0 } }
}

/** null when the result's size is not known. */
export function resultSource({ id, rows, cols, plan }: CubeResult, facts: SceneFacts): CubeSource | null {
  if (rows === null || cols === null) return null
  const { window } = plan
  return {
    layer: `result:${id}`, edition: '', rows, cols, slices: slicesOf(facts, resultBands(plan.bands, facts)),
    pixelSize: (window?.rows ?? facts.rows) / rows, origin: { row: window?.row ?? 0, col: window?.col ?? 0 },
  }
}

function slicesOf(facts: SceneFacts, held: readonly number[]): CubeSlice[] {
  return spectrumAxis(facts, held).order.map((band) => {
    const sceneBand = held[band] as number
    return { band, sceneBand, nm: facts.wavelengthNm?.[sceneBand] ?? null, bad: facts.badBands[sceneBand] === true }
  })
}

export function sizeOf({ rows, cols, slices }: CubeSource): CubeSize {
  return { rows, cols, slices: slices.length }
}

/** The scene's place, with fractions, of a place on the source's own grid. */
export function scenePlace({ pixelSize, origin }: CubeSource, { row, col }: MapPlace): MapPlace {
  return { row: origin.row + row * pixelSize, col: origin.col + col * pixelSize }
}

/** The pixel of the source in the middle of a pixel of the scene; null outside. */
export function sourcePixel({ rows, cols, pixelSize, origin }: CubeSource, { row, col }: MapPlace): MapPlace | null {
  const at = { row: Math.floor((row + 0.5 - origin.row) / pixelSize), col: Math.floor((col + 0.5 - origin.col) / pixelSize) }
  return at.row >= 0 && at.col >= 0 && at.row < rows && at.col < cols ? at : null
}

/** Bands of the layer that show `sceneBands`, or the nearest that it holds. */
export function heldBands({ slices }: CubeSource, sceneBands: readonly number[]): number[] {
  return sceneBands.map((wanted) => slices.reduce((best, slice) => (Math.abs(slice.sceneBand - wanted) < Math.abs(best.sceneBand - wanted) ? slice : best)).band)
}
