import type { Image } from '../../cube/image'
import { wholeWindow } from '../../cube/pixel-window'
import { openCube } from '../../formats/registry'
import { scoreBlock, type BlockScore } from '../../training/block-score'
import type { Sensor } from './sensor'
import { readTruth, type Truth } from './truth'

/** Larger scenes are judged by their upper left corner. */
const LARGEST_SIDE = 160

export interface TrialScene {
  name: string
  file: string
  variable: string | null
}

/** What a trial made of whole scenes that the weights have not seen; `base` = back-projection. */
export interface TrialScore {
  variation: string
  parameters: number
  /** Of a training; 0 without one. */
  steps: number
  scenes: { scene: string; base: BlockScore; score: BlockScore }[]
}

/** Scores what `sharpen` makes of scenes that `sensor` takes at `1 / scale` of their size. */
export async function scoreScenes(scenes: readonly TrialScene[], scale: number, sensor: Sensor, sharpen: (truth: Truth) => Image | Promise<Image>): Promise<TrialScore['scenes']> {
  const scores: TrialScore['scenes'] = []
  for (const { name, file, variable } of scenes) {
    const reader = await openCube(file, variable === null ? {} : { variable })
    try {
      const { rows, cols } = wholeWindow(reader.header)
      const truth = await readTruth(reader, { row: 0, col: 0, rows: Math.min(LARGEST_SIDE, rows), cols: Math.min(LARGEST_SIDE, cols) }, scale, sensor)
      scores.push({ scene: name, base: truth.baseScore, score: scoreBlock(truth.fine, await sharpen(truth), truth.peak) })
    } finally {
      await reader.close()
    }
  }
  return scores
}
