import { selectBands, type CubeHeader } from '../cube/cube-header'
import { refineHeader, windowHeader } from '../cube/derive-header'
import type { PixelWindow } from '../cube/pixel-window'

/** What is to be written of a scene. */
export interface OutputChoice {
  /** The part of the scene; null = all. */
  window: PixelWindow | null
  /** 0-based, each once, in the order of the output. */
  bands: readonly number[]
  sampleType: 'source' | 'float32'
}

/** Header of the upscaled scene in the type that was asked for. Throws 'invalid-argument' for a window outside the scene. */
export function upscaledHeader(header: CubeHeader, { window, bands, sampleType }: OutputChoice, scale: number): CubeHeader {
  // raw fields stay verbatim unless bands are really left out
  const whole = bands.length === header.bands && bands.every((band, place) => band === place)
  const selected = whole ? header : selectBands(header, bands)
  const refined = refineHeader(window === null ? selected : windowHeader(selected, window), scale)
  return sampleType === 'source' ? refined : { ...refined, sampleType: 'float32' }
}
