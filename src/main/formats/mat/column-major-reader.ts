import type { CubeHeader } from '../../cube/cube-header'
import type { CompressedBlock, CubeReader } from '../../cube/cube-reader'
import { assertWindowInside, type PixelWindow } from '../../cube/pixel-window'
import { allocateSamples, type SampleArray } from '../../cube/sample-type'
import { StudioError } from '../../common/errors'
import { throwIfAborted } from '../../common/job-context'

/** Distance in values between neighbours along each axis of the stored array. */
export interface Strides {
  row: number
  col: number
  band: number
}

/**
 * Serves windows of an array that is decoded whole, once, at the first read, and kept until `close`: a compressed MATLAB
 * variable is one stream, so that no window of it can be had for less.
 */
export class ColumnMajorReader implements CubeReader {
  readonly #decode: (signal?: AbortSignal) => Promise<SampleArray>
  readonly #release: () => Promise<void>
  readonly compressedBlock: CompressedBlock
  #values: SampleArray | null = null
  #decoding: Promise<SampleArray> | null = null

  constructor(
    readonly header: CubeHeader,
    readonly files: readonly string[],
    readonly strides: Strides,
    decode: (signal?: AbortSignal) => Promise<SampleArray>,
    release: () => Promise<void>,
  ) {
    this.compressedBlock = { rows: header.rows, cols: header.cols, bands: header.bands }
    this.#decode = decode
    this.#release = release
  }

  async readSamples(window: PixelWindow, bands: readonly number[], signal?: AbortSignal): Promise<SampleArray> {
    assertWindowInside(window, this.header)
    const outside = bands.find((band) => !Number.isInteger(band) || band < 0 || band >= this.header.bands)
    if (outside !== undefined) {
      throw new StudioError('invalid-argument', `Band ${outside} does not exist; the scene has ${this.header.bands}.`, { remedy: `Choose bands 0-${this.header.bands - 1}.` })
    }
    const values = await this.#load(signal)
    throwIfAborted(signal)
    const { row: rowStride, col: colStride, band: bandStride } = this.strides
    const samples = allocateSamples(this.header.sampleType, window.rows * window.cols * bands.length)
    bands.forEach((band, position) => {
      for (let row = 0; row < window.rows; row++) {
        let from = band * bandStride + (window.row + row) * rowStride + window.col * colStride
        let to = row * window.cols * bands.length + position
        for (let col = 0; col < window.cols; col++, from += colStride, to += bands.length) samples[to] = values[from] as number
      }
    })
    return samples
  }

  async close(): Promise<void> {
    this.#values = null
    await this.#release()
  }

  /** Readers that arrive while the array is being decoded share the work, unless its first reader cancels it. */
  async #load(signal: AbortSignal | undefined): Promise<SampleArray> {
    while (this.#values === null) {
      throwIfAborted(signal)
      const joined = this.#decoding
      this.#decoding ??= this.#decode(signal).finally(() => {
        this.#decoding = null
      })
      try {
        this.#values = await this.#decoding
      } catch (error) {
        const othersCancel = joined !== null && error instanceof StudioError && error.tag === 'cancelled'
        if (!othersCancel) throw error
      }
    }
    return this.#values
  }
}
