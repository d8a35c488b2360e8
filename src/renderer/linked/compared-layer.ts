import type { LayerView, ResultView, SceneView } from '../../preload/contract'
import { resultBands, resultLayer } from '../export/result-layer'
import type { MapLayer, MapPlace } from '../shared/map/map-layer'
import { sceneEdition } from '../shared/map/scene-layer'
import { text } from '../text'

type SceneFacts = NonNullable<SceneView['facts']>

/** A raster over the ground of a scene that a view can show, without its bands and colours. */
export interface ComparedLayer extends Pick<MapLayer, 'name' | 'rows' | 'cols' | 'pixelSize' | 'origin'> {
  /** 'bicubic': the scene interpolated to a result's pixels; 'difference': what the result has more. */
  kind: 'scene' | 'result' | 'bicubic' | 'difference' | 'analysis'
  /** Of the scene, result (also of what is derived of it) or computed layer. */
  id: string
  label: string
  edition: string
  /** Bands of the scene that its bands are, in its order; null for numbers that were computed. */
  sceneBands: number[] | null
  /** Of computed layers. */
  bandNames: string[]
  /** Of its values. */
  unit: keyof typeof text.linked.units
}

/**
 * What can be compared on the ground of a scene: itself, the results that are there, what is derived of them, then what was
 * computed, each newest first.
 */
export function comparedLayers(scene: Pick<SceneView, 'id' | 'name'>, facts: SceneFacts, results: readonly ResultView[], computed: readonly LayerView[]): ComparedLayer[] {
  const { rows, cols, bands } = facts
  const written = results.filter((result) => result.sceneId === scene.id && result.state === 'done' && !result.missing && result.paths.length > 0)
  const there = computed.filter(({ sceneId, missing }) => sceneId === scene.id && !missing)
  return [
    {
      kind: 'scene', id: scene.id, name: `scene:${scene.id}`, label: scene.name, rows, cols, pixelSize: 1, origin: { row: 0, col: 0 },
      edition: sceneEdition(facts), sceneBands: Array.from({ length: bands }, (_, band) => band), bandNames: [], unit: 'stored',
    },
    ...(['result', 'bicubic', 'difference'] as const).flatMap((kind) => newestFirst(written).flatMap((result): ComparedLayer[] => {
      const layer = resultLayer(result, facts, [0], [], 1)
      if (layer === null || (kind !== 'result' && !result.derived)) return []
      const { rows: high, cols: wide, pixelSize, origin } = layer
      const edition = `${result.id} ${result.createdUtc}`
      return [{
        kind, id: result.id, name: `${kind}:${result.id}`, label: text.linked.labels[kind](result.name), rows: high, cols: wide, pixelSize, origin,
        // what is derived depends on the scene's pixels too
        edition: kind === 'result' ? edition : `${edition} ${sceneEdition(facts)}`, sceneBands: resultBands(result.plan.bands, facts), bandNames: [], unit: 'stored',
      }]
    })),
    ...newestFirst(there).map(({ id, name, rows: high, cols: wide, origin, pixelSize, bandNames, createdUtc, analysis }): ComparedLayer => ({
      kind: 'analysis', id, name: `analysis:${id}`, label: name, rows: high, cols: wide, pixelSize, origin, edition: `${id} ${createdUtc}`, sceneBands: null, bandNames, unit: UNITS[analysis.kind],
    })),
  ]
}

const UNITS: Record<LayerView['analysis']['kind'], ComparedLayer['unit']> = { 'spectral-angle': 'degrees', 'bicubic-angle': 'degrees', consistency: 'stored', 'expected-error': 'stored', components: 'deviations', formula: 'none' }

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
