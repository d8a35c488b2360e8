import type { ReduceTask } from './encode-task'
import { OrderedTiles } from './ordered-tiles'
import { tileBytes } from './predictor'
import type { TileStore } from './tile-store'
import { tileCount, type Level, type WritePlan } from './write-plan'

/** Where the tiles of a level stand in the file: plane by plane, each in raster order. */
export interface StoredTiles {
  offsets: Float64Array
  byteCounts: Float64Array
}

/**
 * Stores level `index` as 2 x 2 means of level `index - 1`, whose tiles are read back from the file one place at a
 * time: memory does not grow with the scene. `nodata` has one entry a band.
 */
export async function writeOverview(
  plan: WritePlan,
  index: number,
  nodata: readonly (number | null)[],
  finer: StoredTiles,
  target: StoredTiles,
  store: TileStore,
): Promise<void> {
  const level = plan.levels[index] as Level
  const tiles = new OrderedTiles()
  for (let place = 0; place < tileCount(level); place++) {
    for (let plane = 0; plane < plan.planes; plane++) {
      const task: ReduceTask = {
        kind: 'reduce',
        quadrants: await readQuadrants(plan, index, place, plane, finer, store),
        coding: plan.coding,
        sampleType: plan.sampleType,
        nodata: plan.planes === 1 ? [...nodata] : [nodata[plane] ?? null],
      }
      await tiles.add(task, tileBytes(plan.coding) * 2, async (stored) => {
        const slot = plane * tileCount(level) + place
        target.offsets[slot] = store.position
        target.byteCounts[slot] = stored.length
        await store.append(stored)
      })
    }
  }
  await tiles.drain()
}

async function readQuadrants(
  plan: WritePlan,
  index: number,
  place: number,
  plane: number,
  finer: StoredTiles,
  store: TileStore,
): Promise<ReduceTask['quadrants']> {
  const level = plan.levels[index] as Level
  const source = plan.levels[index - 1] as Level
  const { rows, cols } = plan.coding
  const quadrants: ReduceTask['quadrants'] = []
  for (const [down, across] of [[0, 0], [0, 1], [1, 0], [1, 1]] as const) {
    const tileRow = Math.floor(place / level.tilesAcross) * 2 + down
    const tileCol = (place % level.tilesAcross) * 2 + across
    if (tileRow >= source.tilesDown || tileCol >= source.tilesAcross) continue
    const slot = plane * tileCount(source) + tileRow * source.tilesAcross + tileCol
    quadrants.push({
      stored: await store.read(finer.offsets[slot] as number, finer.byteCounts[slot] as number),
      validRows: Math.min(rows, source.rows - tileRow * rows),
      validCols: Math.min(cols, source.cols - tileCol * cols),
      rowOffset: (down * rows) / 2,
      colOffset: (across * cols) / 2,
    })
  }
  return quadrants
}
