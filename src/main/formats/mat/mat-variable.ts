import type { SampleArray, SampleType } from '../../cube/sample-type'

/** A real, full, numeric array of a MATLAB file; its values are read on demand. */
export interface MatVariable {
  name: string
  /** As MATLAB's `size()` tells them: rows, columns, pages ... */
  dims: number[]
  /** 'double', 'int16' ...; MATLAB may store whole-numbered doubles in a smaller type. */
  matlabClass: string
  /** The type that the values are stored in. */
  sampleType: SampleType
  /** All values, first dimension fastest; 64-bit integers as float64. Errors: 'truncated', 'malformed', 'io', 'cancelled'. */
  read(signal?: AbortSignal): Promise<SampleArray>
}

/** A variable that can't be a scene, and why. */
interface SkippedVariable {
  name: string
  reason: string
}

export interface MatFile {
  byteOrder: 'little' | 'big'
  variables: MatVariable[]
  skipped: SkippedVariable[]
  /** Notable facts about the file as a whole, as [code, message]. */
  notices: [code: string, message: string][]
  close(): Promise<void>
}

/** More than any real file holds; stops a hostile one that lists millions. */
export const MAX_VARIABLES = 10_000

export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, length) => product * length, 1)
}
