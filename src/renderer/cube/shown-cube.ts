import type { ColourMapName } from '../shared/colour/colour-map'
import type { Limits } from '../shared/map/stretch'
import type { CameraPreset, SharedCamera } from './camera-place'
import type { DrawnCube } from './cube-picture'
import type { CubeKind, CubeSource } from './cube-source'
import type { CubeStyle } from './plane-picture'

/** One of the cubes on a page. */
export interface ShownCube {
  kind: CubeKind
  /** What it is called where there are others. */
  title: string
  source: CubeSource
  style: CubeStyle
  /** Bands of the layer for the picture on top; null = none. */
  rgb: readonly number[] | null
  colourMap: ColourMapName
  /** Ends of the colour map; null = each band has its own. */
  limits: Limits | null
}

/** What the window of a cube offers. */
export interface StageExports {
  look: (preset: CameraPreset) => void
  /** What is seen by a camera, `wanted` times as large as it is; for saving. Throws while there is no cube. */
  draw: (from: SharedCamera, wanted: number) => DrawnCube
}
