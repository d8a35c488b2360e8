import { computed, type ComputedRef, type ShallowRef } from 'vue'
import type { MapPlace } from '../shared/map/map-layer'
import { useSpectrum } from '../viewer/use-spectrum'
import { pixelOf, type ComparedLayer } from './compared-layer'
import type { LayerDisplay } from './linked-store'
import { useLinkedPicture } from './use-linked-picture'

export interface ViewSlot {
  /** null while there is no such view. */
  layer: ComputedRef<ComparedLayer | null>
  picture: ReturnType<typeof useLinkedPicture>
  /** Stored values of all bands of the layer under the cursor. */
  spectrum: ShallowRef<Float32Array | null>
}

/** One of the places for views: what it shows and what is under the cursor there. An empty place asks for what the scene has at hand. */
export function useViewSlot(of: () => { layer: ComparedLayer | null; whole: ComparedLayer; reference: ComparedLayer; display: LayerDisplay; cursor: MapPlace | null }): ViewSlot {
  const layer = computed(() => of().layer)
  const picture = useLinkedPicture(() => {
    const { layer: own, whole, reference, display } = of()
    return { layer: own ?? whole, reference, display }
  })
  const spectrum = useSpectrum(() => {
    const { layer: own, cursor } = of()
    const place = own === null || cursor === null ? null : pixelOf(own, cursor)
    return own === null || place === null ? null : { layer: own.name, place }
  })
  return { layer, picture, spectrum }
}
