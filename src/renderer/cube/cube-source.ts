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

/** What a cube is made of: a scene or a part of it, or what was made of it with the ground that it covers. */
export interface CubeSource {
  /** Name that the scene process knows. */
  layer: string
  edition: string
  rows: number
  cols: number
  /** In order of wavelength, the shortest on top: detectors may overlap. */
  slices: CubeSlice[]
  /** Band of the scene of each band of the layer, those too that are in no slice. */
  held: readonly number[]
  /** Pixel of the layer in the upper left corner; other than 0, 0 for a part of it. */
  corner: MapPlace
  /** Scene pixels along a side of one pixel. */
  pixelSize: number
  /** Scene pixel of the upper left corner. */
  origin: MapPlace
  /** Values go both ways from zero: those of a difference. */
  isSigned: boolean
}

/** What can be looked at where a scene has a result. */
export const CUBE_KINDS = ['source', 'bicubic', 'result', 'difference'] as const
export type CubeKind = (typeof CUBE_KINDS)[number]

export function sceneSource(sceneId: string, facts: SceneFacts): CubeSource {
  const { rows, cols } = facts
  const held = Array.from({ length: facts.bands }, (_, band) => band)
  return { layer: `scene:${sceneId}`, edition: sceneEdition(facts), rows, cols, slices: slicesOf(facts, held), held, corner: { row: 0, col: 0 }, pixelSize: 1, origin: { row: 0, col: 0 }, isSigned: false }
}

/** A result, or what stands beside it on its grid; null when the result's size is not known. */
export function resultSource(kind: Exclude<CubeKind, 'source'>, { id, rows, cols, plan }: CubeResult, facts: SceneFacts): CubeSource | null {
  if (rows === null || cols === null) return null
  const { window } = plan
  const held = resultBands(plan.bands, facts)
  return {
    // what is interpolated changes with the scene
    layer: `${kind}:${id}`, edition: kind === 'result' ? '' : sceneEdition(facts), rows, cols, slices: slicesOf(facts, held), held, corner: { row: 0, col: 0 },
    pixelSize: (window?.rows ?? facts.rows) / rows, origin: { row: window?.row ?? 0, col: window?.col ?? 0 }, isSigned: kind === 'difference',
  }
}

/** The part of a scene that a result shows, in its bands: what stands beside it pixel for pixel and band for band. */
export function partOfScene(scene: CubeSource, result: CubeSource): CubeSource {
  const shown = new Set(result.slices.map(({ sceneBand }) => sceneBand))
  return {
    ...scene, rows: Math.round(result.rows * result.pixelSize), cols: Math.round(result.cols * result.pixelSize),
    slices: scene.slices.filter(({ sceneBand }) => shown.has(sceneBand)), corner: result.origin, origin: result.origin,
  }
}

/** Without bands that are marked as bad, unless all are. */
export function goodBands(source: CubeSource): CubeSource {
  const slices = source.slices.filter(({ bad }) => !bad)
  return slices.length === 0 || slices.length === source.slices.length ? source : { ...source, slices }
}

function slicesOf(facts: SceneFacts, held: readonly number[]): CubeSlice[] {
  return spectrumAxis(facts, held).order.map((band) => {
    const sceneBand = held[band] as number
    return { band, sceneBand, nm: facts.wavelengthNm?.[sceneBand] ?? null, bad: facts.badBands[sceneBand] === true }
  })
}

/** Differs where other values may be shown. */
export function sourceKey({ layer, edition, rows, cols, slices, corner }: CubeSource): string {
  return [layer, edition, rows, cols, corner.row, corner.col, ...slices.map(({ band, bad }) => `${band}${bad ? '!' : ''}`)].join(' ')
}

export function sizeOf({ rows, cols, slices }: CubeSource): CubeSize {
  return { rows, cols, slices: slices.length }
}

/** The scene's place, with fractions, of a place on the source's own grid. */
export function scenePlace({ pixelSize, origin }: CubeSource, { row, col }: MapPlace): MapPlace {
  return { row: origin.row + row * pixelSize, col: origin.col + col * pixelSize }
}

/** The layer's pixel of a pixel of the source. */
export function layerPixel({ corner }: CubeSource, { row, col }: MapPlace): MapPlace {
  return { row: corner.row + row, col: corner.col + col }
}

/** The pixel of the source in the middle of a pixel of the scene; null outside. */
export function sourcePixel({ rows, cols, pixelSize, origin }: CubeSource, { row, col }: MapPlace): MapPlace | null {
  const at = { row: Math.floor((row + 0.5 - origin.row) / pixelSize), col: Math.floor((col + 0.5 - origin.col) / pixelSize) }
  return at.row >= 0 && at.col >= 0 && at.row < rows && at.col < cols ? at : null
}

/** Bands of the layer that show `sceneBands`, or the nearest that it holds. */
export function heldBands({ held }: CubeSource, sceneBands: readonly number[]): number[] {
  return sceneBands.map((wanted) => held.reduce((best, sceneBand, band) => (Math.abs(sceneBand - wanted) < Math.abs((held[best] as number) - wanted) ? band : best), 0))
}
