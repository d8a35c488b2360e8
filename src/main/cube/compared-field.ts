import type { CubeHeader } from './cube-header'
import type { DroppedField } from './cube-writer'

/** One field of a source beside what the written file says when it is read again. */
export interface ComparedField {
  /** e.g. 'wavelengths', 'coordinate system', or the raw name of a field that the scene model does not know. */
  field: string
  /** The file says what the source says, as far as the upscaling and what was asked for leave it true. */
  kept: boolean
  /** One line for people: the value, what became of it, or why it is gone. */
  note: string
}

export interface HeaderComparison {
  source: CubeHeader
  /** The source's header as it should be after window, bands, scale and type. */
  expected: CubeHeader
  written: CubeHeader
  scale: number
  /** What the writer said that its format can't hold: the reasons. */
  dropped: readonly DroppedField[]
}
