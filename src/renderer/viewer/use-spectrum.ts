import { shallowRef, watch, type ShallowRef } from 'vue'
import type { MapPlace } from '../shared/map/map-layer'
import { pixels } from '../shared/pixels/pixel-client'
import { useFailure } from '../shared/show-failure'

/** The stored values of all bands at a place of a layer; the last known ones while the next are fetched, null at no place. */
export function useSpectrum(at: () => { layer: string; place: MapPlace } | null): ShallowRef<Float32Array | null> {
  const values = shallowRef<Float32Array | null>(null)
  const { show } = useFailure()
  let busy = false
  let again = false
  /** A layer that can't be read is told of once, not at each pixel. */
  let failing: string | null = null

  /** One question at a time: a moving pointer must not heap them up. */
  async function fetchNext(): Promise<void> {
    if (busy) {
      again = true
      return
    }
    busy = true
    do {
      again = false
      const asked = at()
      if (asked === null) {
        values.value = null
        break
      }
      try {
        values.value = (await pixels.ask('spectrum', { layer: asked.layer, row: asked.place.row, col: asked.place.col })).values
        failing = null
      } catch (error) {
        values.value = null
        if (failing !== asked.layer) show(error)
        failing = asked.layer
      }
    } while (again as boolean)
    busy = false
  }
  watch(() => { const asked = at(); return asked === null ? '' : `${asked.layer} ${asked.place.row} ${asked.place.col}` }, () => { void fetchNext() }, { immediate: true })
  return values
}
