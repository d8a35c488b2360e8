import type { CubeHeader, Notice } from '../../cube/cube-header'
import type { PixelWindow } from '../../cube/pixel-window'
import { SAMPLE_TYPES, type SampleArray } from '../../cube/sample-type'
import { readBlockLayout, readPackedLayout } from './block-layout'
import { BlockReader } from './block-reader'
import type { TiffDirectory } from './tiff-directory'
import type { TiffSource } from './tiff-source'
import { TAG } from './tiff-tags'

/** Writes the nodata value over the pixels that a file's own mask (one bit or one byte a pixel, 0 = invalid) calls invalid. */
export class ValidityMask {
  private constructor(private readonly blocks: BlockReader, private readonly pixelsPerByte: 1 | 8, private readonly fill: number) {}

  /**
   * null, with a notice, when the scene has no value that could stand for an invalid pixel: integers without declared
   * nodata. Errors: as for images.
   */
  static async open(
    source: TiffSource, directory: TiffDirectory, header: Pick<CubeHeader, 'byteOrder' | 'sampleType' | 'nodata'>, notices: Notice[],
  ): Promise<ValidityMask | null> {
    const declared = header.nodata[0] ?? null
    if (declared === null && SAMPLE_TYPES[header.sampleType].integer) {
      notices.push({ code: 'mask-ignored', message: 'The file holds a validity mask but no nodata value that could stand for invalid pixels; the mask is not applied.' })
      return null
    }
    const packed = (await directory.integer(TAG.bitsPerSample, 1)) === 1
    const layout = await (packed ? readPackedLayout : readBlockLayout)(source, directory, header.byteOrder)
    if (layout.bands !== 1 || layout.sampleType !== 'uint8') {
      notices.push({ code: 'mask-ignored', message: 'The file holds a validity mask of an unusual type; it is not applied.' })
      return null
    }
    notices.push({ code: 'mask-applied', message: 'Pixels that the validity mask of the file calls invalid are read as nodata.' })
    return new ValidityMask(new BlockReader(source, layout, 0), packed ? 8 : 1, declared ?? NaN)
  }

  /** Changes `samples` [rows, cols, bands] of `window` in place. */
  async apply(samples: SampleArray, window: PixelWindow, bands: number, signal: AbortSignal | undefined): Promise<void> {
    const { pixelsPerByte } = this
    const firstByte = Math.floor(window.col / pixelsPerByte)
    const byteCols = Math.floor((window.col + window.cols - 1) / pixelsPerByte) - firstByte + 1
    const mask = await this.blocks.read({ ...window, col: firstByte, cols: byteCols }, [0], signal)
    for (let row = 0; row < window.rows; row++) {
      for (let col = 0; col < window.cols; col++) {
        const pixel = window.col + col
        const byte = mask[row * byteCols + Math.floor(pixel / pixelsPerByte) - firstByte] as number
        const valid = pixelsPerByte === 1 ? byte !== 0 : (byte & (0x80 >> pixel % 8)) !== 0
        if (valid) continue
        const at = (row * window.cols + col) * bands
        samples.fill(this.fill, at, at + bands)
      }
    }
  }

  forget(): void {
    this.blocks.forget()
  }
}
