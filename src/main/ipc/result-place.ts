import type { ResultPlace } from '../dataset/result-place'
import type { ResultRecord } from '../project/project-file'
import type { SceneFacts } from '../scenes/scene-facts'
import { bandsOf } from './upscale-spec'

/** The part and the bands (0-based) of its scene that a result shows. Throws 'invalid-argument' for bands that the scene has not. */
export function shownOf({ plan, name }: Pick<ResultRecord, 'plan' | 'name'>, facts: SceneFacts): Pick<ResultPlace, 'window' | 'bands'> {
  return {
    window: plan.window ?? { row: 0, col: 0, rows: facts.rows, cols: facts.cols },
    bands: bandsOf(plan, facts, name) ?? Array.from({ length: facts.bands }, (_, band) => band),
  }
}

/** How a finished result lies on its scene, as its size says; null when it does not fit: the scene or its list of bad bands is another now. */
export function resultPlace(result: Pick<ResultRecord, 'plan' | 'name' | 'rows' | 'cols' | 'bands'>, facts: SceneFacts): ResultPlace | null {
  const { plan, rows, cols } = result
  if (rows === null || cols === null || (Array.isArray(plan.bands) && plan.bands.some((band) => band >= facts.bands))) return null
  const { window, bands } = shownOf(result, facts)
  const scale = rows / window.rows
  const inside = window.row + window.rows <= facts.rows && window.col + window.cols <= facts.cols
  return inside && Number.isInteger(scale) && cols === window.cols * scale && bands.length === result.bands ? { window, bands, scale } : null
}
