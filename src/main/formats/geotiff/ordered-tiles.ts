import { encodePool } from './encode-pool'
import type { TileTask } from './encode-task'

/** Raw bytes that may be on their way at once, beside the block that the caller holds. */
const MAX_PENDING_BYTES = 128 * 2 ** 20

/**
 * Tiles are coded by several threads at once but reach the file in the order in which they were asked for, so that equal
 * input makes equal bytes. The first failure stops everything and is thrown by all later calls.
 */
export class OrderedTiles {
  private tail: Promise<void> = Promise.resolve()
  private failure: { error: unknown } | null = null
  private pendingTiles = 0
  private pendingBytes = 0
  private wake: (() => void) | null = null

  /** Returns when there is room for more; `write` stores the coded tile. */
  async add(
    task: TileTask,
    rawBytes: number,
    write: (stored: Uint8Array) => Promise<void>,
  ): Promise<void> {
    const maxTiles = encodePool().size * 3
    while (this.pendingTiles > 0 && (this.pendingTiles >= maxTiles || this.pendingBytes + rawBytes > MAX_PENDING_BYTES)) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    this.throwFailure()
    this.pendingTiles++
    this.pendingBytes += rawBytes
    // an uncompressed tile needs no thread
    const coded = task.kind === 'encode' && task.coding.compression === 'none' ? Promise.resolve(task.raw) : encodePool().run(task)
    // the chain below takes up its rejection, perhaps later than Node likes
    coded.catch(() => undefined)
    this.chain(async () => write(await coded), () => {
      this.pendingTiles--
      this.pendingBytes -= rawBytes
      this.wake?.()
    })
  }

  /** Runs `step` after everything that was added so far. */
  after(step: () => Promise<void>): void {
    this.chain(step, () => undefined)
  }

  /** Resolves when all that was added is stored. */
  async drain(): Promise<void> {
    await this.tail
    this.throwFailure()
  }

  private chain(step: () => Promise<void>, settled: () => void): void {
    this.tail = this.tail
      .then(async () => {
        if (this.failure === null) await step()
      })
      .catch((error: unknown) => {
        this.failure = { error }
      })
      .then(settled)
  }

  private throwFailure(): void {
    if (this.failure !== null) throw this.failure.error
  }
}
