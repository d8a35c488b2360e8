import type { CubeReader } from '../cube/cube-reader'
import type { PixelWindow } from '../cube/pixel-window'
import type { Kernel } from '../dataset/degrade'
import type { ResultPlace } from '../dataset/result-place'

/** A result beside the scene that it was made of. */
export interface ComparedResult extends ResultPlace {
  reader: CubeReader
  /** How it is brought back to the scene's pixels. */
  kernel: Kernel
}

/** What an analysis works on: the scene, and the result whose pixels are meant (null = those of the scene). */
export interface Material {
  scene: CubeReader
  result: ComparedResult | null
}

/** Numbers that can be computed of every pixel, part by part. */
export interface ComputedMap {
  rows: number
  cols: number
  /** What each band holds. */
  bandNames: string[]
  /** Scene pixels of the upper left corner, and how many of them one pixel of the map covers along an axis. */
  origin: { row: number; col: number }
  pixelSize: number
  /** Values that are held at a time for each pixel: what a part may be large is chosen by it. */
  valuesPerPixel: number
  /** Float32 [rows, cols, bands] of a window of the map, NaN = no data. */
  compute(window: PixelWindow, signal: AbortSignal): Promise<Float32Array>
}
