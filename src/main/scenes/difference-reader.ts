import { readWindow, type CubeReader } from '../cube/cube-reader'
import { floatHeader } from './float-header'

/**
 * What a result has more than its bicubic counterpart, which is of the same size: float32 in stored units, NaN where either
 * has no data. Closing it closes neither.
 */
export function differenceReader(result: CubeReader, bicubic: CubeReader): CubeReader {
  return {
    // an offset is the same in both and falls out
    header: { ...floatHeader(result.header), offset: null },
    files: result.files,
    readSamples: async (window, bands, signal) => {
      const values = await readWindow(result, window, bands, signal)
      const subtrahend = await readWindow(bicubic, window, bands, signal)
      for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) - (subtrahend[i] as number)
      return values
    },
    close: () => Promise.resolve(),
  }
}
