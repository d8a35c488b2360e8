import type { StudioErrorJson } from '../main/common/errors'
import type { PixelWindow } from '../main/cube/pixel-window'

/** Values of one picture, at most: 256 MB. */
export const MOST_PICTURE_VALUES = 2 ** 26

/**
 * Questions about pixels, asked by the window over a message port that leads straight to the scene process: big arrays are
 * transferred, not copied through main. A layer is named `scene:ID`, `result:ID`, `bicubic:ID` and `difference:ID` (ID of
 * a result: see `ResultView`), `analysis:ID` or `candidate:HANDLE`; the scene process knows only the layers that main has told it of.
 */
export interface PixelRequests {
  /**
   * Stored values of `bands` over `window`, reduced to `rows` x `cols`: exact when equal; when reduced the nearest pixel, or of
   * a scene with overviews the mean about it, in a sixth fewer rows and columns at times. At most `MOST_PICTURE_VALUES`. Float32 [rows, cols, bands], NaN = no data.
   */
  picture: { payload: { layer: string; window: PixelWindow; bands: number[]; rows: number; cols: number }; reply: PixelBlock }
  /** Stored values of all bands of one pixel: Float32 [bands], NaN = no data. */
  spectrum: { payload: { layer: string; row: number; col: number }; reply: { values: Float32Array } }
  /** Statistics of bands, from at most a million pixels spread over the scene. */
  statistics: { payload: { layer: string; bands: number[] }; reply: BandStatistics[] }
  /**
   * Mean and standard deviation (of the population) of the stored values of all bands over `window`, which is cut at the
   * raster's edge: Float32 [bands], NaN where no pixel is valid. With `corners` (pixels of the layer, fractions count) only
   * over the pixels of the window whose centres lie in that polygon, by the even-odd rule. `pixels` = those valid in at
   * least one band.
   */
  region: { payload: { layer: string; window: PixelWindow; corners: { row: number; col: number }[] | null }; reply: { mean: Float32Array; deviation: Float32Array; pixels: number } }
  /**
   * A window as a small solid to look into: `bands` in their order, each reduced to `rows` x `cols` by the nearest pixel,
   * values between the band's limits as 1..255, 0 where there is no data. `limits`: one entry a band, stored values.
   */
  volume: { payload: { layer: string; window: PixelWindow; bands: number[]; limits: { low: number; high: number }[]; rows: number; cols: number }; reply: VolumeBlock }
  /** How far red and blue bands are apart and what that means for augmentation; null = not measurable. */
  'band-shift': { payload: { layer: string }; reply: { rows: number; cols: number; confidence: number; symmetries: number[] } | null }
}

export interface PixelBlock {
  rows: number
  cols: number
  data: Float32Array
}

export interface VolumeBlock {
  slices: number
  rows: number
  cols: number
  /** Uint8 [slices, rows, cols]. */
  data: Uint8Array
}

export interface BandStatistics {
  band: number
  min: number
  max: number
  mean: number
  standardDeviation: number
  /** Stored values below which 0, 1, 2, ... 100 % of the valid pixels lie: 101 entries. */
  percentiles: Float32Array
  /** Counts in 256 equal bins from `min` to `max`. */
  histogram: Uint32Array
  validShare: number
}

export type PixelRequestName = keyof PixelRequests

/** From the window. `cancel` names an earlier question whose answer is not needed any more. */
export type PixelQuestion =
  | { [K in PixelRequestName]: { id: number; name: K; payload: PixelRequests[K]['payload'] } }[PixelRequestName]
  | { cancel: number }

/** To the window. */
export type PixelAnswer = { id: number; ok: true; value: PixelRequests[PixelRequestName]['reply'] } | { id: number; ok: false; error: StudioErrorJson }
