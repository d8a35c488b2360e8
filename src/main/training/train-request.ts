import type { CubeReader } from '../cube/cube-reader'
import type { PixelWindow } from '../cube/pixel-window'
import type { SceneRepairs } from '../cube/scene-repairs'
import type { Kernel } from '../dataset/degrade'
import type { Verdict } from '../model/checkpoint-manifest'

/** A scene to learn from: all of it, or a window. */
export interface TrainScene {
  /** The scene with its repairs. */
  reader: CubeReader
  window: PixelWindow | null
  /** Held-out block in pixels of the window; null = chosen by the program. */
  validation: PixelWindow | null
  /** Those that `reader` applies: a part of what a continued run must agree on. */
  repairs: SceneRepairs
}

/** What a training is asked to do, once its scenes are open. */
export interface TrainRequest {
  scenes: TrainScene[]
  scale: 2 | 3 | 4 | 8
  /** Model folder to write. */
  out: string
  /** Model folder to start from; null = the weights that the product ships, 'none' = random ones. */
  base: string | null
  /** Whichever ends first; with neither, five minutes. */
  minutes: number | null
  steps: number | null
  seed: number
  resume: boolean
  kernel: Kernel
  paperVariant: 'text' | 'notebook'
}

export interface TrainOutcome {
  /** The model folder. */
  model: string
  scale: number
  steps: number
  seconds: number
  ended: 'steps' | 'minutes' | 'early-stop' | 'stop-and-keep'
  verdict: Verdict | null
}
