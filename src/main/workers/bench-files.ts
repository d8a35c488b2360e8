import { readFile } from 'node:fs/promises'
import { allBands } from '../cube/cube-reader'
import type { CubeWriter, WriteOptions } from '../cube/cube-writer'
import type { PixelWindow } from '../cube/pixel-window'
import { allocateSamples, type SampleArray } from '../cube/sample-type'
import { createWriter } from '../formats/create-writer'
import { openCube } from '../formats/registry'
import { Stopwatch, type Cost } from './bench-stopwatch'
import { benchHeader, benchSamples, type BenchType } from './bench-scene'

/** Rows that are read at once, here and by the outside reference: those of a block. */
const STRIP_ROWS = 256

export interface SceneSize {
  rows: number
  cols: number
  bands: number
  type: BenchType
}

export type Storage = Pick<WriteOptions, 'interleave' | 'compression'>

async function writeBlocks(writer: CubeWriter, block: (window: PixelWindow) => SampleArray): Promise<void> {
  try {
    for (let index = 0; index < writer.blockCount; index++) await writer.writeBlock(index, block(writer.blockWindow(index)))
    await writer.finish()
  } finally {
    await writer.close()
  }
}

/** Writes a generated scene block by block, without holding it in memory. */
export async function writeBenchScene({ rows, cols, bands, type }: SceneSize, storage: Storage, out: string): Promise<void> {
  const writer = await createWriter(out, benchHeader(rows, cols, bands, type), { ...storage, overviews: 'none' })
  await writeBlocks(writer, (window) => benchSamples(window, bands, type))
}

/** Costs of writing a scene that is in memory as [rows, cols, bands], until it is on the disk under its name. */
export async function benchWrite(source: string, { rows, cols, bands, type }: SceneSize, storage: Storage, out: string): Promise<Cost> {
  const bytes = await readFile(source)
  const samples = type === 'int16'
    ? new Int16Array(bytes.buffer, bytes.byteOffset, rows * cols * bands)
    : new Float32Array(bytes.buffer, bytes.byteOffset, rows * cols * bands)
  const watch = new Stopwatch()
  await watch.run(async () => {
    const writer = await createWriter(out, benchHeader(rows, cols, bands, type), { ...storage, overviews: 'none' })
    await writeBlocks(writer, (window) => {
      const block = allocateSamples(type, window.rows * window.cols * bands)
      for (let row = 0; row < window.rows; row++) {
        const start = ((window.row + row) * cols + window.col) * bands
        block.set(samples.subarray(start, start + window.cols * bands), row * window.cols * bands)
      }
      return block
    })
  })
  return watch.cost
}

/** Costs of opening a scene and reading all of it in strips as [rows, cols, bands]; `sum` is that of all its samples. */
export async function benchRead(scene: string): Promise<Cost & { sum: number }> {
  const watch = new Stopwatch()
  const reader = await watch.run(() => openCube(scene))
  try {
    const { header } = reader
    let sum = 0
    for (let row = 0; row < header.rows; row += STRIP_ROWS) {
      const window = { row, col: 0, rows: Math.min(STRIP_ROWS, header.rows - row), cols: header.cols }
      const samples = await watch.run(() => reader.readSamples(window, allBands(header)))
      for (const sample of samples) sum += sample
    }
    return { ...watch.cost, sum }
  } finally {
    await reader.close()
  }
}
