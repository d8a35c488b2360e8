import type { LayerView, ResultView, SceneView } from '../../preload/contract'
import { resultBands, resultLayer } from '../export/result-layer'
import type { MapLayer, MapPlace } from '../shared/map/map-layer'
import type { PixelWindow } from '../shared/map/drag-window'
import { sceneEdition } from '../shared/map/scene-layer'

type SceneFacts = NonNullable<SceneView['facts']>

/** A raster over the ground of a scene that a view can show, without its bands and colours. */
export interface ComparedLayer extends Pick<MapLayer, 'name' | 'rows' | 'cols' | 'pixelSize' | 'origin'> {
  kind: 'scene' | 'result' | 'analysis'
  /** Of the scene, result or computed layer. */
  id: string
  label: string
  edition: string
  /** Bands of the scene that its bands are, in its order; null for numbers that were computed. */
  sceneBands: number[] | null
  /** Of computed layers. */
  bandNames: string[]
}

/** What can be compared on the ground of a scene: itself, the results that are there, then what was computed, each newest first. */
export function comparedLayers(scene: Pick<SceneView, 'id' | 'name'>, facts: SceneFacts, results: readonly ResultView[], computed: readonly LayerView[]): ComparedLayer[] {
  const { rows, cols, bands } = facts
  const written = results.filter((result) => result.sceneId === scene.id && result.state === 'done' && !result.missing && result.paths.length > 0)
  const there = computed.filter(({ sceneId, missing }) => sceneId === scene.id && !missing)
  return [
    {
      kind: 'scene', id: scene.id, name: `scene:${scene.id}`, label: scene.name, rows, cols, pixelSize: 1, origin: { row: 0, col: 0 },
      edition: sceneEdition(facts), sceneBands: Array.from({ length: bands }, (_, band) => band), bandNames: [],
    },
    ...newestFirst(written).flatMap((result): ComparedLayer[] => {
      const layer = resultLayer(result, facts, [0], [], 1)
      if (layer === null) return []
      const { name, rows: high, cols: wide, pixelSize, origin } = layer
      return [{
        kind: 'result', id: result.id, name, label: result.name, rows: high, cols: wide, pixelSize, origin,
        edition: `${result.id} ${result.createdUtc}`, sceneBands: resultBands(result.plan.bands, facts), bandNames: [],
      }]
    }),
    ...newestFirst(there).map(({ id, name, rows: high, cols: wide, origin, pixelSize, bandNames, createdUtc }): ComparedLayer => ({
      kind: 'analysis', id, name: `analysis:${id}`, label: name, rows: high, cols: wide, pixelSize, origin, edition: `${id} ${createdUtc}`, sceneBands: null, bandNames,
    })),
  ]
}

function newestFirst<T extends { createdUtc: string }>(records: readonly T[]): T[] {
  return [...records].sort((p, q) => q.createdUtc.localeCompare(p.createdUtc))
}

/** Bands of the layer that come closest to bands of the scene; of a computed layer those of the same number that it has. */
export function layerBands({ sceneBands, bandNames }: Pick<ComparedLayer, 'sceneBands' | 'bandNames'>, wanted: readonly number[]): number[] {
  if (sceneBands === null) return wanted.map((band) => Math.min(band, bandNames.length - 1))
  return wanted.map((band) => sceneBands.reduce((best, held, index) => (Math.abs(held - band) < Math.abs((sceneBands[best] as number) - band) ? index : best), 0))
}

/** The pixel of a layer in the middle of a pixel of the scene; null outside. */
export function pixelOf({ rows, cols, pixelSize, origin }: Pick<ComparedLayer, 'rows' | 'cols' | 'pixelSize' | 'origin'>, { row, col }: MapPlace): MapPlace | null {
  const at = { row: Math.floor((row + 0.5 - origin.row) / pixelSize), col: Math.floor((col + 0.5 - origin.col) / pixelSize) }
  return at.row >= 0 && at.col >= 0 && at.row < rows && at.col < cols ? at : null
}

/** The part of a layer that covers a window of the scene; null where they do not meet. */
export function windowOf({ rows, cols, pixelSize, origin }: Pick<ComparedLayer, 'rows' | 'cols' | 'pixelSize' | 'origin'>, window: PixelWindow): PixelWindow | null {
  const inside = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value / pixelSize)))
  const [top, bottom] = [inside(window.row - origin.row, rows), inside(window.row + window.rows - origin.row, rows)]
  const [left, right] = [inside(window.col - origin.col, cols), inside(window.col + window.cols - origin.col, cols)]
  return bottom > top && right > left ? { row: top, col: left, rows: bottom - top, cols: right - left } : null
}
