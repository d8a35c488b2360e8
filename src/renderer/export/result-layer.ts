import type { ResultView, SceneView } from '../../preload/contract'
import type { MapLayer, MapPlace } from '../shared/map/map-layer'
import type { Limits } from '../shared/map/stretch'
import type { UpscalePlan } from './types'

type SceneFacts = NonNullable<SceneView['facts']>

/** Bands of the scene that a result holds, in its order. */
export function resultBands(chosen: UpscalePlan['bands'], { bands, badBands }: Pick<SceneFacts, 'bands' | 'badBands'>): number[] {
  if (Array.isArray(chosen)) return chosen
  return Array.from({ length: bands }, (_, band) => band).filter((band) => chosen === 'all' || badBands[band] !== true)
}

/**
 * A finished result as a layer over the scene that it was made of, with the same bands and stretch as `shown`: bands that
 * it does not hold are replaced by the nearest that it does. null when its size is not known.
 */
export function resultLayer(result: Pick<ResultView, 'id' | 'rows' | 'cols' | 'plan'>, facts: SceneFacts, shown: readonly number[], limits: Limits[], gamma: number): MapLayer | null {
  if (result.rows === null || result.cols === null) return null
  const { window } = result.plan
  const held = resultBands(result.plan.bands, facts)
  const nearest = (band: number): number => held.reduce((best, candidate, index) => (Math.abs(candidate - band) < Math.abs((held[best] as number) - band) ? index : best), 0)
  return {
    name: `result:${result.id}`, rows: result.rows, cols: result.cols,
    pixelSize: (window?.rows ?? facts.rows) / result.rows,
    origin: { row: window?.row ?? 0, col: window?.col ?? 0 },
    bands: shown.map(nearest),
    stretch: { limits, gamma },
  }
}

/** The pixel of a layer in the middle of a base pixel; null outside. */
export function pixelOfLayer({ rows, cols, pixelSize, origin }: MapLayer, { row, col }: MapPlace): MapPlace | null {
  const at = { row: Math.floor((row + 0.5 - origin.row) / pixelSize), col: Math.floor((col + 0.5 - origin.col) / pixelSize) }
  return at.row >= 0 && at.col >= 0 && at.row < rows && at.col < cols ? at : null
}
