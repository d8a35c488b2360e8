import { createHash } from 'node:crypto'
import { writeSync } from 'node:fs'
import { open, rm, stat, statfs, type FileHandle } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { StudioError, toStudioError } from '../../common/errors'
import type { CubeHeader } from '../../cube/cube-header'
import type { CubeWriter, DroppedField, WriteOptions, WrittenFile } from '../../cube/cube-writer'
import { fromPixelOrder, storedStrides, type Strides } from '../../cube/interleave'
import type { PixelWindow } from '../../cube/pixel-window'
import { bytesFromSamples } from '../../cube/sample-bytes'
import { SAMPLE_TYPES, type SampleArray } from '../../cube/sample-type'
import { BlockJournal } from './block-journal'
import { enviSampleType } from './data-types'
import { formatEnviHeader, type OutputHeader } from './output-fields'
import { putPairInPlace, type FilePair } from './put-pair-in-place'

/** Where an ENVI scene named `path` goes: the pixels, and the header beside them. `x.hdr` stands for the pair x.img, x.hdr. */
export function enviOutputPaths(path: string): FilePair {
  const extension = extname(path)
  const base = path.slice(0, path.length - extension.length)
  return { data: extension.toLowerCase() === '.hdr' ? `${base}.img` : path, header: `${base}.hdr` }
}

/**
 * A streaming writer of ENVI Standard files, little-endian, without compression. Blocks are squares of
 * `options.blockSize` pixels; each goes to its final place in `x.part`. With `options.resumable` a journal beside it lists
 * the blocks that are on disk, and a later call with the same header and options continues there.
 * Memory: two copies of a block. Errors: 'io' (disk full, read-only folder), 'invalid-argument' (the header's name is
 * taken by another file's header).
 */
export async function createEnviWriter(path: string, header: CubeHeader, options: WriteOptions): Promise<CubeWriter> {
  const paths = enviOutputPaths(path)
  const output = formatEnviHeader(header, options.interleave, options.history)
  const written: CubeHeader = {
    ...header, sampleType: enviSampleType(header.sampleType), interleave: options.interleave, byteOrder: 'little',
  }
  await assertNamesFree(paths)
  const partial = `${paths.data}.part`
  let handle: FileHandle | null = null
  try {
    const blockCount = Math.ceil(header.rows / options.blockSize) * Math.ceil(header.cols / options.blockSize)
    const journal = await BlockJournal.open(`${partial}.journal`, options.resumable ? fingerprint(written, options) : null, blockCount)
    const size = await stat(partial).then((found) => found.size, () => 0)
    const continued = journal.blocksDone > 0 && size >= endOfBlock(written, options.blockSize, journal.blocksDone - 1)
    if (!continued) await journal.restart()
    await assertSpace(partial, written)
    handle = await open(partial, continued ? 'r+' : 'w')
    return new EnviWriter(paths, written, output, options.blockSize, handle, journal)
  } catch (error) {
    await handle?.close()
    throw toStudioError(error, partial)
  }
}

/** Names what a partial file holds; the history tells how the pixels were made. */
function fingerprint(header: CubeHeader, options: WriteOptions): string {
  const { text } = formatEnviHeader(header, options.interleave, [])
  return createHash('sha256').update(JSON.stringify({ version: 2, blockSize: options.blockSize, history: options.history, identity: options.identity, text })).digest('hex')
}

async function assertNamesFree({ data, header }: FilePair): Promise<void> {
  const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false)
  const specific = `${data}.hdr`
  if (specific !== header && (await exists(specific))) {
    throw new StudioError('invalid-argument', `${specific} exists; programs would take it for the header of ${data}.`, {
      file: specific, remedy: 'Remove it or choose another name.',
    })
  }
  if ((await exists(header)) && !(await exists(data)) && !(await exists(`${data}.part`))) {
    throw new StudioError('invalid-argument', `${header} exists and belongs to another file; it would be replaced.`, {
      file: header, remedy: 'Remove it or choose another name.',
    })
  }
}

/** A full disk is better found before an hour of work than after it. */
async function assertSpace(partial: string, header: CubeHeader): Promise<void> {
  const needed = header.rows * header.cols * header.bands * SAMPLE_TYPES[header.sampleType].bytes
  const folder = await statfs(dirname(partial)).catch(() => null)
  if (folder === null) return
  const free = folder.bavail * folder.bsize + (await stat(partial).then((found) => (Number.isFinite(found.blocks) ? found.blocks * 512 : 0), () => 0))
  if (free >= needed) return
  throw new StudioError('io', `${partial}: the scene needs ${needed} bytes, but the disk has only ${free} left.`, {
    file: partial, remedy: 'Free some space or choose another disk.',
  })
}

/** Position behind the last sample of block `index`, behind which no earlier block reaches. */
function endOfBlock(header: CubeHeader, blockSize: number, index: number): number {
  const { rows, cols, bands, interleave, sampleType } = header
  const across = Math.ceil(cols / blockSize)
  const row = Math.min(rows, (Math.floor(index / across) + 1) * blockSize) - 1
  const col = Math.min(cols, ((index % across) + 1) * blockSize) - 1
  const strides = storedStrides(interleave, header)
  return (row * strides.row + col * strides.col + (bands - 1) * strides.band + 1) * SAMPLE_TYPES[sampleType].bytes
}

/** Writes made without a pause; then the event loop gets its turn. */
const WRITES_PER_TURN = 256

class EnviWriter implements CubeWriter {
  readonly blockCount: number
  readonly blocksDone: number
  readonly dropped: readonly DroppedField[]
  private readonly blocksAcross: number
  private readonly strides: Strides
  private nextBlock: number
  private state: 'open' | 'finished' | 'closed' = 'open'

  constructor(
    private readonly paths: FilePair,
    readonly header: CubeHeader,
    private readonly output: OutputHeader,
    private readonly blockSize: number,
    private readonly handle: FileHandle,
    private readonly journal: BlockJournal,
  ) {
    this.blocksAcross = Math.ceil(header.cols / blockSize)
    this.blockCount = this.blocksAcross * Math.ceil(header.rows / blockSize)
    this.strides = storedStrides(header.interleave, header)
    this.dropped = output.dropped
    this.blocksDone = journal.blocksDone
    this.nextBlock = this.blocksDone
  }

  get blockRows(): number {
    return this.blockSize
  }

  get blockCols(): number {
    return this.blockSize
  }

  blockWindow(index: number): PixelWindow {
    if (!Number.isInteger(index) || index < 0 || index >= this.blockCount) {
      throw new StudioError('invalid-argument', `There is no block ${index}; the file has ${this.blockCount}.`, { file: this.paths.data })
    }
    const row = Math.floor(index / this.blocksAcross) * this.blockSize
    const col = (index % this.blocksAcross) * this.blockSize
    return { row, col, rows: Math.min(this.blockSize, this.header.rows - row), cols: Math.min(this.blockSize, this.header.cols - col) }
  }

  async writeBlock(index: number, samples: SampleArray): Promise<void> {
    const window = this.blockWindow(index)
    const { bands, sampleType, interleave } = this.header
    if (this.state !== 'open' || index !== this.nextBlock || samples.length !== window.rows * window.cols * bands) {
      throw new StudioError('invalid-argument', `${this.paths.data}: block ${index} with ${samples.length} samples is not what comes next: block ${this.nextBlock}.`, {
        file: this.paths.data, remedy: 'Write the blocks in their order, each once and whole.',
      })
    }
    try {
      const stored = fromPixelOrder(samples, interleave, { rows: window.rows, cols: window.cols, bands })
      await this.writeRuns(window, bytesFromSamples(stored, sampleType, 'little'))
      this.nextBlock++
      await this.journal.record(this.nextBlock, () => this.handle.datasync())
    } catch (error) {
      throw toStudioError(error, `${this.paths.data}.part`)
    }
  }

  /** Stretches of the block that are contiguous in the file, in the order in which `bytes` holds them. */
  private async writeRuns(window: PixelWindow, bytes: Uint8Array): Promise<void> {
    const { bands, cols, interleave, sampleType } = this.header
    const size = SAMPLE_TYPES[sampleType].bytes
    const { row: rowStride, col: colStride, band: bandStride } = this.strides
    const origin = window.row * rowStride + window.col * colStride
    const wide = window.cols === cols
    const rows = Array.from({ length: window.rows }, (_, row) => row * rowStride)
    const planes = Array.from({ length: bands }, (_, band) => band * bandStride)
    const runs = interleave === 'bsq'
      ? planes.flatMap((plane) => (wide ? [plane] : rows.map((row) => plane + row)))
      : wide ? [0] : interleave === 'bil' ? rows.flatMap((row) => planes.map((plane) => row + plane)) : rows
    const runBytes = bytes.length / runs.length
    let done = 0
    for (const [index, run] of runs.entries()) {
      let position = (origin + run) * size
      const end = done + runBytes
      // Band-sequential blocks are tens of thousands of short writes: a trip to the thread pool for each would cost
      // ten times the write itself.
      while (done < end) {
        const written = writeSync(this.handle.fd, bytes, done, end - done, position)
        done += written
        position += written
      }
      if (index % WRITES_PER_TURN === WRITES_PER_TURN - 1) await new Promise((resolve) => setImmediate(resolve))
    }
  }

  async finish(): Promise<WrittenFile> {
    const { data, header } = this.paths
    if (this.state !== 'open' || this.nextBlock !== this.blockCount) {
      throw new StudioError('invalid-argument', `${data}: ${this.nextBlock} of ${this.blockCount} blocks were written; the file can't be completed.`, {
        file: data, remedy: 'Write every block first.',
      })
    }
    try {
      await this.handle.sync()
      await this.handle.close()
      await putPairInPlace(this.paths, `${data}.part`, this.output.text)
      this.state = 'finished'
      await this.journal.close(true)
      return { files: [data, header], sizeBytes: (await stat(data)).size + (await stat(header)).size }
    } catch (error) {
      throw toStudioError(error, data)
    }
  }

  async close(keepPartial = false): Promise<void> {
    if (this.state === 'closed') return
    const unfinished = this.state === 'open'
    this.state = 'closed'
    if (!unfinished) return
    if (keepPartial) await this.journal.flush(() => this.handle.datasync())
    await this.handle.close()
    await this.journal.close(!keepPartial)
    if (!keepPartial) await rm(`${this.paths.data}.part`, { force: true })
  }
}
