import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { MapPlace, MapView } from '../shared/map/map-layer'
import { distinct } from '../shared/map/scene-layer'
import { DEFAULT_STRETCH, type StretchChoice } from '../shared/map/use-layer-stretch'
import { text } from '../text'
import { freeColour } from './pin-colours'
import type { SceneFacts } from './types'

/** How a scene is shown: three bands as red, green, blue, or one as grey, and how their values become colours. */
export interface SceneDisplay extends StretchChoice {
  bands: number[]
}

/** A place whose spectrum is kept. */
export interface Pin extends MapPlace {
  color: string
}

export type PanelTab = keyof typeof text.viewer.tabs

/** What the user chose on the pages of scenes, kept while the program runs. */
export const useDisplayStore = defineStore('display', () => {
  const displays = ref<Record<string, SceneDisplay>>({})
  const views = ref<Record<string, MapView | null>>({})
  const pins = ref<Record<string, Pin[]>>({})
  /** Of all scenes: whoever compares facts of two scenes wants facts of both. */
  const tab = ref<PanelTab>('display')

  /** The scene's own choice; its natural colours while there is none, or when it speaks of bands that another file lacks. */
  function displayOf(sceneId: string, { rgb, bands }: Pick<SceneFacts, 'rgb' | 'bands'>): SceneDisplay {
    const chosen = displays.value[sceneId]
    return chosen?.bands.every((band) => band < bands) === true ? chosen : { bands: distinct(rgb), ...DEFAULT_STRETCH }
  }
  function show(sceneId: string, display: SceneDisplay): void {
    displays.value[sceneId] = display
  }
  function pinsOf(sceneId: string): Pin[] {
    return pins.value[sceneId] ?? []
  }
  /** A place that is kept already is not kept twice. */
  function pin(sceneId: string, { row, col }: MapPlace): void {
    const all = pinsOf(sceneId)
    if (all.some((one) => one.row === row && one.col === col)) return
    pins.value[sceneId] = [...all, { row, col, color: freeColour(all.map(({ color }) => color)) }]
  }
  function unpin(sceneId: string, { row, col }: MapPlace): void {
    pins.value[sceneId] = pinsOf(sceneId).filter((one) => one.row !== row || one.col !== col)
  }
  function unpinAll(sceneId: string): void {
    pins.value[sceneId] = []
  }
  return { displays, views, tab, displayOf, show, pinsOf, pin, unpin, unpinAll }
})
