import type { Image } from '../../cube/image'

/** Black and white point of each of red, green, blue. */
export type Stretch = [black: number, white: number][]

/** Neutral, so that it can't be taken for a value of the picture. */
const NODATA_GREY = 222

/** Black and white points at the 2nd and 98th percentile of `image`'s own values, per band of `bands`; NaN left out. */
export function percentileStretch(image: Image, bands: readonly number[]): Stretch {
  return bands.map((band) => {
    const values = bandValues(image, band).filter((value) => !Number.isNaN(value)).sort()
    const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? 0
    const black = at(0.02)
    const white = at(0.98)
    return [black, white > black ? white : black + 1]
  })
}

function bandValues(image: Image, band: number): Float32Array {
  const values = new Float32Array(image.rows * image.cols)
  for (let i = 0; i < values.length; i++) values[i] = image.data[i * image.bands + band] as number
  return values
}

/** RGBA bytes [rows, cols, 4] of three bands under `stretch`; grey where any of them has no data. */
export function renderPicture(image: Image, bands: readonly number[], stretch: Stretch): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(image.rows * image.cols * 4)
  for (let i = 0; i < image.rows * image.cols; i++) {
    const colour = bands.map((band, channel) => {
      const [black, white] = stretch[channel] as [number, number]
      return ((image.data[i * image.bands + band] as number) - black) / (white - black) * 255
    })
    pixels.set(colour.some(Number.isNaN) ? [NODATA_GREY, NODATA_GREY, NODATA_GREY] : colour, i * 4)
    pixels[i * 4 + 3] = 255
  }
  return pixels
}
