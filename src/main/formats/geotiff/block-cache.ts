import type { SampleArray } from '../../cube/sample-type'

/** Of all files that this process has open: a view of a few bands at any scale fits several times. */
const SHARED_BYTES = 256 << 20

interface KeptBlock {
  owner: BlockCache
  block: number
  samples: SampleArray
}

/**
 * Memory for decoded blocks: when it is used up, the blocks go that were used longest ago, whosever they are. The newest
 * block stays even when it alone is over the budget: a file of one strip would otherwise be decoded again for every window.
 */
export class BlockBudget {
  private readonly kept = new Set<KeptBlock>()
  private usedBytes = 0

  constructor(private readonly bytes: number) {}

  /** Makes `entry` the one used last; it may be new. */
  use(entry: KeptBlock): void {
    if (!this.kept.delete(entry)) this.usedBytes += entry.samples.byteLength
    this.kept.add(entry)
    for (const oldest of this.kept) {
      if (this.usedBytes <= this.bytes || this.kept.size === 1) return
      this.release(oldest)
      oldest.owner.forget(oldest.block)
    }
  }

  release(entry: KeptBlock): void {
    if (this.kept.delete(entry)) this.usedBytes -= entry.samples.byteLength
  }
}

const shared = new BlockBudget(SHARED_BYTES)

/** Decoded blocks of one image by number, as long as the budget, which all images of the process share, has room for them. */
export class BlockCache {
  private readonly blocks = new Map<number, KeptBlock>()

  constructor(private readonly budget = shared) {}

  get(block: number): SampleArray | undefined {
    const kept = this.blocks.get(block)
    if (kept !== undefined) this.budget.use(kept)
    return kept?.samples
  }

  set(block: number, samples: SampleArray): void {
    const earlier = this.blocks.get(block)
    if (earlier !== undefined) this.budget.release(earlier)
    const kept = { owner: this, block, samples }
    this.blocks.set(block, kept)
    this.budget.use(kept)
  }

  /** For the budget: a block has gone. */
  forget(block: number): void {
    this.blocks.delete(block)
  }

  clear(): void {
    for (const kept of this.blocks.values()) this.budget.release(kept)
    this.blocks.clear()
  }
}
