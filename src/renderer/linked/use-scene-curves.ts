import { computed, type ComputedRef } from 'vue'
import type { Pin } from '../viewer/display-store'
import type { SpectrumAxis } from '../viewer/spectrum-axis'
import { text } from '../text'
import type { Region } from './region'
import { alongScene } from './scene-spectrum'
import { VIEW_COLOURS, VIEW_DASHES, type ShownView } from './shown-view'
import type { SceneCurve } from './spectrum-curves'
import { placeKey, regionKey, usePlaceSpectra, useRegionSpectra } from './use-place-spectra'

/** Pixels with data in it, of the first view that has bands, and how much of the scene's pixels they are. */
export interface RegionSize {
  pixels: number
  scenePixels: number
}

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
export function useSceneCurves(of: () => CurvesWanted): { curves: ComputedRef<SceneCurve[]>; regionSizes: ComputedRef<ReadonlyMap<number, RegionSize>> } {
  const spectral = computed(() => {
    const { shown } = of()
    return shown.filter(({ layer }, index) => layer.sceneBands !== null && shown.findIndex((other) => other.layer.name === layer.name) === index)
  })
  const layers = computed(() => spectral.value.map(({ layer }) => layer))
  const atPlaces = usePlaceSpectra(() => ({ layers: layers.value, places: of().pins.map(({ row, col }) => ({ row, col })) }))
  const overRegions = useRegionSpectra(() => ({ layers: layers.value, shapes: of().regions.map(({ shape }) => shape) }))

  const words = text.linked
  const several = computed(() => layers.value.length > 1)
  const curves = computed<SceneCurve[]>(() => {
    const { axis, hasCursor, pins, regions } = of()
    const along = (view: ShownView, stored: ArrayLike<number>, meaning: 'value' | 'difference' | 'spread'): Float64Array => alongScene(stored, view.layer.sceneBands ?? [], axis, meaning)
    const values = (view: ShownView, stored: ArrayLike<number>): Float64Array => along(view, stored, view.layer.kind === 'difference' ? 'difference' : 'value')
    const style = (view: ShownView): { dash?: number[] } => { const dash = VIEW_DASHES[view.index]; return dash === undefined || !several.value ? {} : { dash } }
    const named = (name: string, view: ShownView): string => words.pinOf(name, several.value ? view.layer.label : null)
    return [
      ...regions.flatMap((region) => spectral.value.flatMap((view): SceneCurve[] => {
        const found = overRegions.value.get(regionKey(view.layer, region.shape))
        if (found === undefined || found.pixels === 0) return []
        const of = { name: region.name, layer: view.layer.label, pixels: found.pixels }
        return [{ label: named(region.name, view), color: region.color, width: 2, values: values(view, found.mean), spread: along(view, found.deviation, 'spread'), region: of, ...style(view) }]
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
  const regionSizes = computed(() => new Map(of().regions.flatMap((region) => {
    const [first] = layers.value
    const found = first === undefined ? undefined : overRegions.value.get(regionKey(first, region.shape))
    return found === undefined || first === undefined ? [] : [[region.id, { pixels: found.pixels, scenePixels: found.pixels * first.pixelSize ** 2 }] as const]
  })))
  return { curves, regionSizes }
}
