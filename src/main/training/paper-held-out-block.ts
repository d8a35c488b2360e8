import type { Image } from '../cube/image'
import { intersectWindows, wholeWindow, type PixelWindow } from '../cube/pixel-window'
import { backProjectedBicubic, projectConsistent } from '../dataset/back-projection'
import { degrade, type Kernel } from '../dataset/degrade'
import { crop, mirroredWindow } from '../dataset/mirror'
import { upsample } from '../dataset/resample'
import { evaluate } from '../metrics/report'
import type { Quality } from '../model/checkpoint-manifest'
import { sharpenTile, type PaperModel } from '../model/paper/predict'
import { addTile, tileGrid, tilesOver } from '../model/paper/tile-grid'
import { scoreBlock, type BlockScore } from './block-score'

/** Surroundings of the block that the methods see at least, in low-resolution pixels. */
const CONTEXT = 16

/** A block of ground kept from training, on which a `paper` network is compared with bicubic and back-projection. */
export class PaperHeldOutBlock {
  readonly bicubic: Image
  readonly backProjection: Image
  private readonly reference: Image
  private readonly lowRes: Image
  /** The block within `lowRes` enlarged. */
  private readonly inner: PixelWindow

  /** `scene` [rows, cols, bands] in stored values; `block` in its pixels, aligned to `scale`; `side` of the network's tiles. */
  constructor(scene: Image, block: PixelWindow, side: number, private readonly scale: number, private readonly kernel: Kernel, private readonly peak: number) {
    const whole = { row: 0, col: 0, rows: Math.floor(scene.rows / scale) * scale, cols: Math.floor(scene.cols / scale) * scale }
    const margin = (length: number): number => scale * Math.max(CONTEXT, Math.ceil((side - length / scale) / 2))
    const [above, left] = [margin(block.rows), margin(block.cols)]
    const around = intersectWindows({ row: block.row - above, col: block.col - left, rows: block.rows + 2 * above, cols: block.cols + 2 * left }, whole) ?? whole
    this.inner = { ...block, row: block.row - around.row, col: block.col - around.col }
    const truth = crop(scene, around.row, around.col, around.rows, around.cols)
    this.lowRes = degrade(truth, scale, kernel)
    this.reference = this.cut(truth)
    this.bicubic = this.cut(upsample(this.lowRes, scale, 'bicubic'))
    this.backProjection = this.cut(this.consistent(backProjectedBicubic(this.lowRes, scale, 5, kernel)))
  }

  /** Tiles that the network sharpens for one rendering. */
  tileCount(side: number): number {
    return tilesOver(tileGrid(this.lowRes.rows, this.lowRes.cols, side, this.scale), this.inner).length
  }

  /** What the network makes of the degraded block, as it would serve it: blended tiles, consistent with block means. */
  render(model: PaperModel): Image {
    const { rows, cols, bands } = this.lowRes
    const fine = wholeWindow({ rows: rows * this.scale, cols: cols * this.scale })
    const grid = tileGrid(rows, cols, model.side, this.scale)
    const data = new Float32Array(fine.rows * fine.cols * bands)
    // tiles that miss the block stay out: what they would fill is cut off below
    for (const place of tilesOver(grid, this.inner)) {
      const { window } = place
      addTile(grid, place, sharpenTile(model, mirroredWindow(this.lowRes, window.row, window.col, window.rows, window.cols)), fine, data)
    }
    return this.cut(this.consistent({ rows: fine.rows, cols: fine.cols, bands, data }))
  }

  /** PSNR and spectral angle only: for the curve while training. */
  quickScore(estimate: Image): BlockScore {
    return scoreBlock(this.reference, estimate, this.peak)
  }

  /** All six indices, standard convention. */
  quality(estimate: Image): Quality {
    const { psnr, ssim, samDegrees, correlation, ergas, rmse } = evaluate({
      reference: this.reference, estimate, scale: this.scale, convention: 'standard', dataRange: this.peak,
    }).quality
    return { psnr, ssim, samDegrees, correlation, ergas, rmse }
  }

  private consistent(estimate: Image): Image {
    return this.kernel.kind === 'block' ? projectConsistent(estimate, this.lowRes, this.scale) : estimate
  }

  private cut(image: Image): Image {
    return crop(image, this.inner.row, this.inner.col, this.inner.rows, this.inner.cols)
  }
}
