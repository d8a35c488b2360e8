import type { CubeHeader } from '../cube/cube-header'
import type { CubeWriter, WriteOptions, WrittenFile } from '../cube/cube-writer'
import type { PixelWindow } from '../cube/pixel-window'
import { quantise } from '../cube/quantise'
import { errorHeader } from './error-header'
import type { UpscaledTile } from './studio-tile'
import type { UpscaleRequest } from './upscale-request'

/**
 * The writers of an upscaling: the result and, where it is asked for, its expected errors, block by block in step. After an
 * interruption one file may be a block ahead of the other; what a file has already is not written again.
 */
export class TileWriters {
  clamped = 0

  private constructor(private readonly result: CubeWriter, private readonly errors: CubeWriter | null) {}

  static async open({ openWriter, openErrorWriter }: Pick<UpscaleRequest, 'openWriter' | 'openErrorWriter'>, header: CubeHeader, options: WriteOptions): Promise<TileWriters> {
    const result = await openWriter(header, options)
    if (openErrorWriter === null) return new TileWriters(result, null)
    try {
      return new TileWriters(result, await openErrorWriter(errorHeader(header), errorOptions(options)))
    } catch (error) {
      await result.close(true)
      throw error
    }
  }

  get blockCount(): number {
    return this.result.blockCount
  }

  /** Blocks that all files hold already. */
  get blocksDone(): number {
    return Math.min(this.result.blocksDone, this.errors?.blocksDone ?? Infinity)
  }

  get dropped(): CubeWriter['dropped'] {
    return this.result.dropped
  }

  blockWindow(index: number): PixelWindow {
    return this.result.blockWindow(index)
  }

  async write(index: number, { image, error }: UpscaledTile): Promise<void> {
    if (this.errors !== null && error !== null && index >= this.errors.blocksDone) {
      await this.errors.writeBlock(index, quantise(error.data, 'float32', this.errors.header.nodata).samples)
    }
    // a format without the scene's type stores a wider one
    const { samples, clamped } = quantise(image.data, this.result.header.sampleType, this.result.header.nodata)
    this.clamped += clamped
    if (index >= this.result.blocksDone) await this.result.writeBlock(index, samples)
  }

  /** The errors first: where the result stands under its name, all is there. */
  async finish(): Promise<WrittenFile & { errorFile?: string }> {
    const errors = await this.errors?.finish()
    const written = await this.result.finish()
    const [errorFile] = errors?.files ?? []
    if (errors === undefined || errorFile === undefined) return written
    return { files: [...written.files, errorFile], sizeBytes: written.sizeBytes + errors.sizeBytes, errorFile }
  }

  async close(keepPartial: boolean): Promise<void> {
    await this.result.close(keepPartial)
    await this.errors?.close(keepPartial)
  }
}

function errorOptions(options: WriteOptions): WriteOptions {
  return { ...options, interleave: 'bsq', compression: options.compression === 'none' ? 'deflate' : options.compression }
}
