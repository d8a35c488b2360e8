import { defineStore } from 'pinia'
import { ref } from 'vue'
import { DIVERGING_MAP, type ColourMapName } from '../shared/colour/colour-map'
import { DEFAULT_STRETCH } from '../shared/map/use-layer-stretch'
import type { SceneDisplay } from '../viewer/display-store'
import { freeColour } from '../viewer/pin-colours'
import { text } from '../text'
import type { ComparedLayer } from './compared-layer'
import type { Region, RegionShape } from './region'

export type Arrangement = 'grid' | 'swipe' | 'flicker'

/** How a view shows its layer: bands of the scene (of a computed layer its own), and colours for a single one. */
export interface LayerDisplay extends SceneDisplay {
  ramp: ColourMapName
}

export interface LinkedView {
  /** Tells views of one layer apart. */
  id: number
  /** Name of a `ComparedLayer`. */
  layer: string
  /** Its own choice; null = as usual for the layer. */
  display: LayerDisplay | null
}

export interface Comparison {
  views: LinkedView[]
  /** Index of the view that the display panel speaks of. */
  active: number
  arrangement: Arrangement
  /** Scene and results show the same bands with the same limits. */
  shared: boolean
  /** Colours of a single band that is shared. */
  ramp: ColourMapName
  /** The small map of the whole. */
  inset: boolean
  regions: Region[]
}

export const MOST_VIEWS = 4
const PLAIN = { arrangement: 'grid', shared: true, ramp: 'grey', inset: false } as const satisfies Partial<Comparison>

/** What the user compares on the ground of each scene, kept while the program runs. */
export const useLinkedStore = defineStore('linked', () => {
  const comparisons = ref<Record<string, Comparison>>({})
  let lastId = 0

  function viewOf(layer: string): LinkedView {
    return { id: ++lastId, layer, display: null }
  }
  /** The comparison of a scene: begun with the scene and its newest result, views of layers that are gone taken out. */
  function of(sceneId: string, layers: readonly ComparedLayer[]): Comparison {
    const held = comparisons.value[sceneId]
    const views = held?.views.filter(({ layer }) => layers.some(({ name }) => name === layer)) ?? []
    if (held !== undefined && views.length > 0) {
      return views.length === held.views.length ? held : { ...held, views, active: Math.min(held.active, views.length - 1) }
    }
    // the same views each time it is asked, until something is chosen
    const first = layers.slice(0, layers[1]?.kind === 'result' ? 2 : 1)
    return { views: first.map(({ name }, index) => ({ id: -1 - index, layer: name, display: null })), active: 0, ...PLAIN, regions: [], ...(held === undefined ? {} : { regions: held.regions }) }
  }
  function change(sceneId: string, before: Comparison, part: Partial<Comparison>): void {
    const next = { ...before, ...part }
    const fewer = next.views.length < 2 && next.arrangement !== 'grid'
    comparisons.value[sceneId] = { ...next, arrangement: fewer ? 'grid' : next.arrangement, active: Math.min(next.active, next.views.length - 1) }
  }
  /** Shows a layer: in a view more while there is room, else in the active one. */
  function show(sceneId: string, before: Comparison, layer: string): void {
    const at = before.views.findIndex((view) => view.layer === layer)
    if (at >= 0) change(sceneId, before, { active: at })
    else if (before.views.length < MOST_VIEWS) change(sceneId, before, { views: [...before.views, viewOf(layer)], active: before.views.length })
    else change(sceneId, before, { views: before.views.map((view, index) => (index === before.active ? viewOf(layer) : view)) })
  }
  /** A view more: of a layer that none shows yet, else of the first. */
  function addView(sceneId: string, before: Comparison, layers: readonly ComparedLayer[]): void {
    if (before.views.length >= MOST_VIEWS) return
    const unseen = layers.find(({ name }) => !before.views.some(({ layer }) => layer === name)) ?? layers[0]
    if (unseen !== undefined) change(sceneId, before, { views: [...before.views, viewOf(unseen.name)], active: before.views.length })
  }
  function closeView(sceneId: string, before: Comparison, index: number): void {
    if (before.views.length > 1) change(sceneId, before, { views: before.views.filter((_, at) => at !== index), active: before.active > index ? before.active - 1 : before.active })
  }
  function setView(sceneId: string, before: Comparison, index: number, part: Partial<Omit<LinkedView, 'id'>>): void {
    change(sceneId, before, { views: before.views.map((view, at) => (at === index ? { ...view, ...part } : view)), active: index })
  }
  function addRegion(sceneId: string, before: Comparison, shape: RegionShape, otherColours: readonly string[]): void {
    const color = freeColour([...otherColours, ...before.regions.map((region) => region.color)])
    const names = before.regions.map(({ name }) => name)
    const number = [...names.keys(), names.length].find((index) => !names.includes(text.linked.region(index + 1))) ?? names.length
    change(sceneId, before, { regions: [...before.regions, { id: ++lastId, color, name: text.linked.region(number + 1), shape }] })
  }
  function setRegion(sceneId: string, before: Comparison, id: number, part: Partial<Omit<Region, 'id'>>): void {
    change(sceneId, before, { regions: before.regions.map((region) => (region.id === id ? { ...region, ...part } : region)) })
  }
  /** Begins anew with these layers, e.g. from the page of a result. */
  function begin(sceneId: string, layers: readonly string[]): void {
    comparisons.value[sceneId] = { views: layers.map(viewOf), active: 0, ...PLAIN, regions: comparisons.value[sceneId]?.regions ?? [] }
  }
  return { comparisons, of, change, show, addView, closeView, setView, addRegion, setRegion, begin }
})

/**
 * How a layer is shown while the user has chosen nothing: a difference as the first of the scene's shown bands about zero,
 * computed numbers along a colour map, three components as colours.
 */
export function usualDisplay(layer: ComparedLayer, scene: SceneDisplay): LayerDisplay {
  if (layer.kind === 'difference') return { ...DEFAULT_STRETCH, bands: scene.bands.slice(0, 1), ramp: DIVERGING_MAP }
  if (layer.sceneBands !== null) return { ...scene, ramp: 'grey' }
  return { ...DEFAULT_STRETCH, bands: layer.bandNames.length >= 3 ? [0, 1, 2] : [0], ramp: 'viridis' }
}
