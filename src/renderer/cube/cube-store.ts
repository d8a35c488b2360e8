import { defineStore } from 'pinia'
import { reactive } from 'vue'
import type { ColourMapName } from '../shared/colour/colour-map'
import type { LimitsMode } from './slice-styles'
import { DEFAULT_OPACITY, type OpacityPoint } from './transfer-function'

/** What labels along the ground say. */
export type GroundUnit = 'pixels' | 'coordinates'

/** How cubes are shown: what the user chose for one holds for the next, while the program runs. */
export interface CubeChoice {
  mode: 'faces' | 'volume'
  colourMap: ColourMapName
  limits: LimitsMode
  /** The picture in colour on top of an uncut stack. */
  topInColour: boolean
  /** Height of the stack; the longer side of the ground is 1. */
  stretch: number
  ground: GroundUnit
  /** What of a volume is seen: the greatest value along each ray, or values by their opacity. */
  rendering: 'maximum' | 'transfer'
  opacity: OpacityPoint[]
}

export const useCubeStore = defineStore('cube', () => {
  const choice = reactive<CubeChoice>({ mode: 'faces', colourMap: 'viridis', limits: 'cube', topInColour: true, stretch: 0.6, ground: 'pixels', rendering: 'transfer', opacity: [...DEFAULT_OPACITY] })
  return { choice }
})
