import type { Image } from '../../cube/image'
import { wholeWindow, type PixelWindow } from '../../cube/pixel-window'
import { allowedSymmetries, sceneBandShift } from '../../dataset/band-shift'
import { mirroredWindow } from '../../dataset/mirror'
import { openCube } from '../../formats/registry'
import { sharpenTile, type PaperModel } from '../../model/paper/predict'
import { addTile, tileGrid, tilesOver } from '../../model/paper/tile-grid'
import { scoreBlock, type BlockScore } from '../../training/block-score'
import { valueScaleOf } from '../../training/paper-material'
import { PaperSampler } from '../../training/paper-sampler'
import { ablatedShapes, SCALE } from './attention-design'
import { DesignRun } from './design-run'
import { readTruth, withDetail, type Truth } from './truth'

/** Side of crops and tiles in low-resolution pixels: attention spans all of it. */
const SIDE = 16

/** What a design came to on the test ground. */
export interface DesignScore {
  design: string
  parameters: number
  /** Back-projected bicubic, what every design adds to. */
  base: BlockScore
  /** After as many steps as the slowest design made. */
  atEqualSteps: BlockScore & { steps: number }
  /** When the time was up. */
  atEqualTime: BlockScore & { steps: number }
}

export interface DesignTrial {
  scene: string
  variable: string | null
  train: PixelWindow
  test: PixelWindow
  /** Time of the processor for each design, in seconds of all cores together. */
  seconds: number
  seed: number
}

/**
 * Trains the published network at half its width and its designs without this or that, all with as many parameters, on
 * the same ground from the same seed: they take turns, step by step, until each has used its time. Each adds to
 * back-projected bicubic, for without that none comes near it in such a time.
 */
export async function compareDesigns({ scene, variable, train, test, seconds, seed }: DesignTrial): Promise<DesignScore[]> {
  const reader = await openCube(scene, variable === null ? {} : { variable })
  try {
    const ground = await readTruth(reader, train, SCALE)
    const tested = await readTruth(reader, test, SCALE)
    const { bands, fine, base, lowRes } = ground
    const shift = await sceneBandShift(reader, train, bands)
    const detail: Image = { ...fine, data: fine.data.map((value, i) => value - (base.data[i] as number)) }
    const valueScale = valueScaleOf([fine])
    const trainable = new Uint8Array(lowRes.rows * lowRes.cols).fill(1)
    const sampler = new PaperSampler([{ lowRes, highRes: detail, trainable, symmetries: allowedSymmetries(shift) }], SIDE, SCALE, valueScale)
    const runs = ablatedShapes().map((shape) => new DesignRun(shape, sampler, seconds, seed))
    const slowest = new Map<DesignRun, BlockScore & { steps: number }>()
    for (let turn = 0; runs.some(({ ended }) => !ended); turn++) {
      for (const run of runs.filter(({ ended }) => !ended)) run.step()
      // the first that has used its time is the slowest: all have made as many steps until then
      if (slowest.size === 0 && runs.some(({ ended }) => ended)) for (const run of runs) slowest.set(run, await scoreOf(run, tested, valueScale))
    }
    const scores: DesignScore[] = []
    for (const run of runs) {
      scores.push({
        design: run.shape.design.name, parameters: run.layout.size, base: tested.baseScore,
        atEqualSteps: slowest.get(run) as BlockScore & { steps: number }, atEqualTime: await scoreOf(run, tested, valueScale),
      })
      run.dispose()
    }
    return scores
  } finally {
    await reader.close()
  }
}

async function scoreOf(run: DesignRun, truth: Truth, valueScale: number): Promise<BlockScore & { steps: number }> {
  const model = run.model(valueScale)
  try {
    return { ...scoreBlock(truth.fine, withDetail(truth.base, await detailOf(model, truth)), truth.peak), steps: run.steps }
  } finally {
    model.dispose()
  }
}

async function detailOf(model: PaperModel, { lowRes, fine }: Truth): Promise<Image> {
  const grid = tileGrid(lowRes.rows, lowRes.cols, SIDE, SCALE)
  const sum = new Float32Array(fine.data.length)
  const whole = wholeWindow(fine)
  for (const place of tilesOver(grid, whole)) {
    const { row, col, rows, cols } = place.window
    addTile(grid, place, await sharpenTile(model, mirroredWindow(lowRes, row, col, rows, cols)), whole, sum)
  }
  return { ...fine, data: sum }
}
