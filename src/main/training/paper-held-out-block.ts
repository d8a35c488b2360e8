import type { JobContext } from '../common/job-context'
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
import { BlockPictures } from './block-pictures'
import { pieceErrors, type PieceErrors } from './piece-errors'
import { scoreBlock, type BlockScore } from './block-score'
import type { PaperMaterial } from './paper-material'

/** Surroundings of the block that the methods see at least, in low-resolution pixels. */
const CONTEXT = 16

/** A block of ground kept from training, on which a `paper` network is compared with bicubic and back-projection. */
export class PaperHeldOutBlock {
  private constructor(
    readonly pictures: BlockPictures,
    readonly bicubic: Image,
    readonly backProjection: Image,
    private readonly reference: Image,
    private readonly lowRes: Image,
    /** The block within `lowRes` enlarged. */
    private readonly inner: PixelWindow,
    private readonly scale: number,
    private readonly kernel: Kernel,
    private readonly peak: number,
  ) {}

  /** `side` of the network's tiles in low-resolution pixels; `shown`: the bands of the pictures, as places in the scene's image. */
  static async prepare({ image, validation: block, peak }: PaperMaterial, shown: readonly [number, number, number], side: number, scale: number, kernel: Kernel, context: JobContext): Promise<PaperHeldOutBlock> {
    const scene = image.highRes
    const whole = { row: 0, col: 0, rows: Math.floor(scene.rows / scale) * scale, cols: Math.floor(scene.cols / scale) * scale }
    const margin = (length: number): number => scale * Math.max(CONTEXT, Math.ceil((side - length / scale) / 2))
    const [above, left] = [margin(block.rows), margin(block.cols)]
    const around = intersectWindows({ row: block.row - above, col: block.col - left, rows: block.rows + 2 * above, cols: block.cols + 2 * left }, whole) ?? whole
    const inner = { ...block, row: block.row - around.row, col: block.col - around.col }
    const truth = crop(scene, around.row, around.col, around.rows, around.cols)
    const lowRes = degrade(truth, scale, kernel)
    await context.breathe()
    const bicubic = cut(upsample(lowRes, scale, 'bicubic'), inner)
    await context.breathe()
    const projected = backProjectedBicubic(lowRes, scale, 5, kernel)
    await context.breathe()
    const backProjection = cut(consistent(projected, lowRes, scale, kernel), inner)
    await context.breathe()
    const reference = cut(truth, inner)
    const coarse = crop(lowRes, inner.row / scale, inner.col / scale, inner.rows / scale, inner.cols / scale)
    const pictures = new BlockPictures({ truth: reference, bicubic, lowRes: coarse }, scale, shown)
    return new PaperHeldOutBlock(pictures, bicubic, backProjection, reference, lowRes, inner, scale, kernel, peak)
  }

  /** Tiles that the network sharpens for one rendering. */
  tileCount(side: number): number {
    return tilesOver(tileGrid(this.lowRes.rows, this.lowRes.cols, side, this.scale), this.inner).length
  }

  /** What the network makes of the degraded block, as it would serve it: blended tiles, consistent with block means. */
  async render(model: PaperModel, context: JobContext): Promise<Image> {
    const { rows, cols, bands } = this.lowRes
    const fine = wholeWindow({ rows: rows * this.scale, cols: cols * this.scale })
    const grid = tileGrid(rows, cols, model.side, this.scale)
    const data = new Float32Array(fine.rows * fine.cols * bands)
    // tiles that miss the block stay out: what they would fill is cut off below
    for (const place of tilesOver(grid, this.inner)) {
      const { window } = place
      const tile = mirroredWindow(this.lowRes, window.row, window.col, window.rows, window.cols)
      addTile(grid, place, await sharpenTile(model, tile, () => context.breathe()), fine, data)
    }
    await context.breathe()
    return cut(consistent({ rows: fine.rows, cols: fine.cols, bands, data }, this.lowRes, this.scale, this.kernel), this.inner)
  }

  /** PSNR and spectral angle only: for the curve while training. */
  quickScore(estimate: Image): BlockScore {
    return scoreBlock(this.reference, estimate, this.peak)
  }

  /** Squared errors on pieces of the block. */
  pieces(estimate: Image): PieceErrors {
    return pieceErrors(this.reference, estimate, this.scale)
  }

  /** All six indices, standard convention, and how many pixels have values and were compared. */
  quality(estimate: Image): { pixels: number; quality: Quality } {
    const { validPixels: pixels, quality } = evaluate({ reference: this.reference, estimate, scale: this.scale, convention: 'standard', dataRange: this.peak })
    return { pixels, quality }
  }
}

function consistent(estimate: Image, lowRes: Image, scale: number, kernel: Kernel): Image {
  return kernel.kind === 'block' ? projectConsistent(estimate, lowRes, scale) : estimate
}

function cut(image: Image, { row, col, rows, cols }: PixelWindow): Image {
  return crop(image, row, col, rows, cols)
}
