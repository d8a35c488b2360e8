import type { PixelWindow } from '../cube/pixel-window'
import { SCENE_COMPONENTS } from '../dataset/scene-components'
import { activationBytes } from '../model/studio/activation-bytes'
import { defaultStudioShape } from '../model/studio/shape'
import { tileHalo } from '../model/studio/tile-halo'
import { CASCADE } from './cascade'

/** What a training holds of a scene. */
export interface TrainedGround {
  rows: number
  cols: number
  /** Usable ones. */
  bands: number
  block: PixelWindow
}

export interface TrainingSize {
  scale: 2 | 3 | 4 | 8
  preset: 'studio' | 'paper'
  /** Side of the crops in low-resolution pixels. */
  crop: number
  scenes: readonly TrainedGround[]
}

/*
 * Measured as peak resident memory of job processes on two cores: studio 2x 667 MB (86 x 123 x 135), 703 (192 x 160 x 224)
 * and 942 (430 x 615 x 135), 4x 627 (crops of 12), 8x 652; paper 2x 1415 (crops of 38), 1293 (34) and 3670 (72),
 * 4x 1244 (14) and 2460 (36), 8x 1147 (8) and 1955 (18).
 */

/** Node, TensorFlow, the network and its optimiser, the statistics of a scene. */
const FIXED_BYTES = { studio: 600e6, paper: 655e6 }

/** Of a training step of eight crops, a low-resolution pixel of one of them. */
const STUDIO_STEP_BYTES = 8 * 13e3

/** Activations that fit into what a step has needed before. */
const REUSED_BYTES = 120e6

/** Of a training step of four crops: what it takes anyway, and for each high-resolution pixel of one of them. The more of the work is done on coarser pixels, the less. */
const PAPER_STEP: Record<TrainingSize['scale'], { bytes: number; pixelBytes: number }> = {
  2: { bytes: 0, pixelBytes: 143e3 },
  // refused before it comes to memory
  3: { bytes: 0, pixelBytes: 143e3 },
  4: { bytes: 345e6, pixelBytes: 70e3 },
  8: { bytes: 345e6, pixelBytes: 24e3 },
}

/** Low-resolution pixels around the block that its pictures reach. */
const CONTEXT = 16

/** Resident memory of the process of a training at its peak, as measured on the CPU; a little more rather than less. */
export function trainingBytes(size: TrainingSize): number {
  return size.preset === 'paper' ? paperBytes(size) : studioBytes(size)
}

function studioBytes({ scale, crop, scenes }: TrainingSize): number {
  const { passes, scale: step } = CASCADE[scale]
  const shape = defaultStudioShape(step)
  const halo = tileHalo({ shape, passes })
  let bytes = FIXED_BYTES.studio + STUDIO_STEP_BYTES * crop ** 2
  let transient = 0
  for (const scene of scenes) {
    const { rows, cols, block } = scene
    // components, and of them truth, base and degraded picture of both variants to learn from; two held-out blocks
    bytes += rows * cols * SCENE_COMPONENTS * 4 * 5.75 + 4 * contextBytes(scene, scale)
    const component = activationBytes(shape, (block.rows / scale + 2 * halo) * (block.cols / scale + 2 * halo))
    transient = Math.max(transient, rows * cols * SCENE_COMPONENTS * 4 * 3.5, component - REUSED_BYTES)
  }
  return bytes + transient
}

function paperBytes({ scale, crop, scenes }: TrainingSize): number {
  const { bytes: anyway, pixelBytes } = PAPER_STEP[scale]
  return scenes.reduce(
    // all values in full and reduced, and what the file gave
    (bytes, scene) => bytes + scene.rows * scene.cols * scene.bands * 8 + 4 * contextBytes(scene, scale),
    FIXED_BYTES.paper + anyway + pixelBytes * (crop * scale) ** 2,
  )
}

/** Of one picture of the block with its surroundings in all bands. */
function contextBytes({ rows, cols, bands, block }: TrainedGround, scale: number): number {
  const margin = 2 * CONTEXT * scale
  return Math.min(rows, block.rows + margin) * Math.min(cols, block.cols + margin) * bands * 4
}
