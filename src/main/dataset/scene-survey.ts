import { throwIfAborted } from '../common/job-context'
import { readWindow, type CubeReader } from '../cube/cube-reader'
import type { PixelWindow } from '../cube/pixel-window'
import { SAMPLE_TYPES } from '../cube/sample-type'
import { allowedSymmetries, sceneBandShift, type BandShift } from './band-shift'
import { goodBands, sampleUsableBands, stripRows } from './scene-components'
import type { Symmetry } from './symmetry'

/** What decides how a scene can be trained on, whatever the plan. */
export interface SceneSurvey {
  rows: number
  cols: number
  /** 0-based, neither bad nor empty. */
  bands: number[]
  /** [rows * cols], 1 where every usable band is valid. */
  valid: Uint8Array
  bandShift: BandShift | null
  symmetries: Symmetry[]
}

/**
 * Looks a scene (a window of it) over as training does: the same bands, valid pixels and symmetries. Reads every pixel
 * once, hardly any where none can be missing, and all of them again only where a band turns out to be unusable; memory is bounded by some 64 MB and a byte a pixel. Errors:
 * 'unsupported' when no band has valid pixels; those of reading.
 */
export async function surveyScene(reader: CubeReader, window: PixelWindow, signal?: AbortSignal): Promise<SceneSurvey> {
  const { rows, cols } = window
  const good = goodBands(reader.header)
  const complete = SAMPLE_TYPES[reader.header.sampleType].integer && good.length > 0 && good.every((band) => reader.header.nodata[band] === null)
  const { bands, valid } = complete ? { bands: good, valid: new Uint8Array(rows * cols).fill(1) } : await usableGround(reader, window, good, signal)
  const bandShift = await sceneBandShift(reader, window, bands, signal)
  return { rows, cols, bands, valid, bandShift, symmetries: allowedSymmetries(bandShift) }
}

/** The usable ones of the bands `good`, and [rows * cols] where all of them are valid. */
async function usableGround(reader: CubeReader, window: PixelWindow, good: readonly number[], signal?: AbortSignal): Promise<Pick<SceneSurvey, 'bands' | 'valid'>> {
  const valid = new Uint8Array(window.rows * window.cols).fill(1)
  const { bands } = await sampleUsableBands(reader, window, signal, (firstPixel, values) => { markMissing(valid, firstPixel, values, good.length) })
  // pixels that are missing in a band that does not count are valid all the same
  return { bands, valid: bands.length === good.length ? valid : await readValidPixels(reader, window, bands, signal) }
}

async function readValidPixels(reader: CubeReader, window: PixelWindow, bands: readonly number[], signal?: AbortSignal): Promise<Uint8Array> {
  const { rows, cols } = window
  const valid = new Uint8Array(rows * cols).fill(1)
  const strip = stripRows({ cols, bands: bands.length })
  for (let row = 0; row < rows; row += strip) {
    throwIfAborted(signal)
    const values = await readWindow(reader, { row: window.row + row, col: window.col, rows: Math.min(strip, rows - row), cols }, bands, signal)
    markMissing(valid, row * cols, values, bands.length)
  }
  return valid
}

/** Takes pixels with a missing value off `valid`; `values` [pixels, bands] begin at `firstPixel`. */
function markMissing(valid: Uint8Array, firstPixel: number, values: Float32Array, bands: number): void {
  for (let pixel = firstPixel, at = 0; at < values.length; pixel++) {
    let missing = false
    for (const end = at + bands; at < end; at++) missing ||= Number.isNaN(values[at])
    if (missing) valid[pixel] = 0
  }
}
