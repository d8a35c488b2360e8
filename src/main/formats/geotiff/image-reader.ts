import type { CompressedBlock } from '../../cube/cube-reader'
import type { PixelWindow } from '../../cube/pixel-window'
import type { SampleArray } from '../../cube/sample-type'
import type { BlockLayout } from './block-layout'
import type { BlockReader } from './block-reader'
import { COMPRESSION } from './tiff-tags'
import type { ValidityMask } from './validity-mask'

/** Reads windows of one image of a file, its mask applied. */
export class ImageReader {
  constructor(private readonly blocks: BlockReader, private readonly validity: ValidityMask | null) {}

  /** [rows, cols, bands] of a window that lies inside the image. Errors as `BlockReader.read`. */
  async read(window: PixelWindow, bands: readonly number[], signal: AbortSignal | undefined): Promise<SampleArray> {
    const samples = await this.blocks.read(window, bands, signal)
    await this.validity?.apply(samples, window, bands.length, signal)
    return samples
  }

  /** Lets go of decoded blocks. */
  forget(): void {
    this.blocks.forget()
    this.validity?.forget()
  }
}

/** undefined where every value can be read by itself. */
export function compressedBlock({ compression, blockRows, blockCols, blockBands }: BlockLayout): CompressedBlock | undefined {
  return compression === COMPRESSION.none ? undefined : { rows: blockRows, cols: blockCols, bands: blockBands }
}
