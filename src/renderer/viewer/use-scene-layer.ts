import { computed, type ComputedRef, type ShallowRef } from 'vue'
import type { BandStatistics } from '../../preload/pixel-contract'
import type { PictureState } from '../shared/map/layer-picture'
import type { MapLayer } from '../shared/map/map-layer'
import { sceneEdition } from '../shared/map/scene-layer'
import type { Limits } from '../shared/map/stretch'
import { useLayerStretch } from '../shared/map/use-layer-stretch'
import type { SceneDisplay } from './display-store'
import type { SceneFacts } from './types'

/**
 * A scene as its display says, as a layer of a map. New bands are shown once their limits are known, in one step. `limits`
 * and `statistics` are of the bands that are shown now; statistics null while they are counted.
 */
export function useSceneLayer(of: () => { name: string; facts: SceneFacts; display: SceneDisplay }): {
  layers: ComputedRef<MapLayer[]>
  limits: ComputedRef<Limits[] | null>
  statistics: ComputedRef<BandStatistics[] | null>
  state: ShallowRef<PictureState>
  retry: () => void
} {
  const { shown, statistics, state, retry } = useLayerStretch(() => {
    const { name, facts, display } = of()
    return { layer: name, rows: facts.rows, cols: facts.cols, bands: display.bands, edition: sceneEdition(facts) }
  }, () => of().display)
  const layers = computed<MapLayer[]>(() => {
    if (shown.value === null) return []
    const { name, facts } = of()
    const { bands, edition, stretch } = shown.value
    return [{ name, rows: facts.rows, cols: facts.cols, pixelSize: 1, origin: { row: 0, col: 0 }, bands, edition, stretch }]
  })
  const isCurrent = computed(() => shown.value !== null && shown.value.bands.join() === of().display.bands.join())
  return {
    layers, state, retry,
    limits: computed(() => (isCurrent.value ? (shown.value?.stretch.limits ?? null) : null)),
    statistics: computed(() => (isCurrent.value ? statistics.value : null)),
  }
}
