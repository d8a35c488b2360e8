import { computed, type ComputedRef, type ShallowRef } from 'vue'
import type { BandStatistics } from '../../preload/pixel-contract'
import { colourTable, type ColourMapName } from '../shared/colour/colour-map'
import type { PictureState } from '../shared/map/layer-picture'
import type { MapLayer } from '../shared/map/map-layer'
import { symmetricLimits, type Limits } from '../shared/map/stretch'
import { useLayerStretch } from '../shared/map/use-layer-stretch'
import { layerBands, type ComparedLayer } from './compared-layer'
import type { LayerDisplay } from './linked-store'

export interface PictureWanted {
  layer: ComparedLayer
  /** Whose statistics the limits come from: the layer itself, or the scene that others are compared with. */
  reference: ComparedLayer
  display: LayerDisplay
}

const tables = new Map<ColourMapName, Uint8Array>()
function rampOf(name: ColourMapName): Uint8Array {
  const table = tables.get(name) ?? colourTable(name)
  tables.set(name, table)
  return table
}

/** A layer as a view shows it. New bands come once their limits are known; `limits` and `statistics` are of the bands shown now. */
export function useLinkedPicture(of: () => PictureWanted): {
  layers: ComputedRef<MapLayer[]>
  limits: ComputedRef<Limits[] | null>
  statistics: ComputedRef<BandStatistics[] | null>
  state: ShallowRef<PictureState>
  retry: () => void
} {
  const asked = computed(() => {
    const { reference, display } = of()
    return { layer: reference.name, rows: reference.rows, cols: reference.cols, bands: layerBands(reference, display.bands), edition: reference.edition }
  })
  const { shown: found, statistics, state, retry } = useLayerStretch(() => asked.value, () => of().display)
  /** Of a difference, zero is in the middle. */
  const shown = computed(() => {
    if (found.value === null || of().layer.kind !== 'difference') return found.value
    const { stretch } = found.value
    return { ...found.value, stretch: { ...stretch, limits: stretch.limits.map(symmetricLimits) } }
  })
  /** null while what is known is of another layer. */
  const current = computed(() => (shown.value?.edition === of().reference.edition ? shown.value : null))
  const layers = computed<MapLayer[]>(() => {
    if (current.value === null) return []
    const { layer, reference, display } = of()
    const { name, rows, cols, pixelSize, origin, edition } = layer
    const bands = layer.name === reference.name ? current.value.bands : layerBands(layer, current.value.bands)
    const { stretch } = current.value
    return [{ name, rows, cols, pixelSize, origin, edition, bands, stretch: bands.length === 1 && display.ramp !== 'grey' ? { ...stretch, ramp: rampOf(display.ramp) } : stretch }]
  })
  const isCurrent = computed(() => current.value?.bands.join() === asked.value.bands.join())
  return {
    layers, state, retry,
    limits: computed(() => (isCurrent.value ? (current.value?.stretch.limits ?? null) : null)),
    statistics: computed(() => (isCurrent.value ? statistics.value : null)),
  }
}
