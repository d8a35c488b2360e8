import type { Image } from '../cube/image'
import { rgbBands } from '../cube/rgb-bands'
import { crop } from '../dataset/mirror'
import { upsample } from '../dataset/resample'

/** Largest side of the pictures: more than this is not looked at while a network learns. */
const LARGEST_SIDE = 160

/** Share of the truth's values below which a picture is black, and above which it is full. */
const STRETCH = { black: 0.02, white: 0.98 }

/** Pictures of the held-out block, [rows, cols, 3] as 8-bit red, green, blue, all with one stretch; 0 where there is no data. */
export interface TrainPatches {
  step: number
  rows: number
  cols: number
  /** The low-resolution input enlarged without interpolation. */
  lowRes: Uint8Array
  bicubic: Uint8Array
  now: Uint8Array
  truth: Uint8Array
}

/**
 * 0-based places of red, green and blue among the `usable` bands (0-based, of the scene), which is what the pictures of a
 * held-out block consist of.
 */
export function pictureBands(header: { wavelengthNm: readonly number[] | null; defaultBands: readonly number[] | null }, usable: readonly number[]): [number, number, number] {
  const { wavelengthNm, defaultBands } = header
  const places = defaultBands?.map((band) => usable.indexOf(band)) ?? null
  return rgbBands(wavelengthNm === null ? null : usable.map((band) => wavelengthNm[band] as number), usable.length, places)
}

/** Paints a held-out block, or the middle of a large one. Keeps little: three bands of it as 8-bit numbers. */
export class BlockPictures {
  private readonly rows: number
  private readonly cols: number
  private readonly row: number
  private readonly col: number
  private readonly black: number[]
  private readonly range: number[]
  private readonly lowRes: Uint8Array
  private readonly bicubic: Uint8Array
  private readonly truth: Uint8Array

  /** Images of the block [rows, cols, bands], `lowRes` `scale` times smaller; `bands` are places in them. */
  constructor({ truth, bicubic, lowRes }: { truth: Image; bicubic: Image; lowRes: Image }, scale: number, private readonly bands: readonly [number, number, number]) {
    const most = Math.floor(LARGEST_SIDE / scale) * scale
    this.rows = Math.min(truth.rows, most)
    this.cols = Math.min(truth.cols, most)
    // whole coarse pixels
    this.row = Math.floor((truth.rows - this.rows) / 2 / scale) * scale
    this.col = Math.floor((truth.cols - this.cols) / 2 / scale) * scale
    const shown = this.cut(truth)
    const limits = [0, 1, 2].map((channel) => limitsOf(shown.data, channel))
    this.black = limits.map(({ black }) => black)
    this.range = limits.map(({ black, white }) => white - black)
    this.truth = this.stretch(shown)
    this.bicubic = this.stretch(this.cut(bicubic))
    this.lowRes = this.stretch(this.cut(upsample(pick(lowRes, bands), scale, 'nearest'), [0, 1, 2]))
  }

  /** The pictures beside one of `now`, what the network makes of the block [rows, cols, bands] after `step` steps. */
  paint(step: number, now: Image): TrainPatches {
    const { rows, cols, lowRes, bicubic, truth } = this
    return { step, rows, cols, lowRes, bicubic, now: this.stretch(this.cut(now)), truth }
  }

  /** The shown part in red, green and blue. */
  private cut(image: Image, bands: readonly number[] = this.bands): Image {
    return pick(crop(image, this.row, this.col, this.rows, this.cols), bands)
  }

  private stretch({ data }: Image): Uint8Array {
    const { black, range } = this
    // 0 for NaN: a typed array stores it so
    return Uint8Array.from(data, (value, i) => Math.min(255, Math.max(0, Math.round((255 * (value - (black[i % 3] as number))) / (range[i % 3] as number)))))
  }
}

function pick({ rows, cols, bands, data }: Image, picked: readonly number[]): Image {
  const out = new Float32Array(rows * cols * picked.length)
  for (let pixel = 0, to = 0; pixel < rows * cols; pixel++) for (const band of picked) out[to++] = data[pixel * bands + band] as number
  return { rows, cols, bands: picked.length, data: out }
}

/** Values of a channel that become black and white. */
function limitsOf(data: Float32Array, channel: number): { black: number; white: number } {
  const values = data.filter((value, i) => i % 3 === channel && !Number.isNaN(value)).sort()
  const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? 0
  const black = at(STRETCH.black)
  const white = at(STRETCH.white)
  return { black, white: white > black ? white : black + 1 }
}
