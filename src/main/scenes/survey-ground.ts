import { allBands, type CubeReader } from '../cube/cube-reader'
import { wholeWindow } from '../cube/pixel-window'
import { sceneBandShift, type BandShift } from '../dataset/band-shift'
import { sampleUsableBands } from '../dataset/scene-components'
import { isGapless, validPixels } from '../dataset/valid-pixels'

/** What must be measured of a scene before it can be said what training on it would take. */
export interface GroundSurvey {
  /** 0-based, neither bad nor empty: those that training uses. */
  bands: number[]
  /** 1 where all of them have a value [rows * cols]. */
  valid: Uint8Array
  bandShift: BandShift | null
}

/**
 * Measures a whole scene as training will. A scene that may have gaps is read twice, strip by strip (some seconds a
 * gigabyte); one without costs a band shift. Errors: 'unsupported' (no band has valid pixels), 'cancelled', those of reading.
 */
export async function surveyGround(reader: CubeReader, signal?: AbortSignal): Promise<GroundSurvey> {
  const window = wholeWindow(reader.header)
  const good = allBands(reader.header).filter((band) => reader.header.badBands?.[band] !== true)
  const gapless = good.length > 0 && isGapless(reader, good)
  const bands = gapless ? good : (await sampleUsableBands(reader, window, signal)).bands
  const valid = await validPixels(reader, window, bands, signal)
  return { bands, valid, bandShift: await sceneBandShift(reader, window, bands, signal) }
}
