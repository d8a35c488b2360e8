import type { ComparedLayer } from './compared-layer'
import type { LayerDisplay } from './linked-store'
import type { ViewSlot } from './use-view-slot'

/** A view with all that its map and its spectra need. */
export interface ShownView {
  id: number
  /** Among the views. */
  index: number
  layer: ComparedLayer
  display: LayerDisplay
  slot: ViewSlot
}

/** Of a view's spectrum and of the mark at its name. */
export const VIEW_COLOURS = ['--accent', '#e0457b', '#8a63f0', '#6f9e2a'] as const
/** Lines of kept places, by view: their colour tells the place. */
export const VIEW_DASHES: (number[] | undefined)[] = [undefined, [7, 3], [2, 3], [9, 3, 2, 3]]
