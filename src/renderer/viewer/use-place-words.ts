import { computed, type ComputedRef } from 'vue'
import { formatGeographic, geographicConverter } from '../shared/map/geographic-place'
import type { MapPlace } from '../shared/map/map-layer'
import { formatCoordinates } from './map-coordinates'
import type { SceneFacts } from './types'

/** The middle of a pixel of a scene in the scene's system and as latitude and longitude; null where it has none, or where these are the same. */
export function usePlaceWords(of: () => { facts: SceneFacts; place: MapPlace | null }): { coordinates: ComputedRef<string | null>; geographic: ComputedRef<string | null> } {
  const converter = computed(() => geographicConverter(of().facts))
  const coordinates = computed(() => {
    const { facts, place } = of()
    return place === null ? null : formatCoordinates(facts, place.row + 0.5, place.col + 0.5)
  })
  const geographic = computed(() => {
    const { place } = of()
    const at = place === null ? null : (converter.value?.(place.row + 0.5, place.col + 0.5) ?? null)
    return at === null ? null : formatGeographic(at)
  })
  return { coordinates, geographic }
}
