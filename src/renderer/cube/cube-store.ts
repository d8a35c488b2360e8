import { defineStore } from 'pinia'
import { reactive } from 'vue'
import type { ColourMapName } from '../shared/colour/colour-map'
import type { Limits } from '../shared/map/stretch'
import type { LimitsChoice } from './slice-styles'
import { DEFAULT_DIFFERENCE_OPACITY, DEFAULT_OPACITY, type OpacityPoint } from './transfer-function'

/** What labels along the ground say. */
export type GroundUnit = 'pixels' | 'coordinates'

/** How cubes are shown: what the user chose for one holds for the next, while the program runs. */
export interface CubeChoice {
  mode: 'faces' | 'volume'
  /** Of values; a difference has colours of its own. */
  colourMap: ColourMapName
  limits: LimitsChoice
  /** The picture in colour on top of an uncut stack. */
  topInColour: boolean
  /** Bands that are marked as bad have their place in the stack. */
  badBands: boolean
  /** Height of the stack; the longer side of the ground is 1. */
  stretch: number
  ground: GroundUnit
  /** What of a volume is seen: the greatest value along each ray, or values by their opacity. */
  rendering: 'maximum' | 'transfer'
  opacity: OpacityPoint[]
  differenceOpacity: OpacityPoint[]
}

export const useCubeStore = defineStore('cube', () => {
  const choice = reactive<CubeChoice>({
    mode: 'faces', colourMap: 'viridis', limits: { mode: 'cube', percent: 2 }, topInColour: true, badBands: true, stretch: 0.6, ground: 'pixels', rendering: 'transfer', opacity: [...DEFAULT_OPACITY], differenceOpacity: [...DEFAULT_DIFFERENCE_OPACITY],
  })
  const typed = reactive<Record<string, Limits>>({})
  const key = (sceneId: string, isSigned: boolean): string => `${sceneId}${isSigned ? ' difference' : ''}`
  /** Limits that were typed for the values of a scene, or for differences from it; null = none yet. */
  function ownLimits(sceneId: string, isSigned: boolean): Limits | null {
    return typed[key(sceneId, isSigned)] ?? null
  }
  function setOwnLimits(sceneId: string, isSigned: boolean, limits: Limits): void {
    typed[key(sceneId, isSigned)] = limits
  }
  return { choice, ownLimits, setOwnLimits }
})
