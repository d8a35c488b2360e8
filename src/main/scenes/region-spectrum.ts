import { StudioError } from '../common/errors'
import { throwIfAborted } from '../common/job-context'
import { allBands, readWindow, type CubeReader } from '../cube/cube-reader'
import { intersectWindows, wholeWindow, type PixelWindow } from '../cube/pixel-window'

/** Values read at a time: 32 MB. */
const VALUES_AT_ONCE = 8e6
/** Values of one region in all: a quarter of a second a hundred million. */
const MOST_VALUES = 2e9

export interface RegionSpectrum {
  mean: Float32Array
  deviation: Float32Array
  pixels: number
}

/**
 * Mean and standard deviation (of the population) of the stored values of each band over a window, cut at the scene's edge:
 * Float32 [bands], NaN for a band without valid pixels. `pixels` = those valid in at least one band. Sums in float64 about the
 * first valid value. Errors: 'invalid-argument' (window outside), 'too-large', 'cancelled', those of reading.
 */
export async function regionSpectrum(reader: CubeReader, window: PixelWindow, signal?: AbortSignal): Promise<RegionSpectrum> {
  const inside = intersectWindows(window, wholeWindow(reader.header))
  const { bands } = reader.header
  if (inside === null) throw new StudioError('invalid-argument', 'The region lies outside the scene.', { remedy: 'Draw it on the picture.' })
  if (inside.rows * inside.cols * bands > MOST_VALUES) {
    throw new StudioError('too-large', `A region of ${inside.rows} x ${inside.cols} pixels with ${bands} bands is too large.`, { remedy: 'Draw a smaller one.' })
  }
  const shift = new Float64Array(bands).fill(NaN)
  const sums = new Float64Array(bands)
  const squares = new Float64Array(bands)
  const counts = new Float64Array(bands)
  let pixels = 0
  const step = Math.max(1, Math.floor(VALUES_AT_ONCE / (inside.cols * bands)))
  for (let row = 0; row < inside.rows; row += step) {
    throwIfAborted(signal)
    const values = await readWindow(reader, { ...inside, row: inside.row + row, rows: Math.min(step, inside.rows - row) }, allBands(reader.header), signal)
    for (let start = 0; start < values.length; start += bands) {
      let valid = false
      for (let band = 0; band < bands; band++) {
        const value = values[start + band] as number
        if (Number.isNaN(value)) continue
        valid = true
        if (counts[band] === 0) shift[band] = value
        const difference = value - (shift[band] as number)
        sums[band] = (sums[band] as number) + difference
        squares[band] = (squares[band] as number) + difference * difference
        counts[band] = (counts[band] as number) + 1
      }
      if (valid) pixels++
    }
  }
  const mean = Float32Array.from(sums, (sum, band) => (shift[band] as number) + sum / (counts[band] as number))
  const deviation = Float32Array.from(sums, (sum, band) => {
    const count = counts[band] as number
    return Math.sqrt(Math.max(0, (squares[band] as number) / count - (sum / count) ** 2))
  })
  return { mean, deviation, pixels }
}
