import { describe, expect, it } from 'vitest'
import { planStrips, writeByStrips } from '../../src/main/formats/block-strips'
import type { CubeWriter } from '../../src/main/cube/cube-writer'
import type { PixelWindow } from '../../src/main/cube/pixel-window'
import type { SampleArray } from '../../src/main/cube/sample-type'

/** Keeps the blocks that it is given. */
function memoryWriter(rows: number, cols: number, side: number, blocksDone = 0): CubeWriter & { blocks: Map<number, number[]> } {
  const across = Math.ceil(cols / side)
  const blocks = new Map<number, number[]>()
  return {
    blocks,
    header: { rows, cols, bands: 1, sampleType: 'uint16' } as CubeWriter['header'],
    blockRows: side,
    blockCols: side,
    blocksDone,
    blockCount: across * Math.ceil(rows / side),
    dropped: [],
    blockWindow: (index) => {
      const row = Math.floor(index / across) * side
      const col = (index % across) * side
      return { row, col, rows: Math.min(side, rows - row), cols: Math.min(side, cols - col) }
    },
    writeBlock: (index, samples) => { blocks.set(index, Array.from(samples)); return Promise.resolve() },
    finish: () => Promise.resolve({ files: [], sizeBytes: 0 }),
    close: () => Promise.resolve(),
  }
}

const fill = (cols: number) => ({ row, col, rows, cols: width }: PixelWindow): Promise<SampleArray> => Promise.resolve(
  Uint16Array.from({ length: rows * width }, (_, i) => (row + Math.floor(i / width)) * cols + col + (i % width)),
)

describe('strips of blocks', () => {
  it.each([1, 600, 2000, 1e9])('hold at most %d bytes, or one block, and cover every block once', (stripBytes) => {
    const writer = memoryWriter(40, 50, 16)
    const strips = planStrips(writer, 0, 2, stripBytes)
    expect(strips.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    for (const { window, count } of strips) expect(count === 1 || window.rows * window.cols * 2 <= stripBytes).toBe(true)
    if (stripBytes === 1e9) expect(strips.map(({ window }) => [window.row, window.cols])).toEqual([[0, 50], [16, 50], [32, 50]])
  })

  it.each([0, 5])('fill a writer that holds %i blocks already', async (done) => {
    const writer = memoryWriter(40, 50, 16, done)
    const seen: number[] = []
    await writeByStrips(writer, 2, fill(50), { signal: new AbortController().signal, progress: (count) => seen.push(count) })
    expect([...writer.blocks.keys()]).toEqual(Array.from({ length: 12 - done }, (_, i) => done + i))
    for (const [index, block] of writer.blocks) expect(block).toEqual(Array.from(await fill(50)(writer.blockWindow(index))))
    expect(seen).toEqual(Array.from({ length: 13 - done }, (_, i) => done + i))
  })
})
