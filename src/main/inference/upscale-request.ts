import type { CubeHeader, Interleave } from '../cube/cube-header'
import type { CubeReader } from '../cube/cube-reader'
import type { Compression, CubeWriter, DroppedField, WriteOptions } from '../cube/cube-writer'
import type { PixelWindow } from '../cube/pixel-window'
import type { Receipt } from './receipt/receipt'
import type { ServingQuality } from './serving-symmetries'

/** What an upscaling is asked to do, once the scene is open. */
export interface UpscaleRequest {
  reader: CubeReader
  /** Makes the writer of the output once its header is known: the formats are above this layer. */
  openWriter: (header: CubeHeader, options: WriteOptions) => Promise<CubeWriter>
  /** Makes the writer of the expected errors, one band; null = they are not asked for. */
  openErrorWriter: ((header: CubeHeader, options: WriteOptions) => Promise<CubeWriter>) | null
  /** Opens the file that was written, for the receipt; null = no receipt. */
  openWritten: ((file: string) => Promise<CubeReader>) | null
  /** Model folder. */
  model: string
  /** The part of the scene to upscale; null = all. */
  window: PixelWindow | null
  /** Bands to write (0-based, each once), in this order. */
  bands: readonly number[]
  /** Resident memory that tiles are sized for. */
  memoryBudgetBytes: number
  sampleType: 'source' | 'float32'
  compression: Compression
  interleave: Interleave
  /** Make block means of the result equal the input (block kernel only). */
  consistency: boolean
  quality: ServingQuality
  resume: boolean
}

export interface UpscaleOutcome {
  /** The one with the pixels first, that of the expected errors last. */
  files: string[]
  /** The GeoTIFF of the expected errors; absent when they were not asked for. */
  errorFile?: string
  sizeBytes: number
  rows: number
  cols: number
  bands: number
  tiles: number
  seconds: number
  /** Values that the output's type could not hold and that were clamped to its range. */
  clamped: number
  dropped: DroppedField[]
  /** null when it was not asked for. */
  receipt: Receipt | null
}
