import { throwIfAborted } from '../common/job-context'
import { assertBandsExist, type CubeReader } from '../cube/cube-reader'
import { assertWindowInside } from '../cube/pixel-window'
import { bicubicWindow } from '../dataset/bicubic-window'
import type { ResultPlace } from '../dataset/result-place'
import { floatHeader } from './float-header'

/** Values computed at a time: 16 MB, and about four times that while it goes on. */
const VALUES_AT_ONCE = 4e6

/**
 * The scene brought to the pixels and bands of a result by the bicubic kernel (a = -0.5, pixel centres aligned), computed
 * window by window: float32 in the scene's stored units, NaN = no data. Closing it closes neither.
 */
export function interpolatedReader(scene: CubeReader, result: Pick<CubeReader, 'header' | 'files'>, place: ResultPlace): CubeReader {
  const header = floatHeader(result.header)
  const { files } = result
  return {
    header, files,
    readSamples: async (window, bands, signal) => {
      assertWindowInside(window, header)
      assertBandsExist(bands, { header, files })
      const picked = bands.map((band) => place.bands[band] as number)
      const line = window.cols * bands.length
      const values = new Float32Array(window.rows * line)
      const step = Math.max(1, Math.floor(VALUES_AT_ONCE / line))
      for (let row = 0; row < window.rows; row += step) {
        throwIfAborted(signal)
        const strip = { ...window, row: window.row + row, rows: Math.min(step, window.rows - row) }
        values.set(await bicubicWindow(scene, place, picked, strip, signal), row * line)
      }
      return values
    },
    close: () => Promise.resolve(),
  }
}
