import { readWindow, type CubeReader } from '../../cube/cube-reader'
import type { Image } from '../../cube/image'
import type { PixelWindow } from '../../cube/pixel-window'
import { fillNearby } from '../../dataset/fill-nearby'
import { sampleUsableBands } from '../../dataset/scene-components'
import { componentBase } from '../../dataset/training-image'
import { scoreBlock, type BlockScore } from '../../training/block-score'
import { BLOCK_MEANS, kernelOf, seen, taken, type Sensor } from './sensor'

/** A piece of a scene that serves as truth: its usable bands [rows, cols, bands], degraded and back-projected. */
export interface Truth {
  /** 0-based, of the scene. */
  bands: number[]
  fine: Image
  lowRes: Image
  base: Image
  peak: number
  baseScore: BlockScore
}

/** Reads a window of a scene, cut to multiples of `scale`, and what a coarser sensor makes of it; gaps are filled from around. */
export async function readTruth(reader: CubeReader, { row, col, rows, cols }: PixelWindow, scale: number, sensor: Sensor = BLOCK_MEANS): Promise<Truth> {
  const window = { row, col, rows: Math.floor(rows / scale) * scale, cols: Math.floor(cols / scale) * scale }
  const { bands } = await sampleUsableBands(reader, window)
  const { filled } = fillNearby({ rows: window.rows, cols: window.cols, bands: bands.length, data: await readWindow(reader, window, bands) }, 0)
  const fine = seen(filled, sensor)
  const lowRes = taken(fine, scale, sensor)
  const base = componentBase(lowRes, scale, kernelOf(sensor, scale))
  let [smallest, largest] = [Infinity, -Infinity]
  for (const value of fine.data) {
    smallest = Math.min(smallest, value)
    largest = Math.max(largest, value)
  }
  const peak = largest > smallest ? largest - smallest : 1
  return { bands, fine, lowRes, base, peak, baseScore: scoreBlock(fine, base, peak) }
}

/** `base` with a detail of the same shape added. */
export function withDetail(base: Image, detail: Image): Image {
  return { ...base, data: base.data.map((value, i) => value + (detail.data[i] as number)) }
}
