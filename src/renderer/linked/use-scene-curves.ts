import { computed, type ComputedRef } from 'vue'
import type { Pin } from '../viewer/display-store'
import type { SpectrumAxis } from '../viewer/spectrum-axis'
import { text } from '../text'
import type { Region } from './linked-store'
import { alongScene } from './scene-spectrum'
import { VIEW_COLOURS, VIEW_DASHES, type ShownView } from './shown-view'
import type { SceneCurve } from './spectrum-curves'
import { placeKey, regionKey, usePlaceSpectra, useRegionSpectra } from './use-place-spectra'

interface CurvesWanted {
  axis: SpectrumAxis
  shown: ShownView[]
  hasCursor: boolean
  pins: Pin[]
  regions: Region[]
}

/**
 * The spectra of all views that have bands: regions and kept places in their own colours with a line style a view, then those
 * under the cursor in the colours of the views. A layer that two views show is drawn once.
 */
export function useSceneCurves(of: () => CurvesWanted): { curves: ComputedRef<SceneCurve[]>; regionPixels: ComputedRef<ReadonlyMap<number, number>> } {
  const spectral = computed(() => {
    const { shown } = of()
    return shown.filter(({ layer }, index) => layer.sceneBands !== null && shown.findIndex((other) => other.layer.name === layer.name) === index)
  })
  const layers = computed(() => spectral.value.map(({ layer }) => layer))
  const atPlaces = usePlaceSpectra(() => ({ layers: layers.value, places: of().pins.map(({ row, col }) => ({ row, col })) }))
  const overRegions = useRegionSpectra(() => ({ layers: layers.value, windows: of().regions.map(({ window }) => window) }))

  const words = text.linked
  const several = computed(() => layers.value.length > 1)
  const curves = computed<SceneCurve[]>(() => {
    const { axis, hasCursor, pins, regions } = of()
    const values = (view: ShownView, stored: ArrayLike<number>, spread = false): Float64Array => alongScene(stored, view.layer.sceneBands ?? [], axis, spread)
    const style = (view: ShownView): { dash?: number[] } => { const dash = VIEW_DASHES[view.index]; return dash === undefined || !several.value ? {} : { dash } }
    const named = (name: string, view: ShownView): string => words.pinOf(name, several.value ? view.layer.label : null)
    return [
      ...regions.flatMap((region, number) => spectral.value.flatMap((view): SceneCurve[] => {
        const found = overRegions.value.get(regionKey(view.layer, region.window))
        return found === undefined ? [] : [{ label: named(words.region(number + 1), view), color: region.color, width: 2, values: values(view, found.mean), spread: values(view, found.deviation, true), ...style(view) }]
      })),
      ...pins.flatMap((pin) => spectral.value.flatMap((view): SceneCurve[] => {
        const stored = atPlaces.value.get(placeKey(view.layer, pin))
        return stored === undefined ? [] : [{ label: named(words.place(pin.row, pin.col), view), color: pin.color, width: 1.5, values: values(view, stored), ...style(view) }]
      })),
      ...(hasCursor ? spectral.value : []).flatMap((view): SceneCurve[] => {
        const stored = view.slot.spectrum.value
        // for a moment the spectrum may still be of the layer before
        return stored === null || stored.length !== view.layer.sceneBands?.length ? [] : [{ label: view.layer.label, color: VIEW_COLOURS[view.index] ?? '--accent', width: 2, values: values(view, stored) }]
      }),
    ]
  })
  const regionPixels = computed(() => new Map(of().regions.flatMap((region) => {
    const [first] = layers.value
    const found = first === undefined ? undefined : overRegions.value.get(regionKey(first, region.window))
    return found === undefined ? [] : [[region.id, found.pixels] as const]
  })))
  return { curves, regionPixels }
}
