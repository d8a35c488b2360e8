import type { JobContext } from '../common/job-context'
import { allBands, type CubeReader } from '../cube/cube-reader'
import type { Image } from '../cube/image'
import type { PixelWindow } from '../cube/pixel-window'
import { projectConsistent } from '../dataset/back-projection'
import { crop } from '../dataset/mirror'
import { sharpenTile, type PaperModel } from '../model/paper/predict'
import { addTile, tileGrid, tilesOver, type TileGrid, type TilePlace } from '../model/paper/tile-grid'
import { readMirrored } from './mirrored-read'
import type { PaperServing } from './paper-serving'
import { BAND_HALO } from './serving-halo'
import { interpolate } from './band-rendering'

/**
 * Any window of a scene upscaled with a `paper` model. The network's tiles lie on a grid fixed by the scene's size and
 * are blended where they overlap, so a pixel does not depend on the window it is asked for in. Sharpened tiles are kept
 * up to `cacheBytes`, the least recently used ones forgotten first.
 */
export class PaperBlocks {
  private readonly cache = new Map<number, Image>()
  private cached = 0
  private readonly grid: TileGrid | null
  /** Bands that the network does not take. */
  private readonly others: number[]

  /** `within` is the part of the scene that is used; `picked` the bands to give, in this order. */
  constructor(
    private readonly reader: CubeReader,
    private readonly within: PixelWindow,
    private readonly serving: PaperServing,
    private readonly picked: readonly number[],
    private readonly consistent: boolean,
    private readonly cacheBytes: number,
    private readonly context: Pick<JobContext, 'signal' | 'breathe'>,
  ) {
    const { model, bands } = serving
    this.grid = model === null ? null : tileGrid(within.rows, within.cols, model.side, model.scale)
    const taken = new Set(model === null ? [] : bands)
    this.others = allBands(reader.header).filter((band) => !taken.has(band))
  }

  /** `fine` in output pixels, its corners multiples of the scale: [rows, cols, picked bands], NaN where the input pixel is. */
  async render(fine: PixelWindow): Promise<Image> {
    const { picked, others } = this
    const result: Image = { rows: fine.rows, cols: fine.cols, bands: picked.length, data: new Float32Array(fine.rows * fine.cols * picked.length) }
    if (wants(picked, others)) putBands(result, placesOf(others, picked), await this.interpolated(fine))
    const { model, bands } = this.serving
    if (model !== null && this.grid !== null && wants(picked, bands)) putBands(result, placesOf(bands, picked), await this.sharpened(model, this.grid, fine))
    return result
  }

  private async interpolated(fine: PixelWindow): Promise<Image> {
    const { scale, kernel, method } = this.serving
    const around = await this.lowRes(fine, BAND_HALO, this.others)
    await this.context.breathe()
    const whole = interpolate({ method: method === 'bicubic' ? method : 'back-projection', kernel, consistent: this.consistent }, around, scale)
    return crop(whole, BAND_HALO * scale, BAND_HALO * scale, fine.rows, fine.cols)
  }

  private async sharpened(model: PaperModel, grid: TileGrid, fine: PixelWindow): Promise<Image> {
    const { scale, bands, kernel } = this.serving
    const data = new Float32Array(fine.rows * fine.cols * bands.length)
    for (const place of tilesOver(grid, fine)) addTile(grid, place, await this.tile(model, place), fine, data)
    const lowRes = await this.lowRes(fine, 0, bands)
    await this.context.breathe()
    let image: Image = { rows: fine.rows, cols: fine.cols, bands: bands.length, data }
    if (this.consistent && kernel.kind === 'block') image = projectConsistent(image, lowRes, scale)
    reopen(image, lowRes, scale)
    return image
  }

  private async tile(model: PaperModel, place: TilePlace): Promise<Image> {
    const known = this.cache.get(place.index)
    if (known !== undefined) {
      this.cache.delete(place.index)
      this.cache.set(place.index, known)
      return known
    }
    const tile = await sharpenTile(model, await readMirrored(this.reader, this.within, place.window, this.context.signal, this.serving.bands), () => this.context.breathe())
    this.cache.set(place.index, tile)
    this.cached += tile.data.byteLength
    for (const [index, { data }] of this.cache) {
      if (this.cached <= this.cacheBytes || index === place.index) break
      this.cache.delete(index)
      this.cached -= data.byteLength
    }
    return tile
  }

  private lowRes(fine: PixelWindow, halo: number, bands: readonly number[]): Promise<Image> {
    const { scale } = this.serving
    return readMirrored(this.reader, this.within, {
      row: fine.row / scale - halo, col: fine.col / scale - halo, rows: fine.rows / scale + 2 * halo, cols: fine.cols / scale + 2 * halo,
    }, this.context.signal, bands)
  }
}

function wants(picked: readonly number[], bands: readonly number[]): boolean {
  return bands.some((band) => picked.includes(band))
}

/** Where each of `bands` goes among the picked ones; -1 = nowhere. */
function placesOf(bands: readonly number[], picked: readonly number[]): number[] {
  return bands.map((band) => picked.indexOf(band))
}

function putBands(target: Image, places: readonly number[], source: Image): void {
  for (let pixel = 0; pixel < target.rows * target.cols; pixel++) {
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as number
      if (place >= 0) target.data[pixel * target.bands + place] = source.data[pixel * source.bands + i] as number
    }
  }
}

/** Missing pixels were filled for the network: they go missing again. */
function reopen(image: Image, lowRes: Image, scale: number): void {
  const { rows, cols, bands } = image
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const from = (Math.floor(row / scale) * lowRes.cols + Math.floor(col / scale)) * bands
      const to = (row * cols + col) * bands
      for (let band = 0; band < bands; band++) if (Number.isNaN(lowRes.data[from + band])) image.data[to + band] = NaN
    }
  }
}
