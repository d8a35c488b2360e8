import { shallowRef, watch, type ShallowRef } from 'vue'
import type { MapPlace } from '../shared/map/map-layer'
import { pixels } from '../shared/pixels/pixel-client'
import { useFailure } from '../shared/show-failure'

/** The name under which a place's spectrum is found. */
export function placeKey({ row, col }: MapPlace): string {
  return `${row} ${col}`
}

/** Stored values of all bands at kept places, by `placeKey`, as they come; asked for anew when the layer has another edition. */
export function usePinnedSpectra(of: () => { layer: string; edition: string; places: MapPlace[] }): ShallowRef<ReadonlyMap<string, Float32Array>> {
  const spectra = shallowRef<ReadonlyMap<string, Float32Array>>(new Map())
  const { show } = useFailure()
  let layerOfThem = ''

  async function fetchMissing(): Promise<void> {
    const { layer, edition, places } = of()
    const wanted = `${layer} ${edition}`
    if (wanted !== layerOfThem) spectra.value = new Map()
    layerOfThem = wanted
    for (const place of places) {
      if (spectra.value.has(placeKey(place))) continue
      const { values } = await pixels.ask('spectrum', { layer, ...place })
      if (layerOfThem !== wanted) return
      spectra.value = new Map(spectra.value).set(placeKey(place), values)
    }
  }
  watch(() => { const { layer, edition, places } = of(); return [layer, edition, ...places.map(placeKey)].join('\n') }, () => { fetchMissing().catch(show) }, { immediate: true })
  return spectra
}
