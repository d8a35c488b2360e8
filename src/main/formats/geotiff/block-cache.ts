import type { SampleArray } from '../../cube/sample-type'

/**
 * Decoded blocks by number, the least recently used dropped first when `budgetBytes` is exceeded. The newest block stays
 * even when it alone is over the budget: a file of one strip would otherwise be decoded again for every window.
 */
export class BlockCache {
  private readonly blocks = new Map<number, SampleArray>()
  private usedBytes = 0

  constructor(private readonly budgetBytes: number) {}

  get(block: number): SampleArray | undefined {
    const samples = this.blocks.get(block)
    if (samples !== undefined) {
      this.blocks.delete(block)
      this.blocks.set(block, samples)
    }
    return samples
  }

  set(block: number, samples: SampleArray): void {
    this.delete(block)
    this.blocks.set(block, samples)
    this.usedBytes += samples.byteLength
    for (const oldest of this.blocks.keys()) {
      if (this.usedBytes <= this.budgetBytes || this.blocks.size === 1) return
      this.delete(oldest)
    }
  }

  clear(): void {
    this.blocks.clear()
    this.usedBytes = 0
  }

  private delete(block: number): void {
    this.usedBytes -= this.blocks.get(block)?.byteLength ?? 0
    this.blocks.delete(block)
  }
}
