import type { CubeHeader, Interleave } from './cube-header'
import type { PixelWindow } from './pixel-window'
import type { SampleArray, SampleType } from './sample-type'

export type Compression = 'none' | 'deflate' | 'zstd'

/** Bytes of a storage block with all its bands, at most. */
export const MOST_BLOCK_BYTES = 2 ** 29

export interface WriteOptions {
  /** 'bsq' = band-interleaved (planar) and 'bip' = pixel-interleaved for GeoTIFF; all three for ENVI. */
  interleave: Interleave
  /** GeoTIFF only; ENVI is written uncompressed. */
  compression: Compression
  /** Pixels a side of a storage block (multiple of 16). */
  blockSize: number
  /** GeoTIFF only: internal overviews; 'auto' adds them when a side exceeds 1024 pixels, 'full' down to 256 pixels. */
  overviews: 'auto' | 'full' | 'none'
  /** Provenance: one line for ENVI's description and items in GeoTIFF's metadata. */
  history: string[]
  /** Keep a journal so that a killed writer can be continued with the same options. */
  resumable: boolean
  /** Names what the pixels come from, beside `history`: unfinished work on others is not continued. */
  identity: string
}

/** A metadata field of the source that the chosen format can't hold. */
export interface DroppedField {
  field: string
  reason: string
}

/** What a format would make of a scene. */
export interface OutputDescription {
  /** As stored: a wider one where the format lacks the scene's. */
  sampleType: SampleType
  /** Before compression, overviews included. */
  sizeBytes: number
  dropped: DroppedField[]
}

export interface WrittenFile {
  /** Final paths, the one with the pixels first. */
  files: string[]
  sizeBytes: number
}

/**
 * Writes a scene block by block, in raster order of blocks (left to right, top to bottom), all bands of a block at once.
 * Nothing stands under the final name before `finish` returned.
 */
export interface CubeWriter {
  readonly header: CubeHeader
  readonly blockRows: number
  readonly blockCols: number
  /** Number of blocks that a continued file already holds; 0 for a new one. */
  readonly blocksDone: number
  readonly blockCount: number
  readonly dropped: readonly DroppedField[]
  /** The window of block `index`, cut at the raster's edge. */
  blockWindow(index: number): PixelWindow
  /**
   * Writes the next block. `samples` is [rows, cols, bands] of the window of block `index`, which must be the next one,
   * in the array type of the header's sample type.
   */
  writeBlock(index: number, samples: SampleArray): Promise<void>
  /** Completes, syncs and renames. */
  finish(): Promise<WrittenFile>
  /** Closes; removes the partial file and journal unless `keepPartial`. Safe to call after `finish`. */
  close(keepPartial?: boolean): Promise<void>
}
