import { createHash } from 'node:crypto'
import { rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder } from '../../common/atomic-file'
import { StudioError, toStudioError } from '../../common/errors'
import type { CubeHeader } from '../../cube/cube-header'
import type { CubeWriter, DroppedField, WriteOptions, WrittenFile } from '../../cube/cube-writer'
import type { PixelWindow } from '../../cube/pixel-window'
import { allocateSamples, type SampleArray } from '../../cube/sample-type'
import { alignTo8, serialiseDirectories } from './ifd-layout'
import { OrderedTiles } from './ordered-tiles'
import { writeOverview, type StoredTiles } from './overview-writing'
import { tileBytes } from './predictor'
import { extractTiles, PLANES_AT_ONCE } from './tile-extraction'
import { TileStore } from './tile-store'
import { levelFields, planWriting, tileCount, type Level, type WritePlan } from './write-plan'

/**
 * A streaming writer of tiled GeoTIFF; see formats.md, "GeoTIFF out". Level 0 is stored as the blocks come, overviews
 * are made by `finish` out of the stored tiles, the directories follow at the end. Equal input makes equal bytes.
 * Writes to `path.part`; with `options.resumable` a later call with the same header and options continues there.
 * Memory: a few tiles beyond the caller's block. Errors: 'invalid-argument', 'unsupported', 'too-large' (see
 * `planWriting`), 'io', 'not-found' (folder), 'missing-runtime' (the program was not built).
 */
export async function createGeoTiffWriter(path: string, header: CubeHeader, options: WriteOptions): Promise<CubeWriter> {
  const plan = planWriting(header, options, path)
  try {
    const store = await TileStore.open(path, plan.bigTiff, options.resumable ? fingerprint(header, options) : null)
    return new GeoTiffWriter(path, { ...header, interleave: options.interleave, byteOrder: 'little' }, options, plan, store)
  } catch (error) {
    throw toStudioError(error, path)
  }
}

/** Names what a partial file holds. Another Deflate library may make other bytes, so it belongs to the name. */
function fingerprint(header: CubeHeader, options: WriteOptions): string {
  const text = JSON.stringify({ version: 1, zlib: process.versions.zlib, header, options }, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value)
  return `geotiff ${createHash('sha256').update(text).digest('hex')}`
}

class GeoTiffWriter implements CubeWriter {
  readonly blockRows: number
  readonly blockCols: number
  readonly blockCount: number
  readonly blocksDone: number
  readonly dropped: readonly DroppedField[]
  private readonly tiles = new OrderedTiles()
  private readonly scene: StoredTiles
  private nextBlock: number
  private state: 'open' | 'finished' | 'closed' = 'open'

  constructor(
    private readonly path: string,
    readonly header: CubeHeader,
    private readonly options: WriteOptions,
    private readonly plan: WritePlan,
    private readonly store: TileStore,
  ) {
    const level = plan.levels[0] as Level
    this.blockRows = plan.coding.rows
    this.blockCols = plan.coding.cols
    this.blockCount = tileCount(level)
    this.dropped = plan.dropped
    this.scene = emptyTiles(plan, level)
    this.blocksDone = store.resumed.length
    this.nextBlock = this.blocksDone
    store.resumed.forEach(({ end, byteCounts }, block) => {
      let position = end - byteCounts.reduce((sum, bytes) => sum + bytes, 0)
      byteCounts.forEach((bytes, plane) => {
        place(this.scene, plane * this.blockCount + block, position, bytes)
        position += bytes
      })
    })
  }

  blockWindow(index: number): PixelWindow {
    const { tilesAcross, rows, cols } = this.plan.levels[0] as Level
    const row = Math.floor(index / tilesAcross) * this.blockRows
    const col = (index % tilesAcross) * this.blockCols
    return { row, col, rows: Math.min(this.blockRows, rows - row), cols: Math.min(this.blockCols, cols - col) }
  }

  async writeBlock(index: number, samples: SampleArray): Promise<void> {
    const window = this.blockWindow(index)
    this.assertNext(index, samples, window)
    const { plan, store } = this
    const byteCounts: number[] = []
    try {
      for (let first = 0; first < plan.planes; first += PLANES_AT_ONCE) {
        const count = Math.min(PLANES_AT_ONCE, plan.planes - first)
        const tiles = extractTiles(samples, window, plan.bands, first, count, plan.coding, plan.sampleType)
        for (const [i, raw] of tiles.entries()) {
          await this.tiles.add({ kind: 'encode', raw, coding: plan.coding }, tileBytes(plan.coding), async (stored) => {
            place(this.scene, (first + i) * this.blockCount + index, store.position, stored.length)
            byteCounts.push(stored.length)
            await store.append(stored)
          })
        }
      }
      this.tiles.after(async () => store.commit(byteCounts))
      this.nextBlock = index + 1
    } catch (error) {
      throw await this.fail(error)
    }
  }

  async finish(): Promise<WrittenFile> {
    if (this.state !== 'open' || this.nextBlock !== this.blockCount) {
      throw new StudioError(
        'invalid-argument',
        `${this.path}: ${this.nextBlock} of ${this.blockCount} blocks were written, so the file can't be finished.`,
        { file: this.path },
      )
    }
    const { plan, store } = this
    try {
      await this.tiles.drain()
      const stored = [this.scene]
      for (let index = 1; index < plan.levels.length; index++) {
        const level = emptyTiles(plan, plan.levels[index] as Level)
        await writeOverview(plan, index, this.header.nodata, stored[index - 1] as StoredTiles, level, store)
        stored.push(level)
      }
      await store.append(Buffer.alloc(alignTo8(store.position) - store.position))
      const start = store.position
      const directories = stored.map(({ offsets, byteCounts }, index) => levelFields(plan, index, offsets, byteCounts))
      await store.append(serialiseDirectories(directories, start, plan.bigTiff))
      await store.complete(plan.bigTiff, start)
      await rename(store.partPath, this.path)
      await syncFolder(dirname(this.path))
      await store.removeJournal()
      this.state = 'finished'
      return { files: [this.path], sizeBytes: (await stat(this.path)).size }
    } catch (error) {
      throw await this.fail(error)
    }
  }

  async close(keepPartial = false): Promise<void> {
    if (this.state !== 'open') return
    this.state = 'closed'
    await this.tiles.drain().catch(() => undefined)
    await this.store.abandon(keepPartial)
  }

  /** Leaves no partial file behind unless it can be continued. */
  private async fail(error: unknown): Promise<StudioError> {
    await this.close(this.options.resumable).catch(() => undefined)
    return toStudioError(error, this.path)
  }

  private assertNext(index: number, samples: SampleArray, window: PixelWindow): void {
    const wanted = window.rows * window.cols * this.plan.bands
    const right = allocateSamples(this.plan.sampleType, 0)
    const problem = this.state !== 'open' ? 'it is already closed'
      : index !== this.nextBlock || index >= this.blockCount ? `block ${this.nextBlock} of ${this.blockCount} is next, not ${index}`
      : samples.constructor !== right.constructor || samples.length !== wanted
        ? `block ${index} takes ${wanted} samples in a ${right.constructor.name}, not ${samples.length} in a ${samples.constructor.name}`
        : null
    if (problem !== null) throw new StudioError('invalid-argument', `${this.path}: ${problem}.`, { file: this.path })
  }
}

function emptyTiles(plan: WritePlan, level: Level): StoredTiles {
  const count = plan.planes * tileCount(level)
  return { offsets: new Float64Array(count), byteCounts: new Float64Array(count) }
}

function place(tiles: StoredTiles, index: number, offset: number, bytes: number): void {
  tiles.offsets[index] = offset
  tiles.byteCounts[index] = bytes
}
