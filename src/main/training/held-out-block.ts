import type { JobContext } from '../common/job-context'
import { readWindow, type CubeReader } from '../cube/cube-reader'
import type { Image } from '../cube/image'
import { intersectWindows, wholeWindow, type PixelWindow } from '../cube/pixel-window'
import { backProjectedBicubic, projectConsistent } from '../dataset/back-projection'
import { degrade, type Kernel } from '../dataset/degrade'
import { crop, mirroredWindow } from '../dataset/mirror'
import { addComponentDetail } from '../dataset/principal-components'
import { upsample } from '../dataset/resample'
import { BlockPictures, pictureBands } from './block-pictures'
import { scoreBlock, type BlockScore } from './block-score'
import type { SceneComponents } from '../dataset/scene-components'
import { componentBase } from '../dataset/training-image'
import { evaluate } from '../metrics/report'
import type { Method, Quality } from '../model/checkpoint-manifest'
import type { Symmetry } from '../dataset/symmetry'
import { errorSigns } from '../inference/error-signs'
import type { StudioModel } from '../model/studio/sharpen'
import { tileHalo, totalScale } from '../model/studio/tile-halo'
import { sharpenTurned } from '../model/studio/turned-ensemble'
import { knownErrors, type KnownErrors } from './known-errors'
import { pieceErrors, type PieceErrors } from './piece-errors'

/** Memory for the network's activations while the block is rendered: little, so that the job can breathe between components. */
const ACTIVATION_BYTES = 1.2e8

/** Surroundings of the block that back-projection sees, in low-resolution pixels. */
const CONTEXT = 16

/**
 * How far the network sees, in low-resolution pixels, when the block is rendered for the curve: what lies further changes
 * the score by less than 0.0001 dB (four scenes, 2x and 4x), but would be more than half of the work.
 */
const QUICK_REACH = 12

/** What a method makes of the block, and what is known of it without truth. */
interface Rendered {
  /** [rows, cols, usable bands] */
  image: Image
  /** [rows, cols, components], with the variance over turned copies of the block; null = one copy. */
  sharp: Image
  variance: Float32Array | null
}

/** All that the verdict needs of a method on one block. */
export interface BlockMeasures {
  /** That have values and were compared. */
  pixels: number
  quality: Quality
  pieces: PieceErrors
  known: readonly [KnownErrors, KnownErrors]
}

/**
 * A block of ground kept from training, with the truth in all its usable bands, on which candidates are compared:
 * the scene there, degraded by the total scale, sharpened back, against the scene itself.
 */
export class HeldOutBlock {
  private constructor(
    readonly pictures: BlockPictures,
    private readonly reference: Image,
    private readonly bicubic: Image,
    private readonly base: Image,
    /** Degraded components with the network's halo, mirrored at the scene's edges. */
    private readonly tile: Image,
    private readonly scene: SceneComponents,
    private readonly peak: number,
    private readonly kernel: Kernel,
    private readonly scale: number,
    /** Of `tile`, in low-resolution pixels. */
    private readonly halo: number,
  ) {}

  /**
   * `window` and `within` (the part of the scene that is used at all) in scene pixels, aligned to the total scale;
   * `components` are those of `within`. `change` is done to both before they serve as truth.
   */
  static async prepare(reader: CubeReader, within: PixelWindow, window: PixelWindow, components: Image, scene: SceneComponents, model: StudioModel, peak: number, job: JobContext, change: (image: Image) => Image = (image) => image): Promise<HeldOutBlock> {
    const scale = totalScale(model)
    const { kernel } = model
    const margin = CONTEXT * scale
    const around = { row: window.row - margin, col: window.col - margin, rows: window.rows + 2 * margin, cols: window.cols + 2 * margin }
    const whole = { row: 0, col: 0, rows: Math.floor(within.rows / scale) * scale, cols: Math.floor(within.cols / scale) * scale }
    const context = intersectWindows(around, whole) ?? wholeWindow(whole)
    const data = await readWindow(reader, { ...context, row: context.row + within.row, col: context.col + within.col }, scene.bands)
    const truth = change({ rows: context.rows, cols: context.cols, bands: scene.bands.length, data })
    const inner = [window.row - context.row, window.col - context.col, window.rows, window.cols] as const
    const lowRes = degrade(truth, scale, kernel)
    await job.breathe()
    const bicubic = crop(upsample(lowRes, scale, 'bicubic'), ...inner)
    await job.breathe()
    const projected = backProjectedBicubic(lowRes, scale, 5, kernel)
    await job.breathe()
    const base = crop(kernel.kind === 'block' ? projectConsistent(projected, lowRes, scale) : projected, ...inner)
    await job.breathe()
    const halo = tileHalo(model)
    const lowComponents = degrade(change(components), scale, kernel)
    const reference = crop(truth, ...inner)
    const coarse = inner.map((value) => value / scale) as [number, number, number, number]
    return new HeldOutBlock(
      new BlockPictures({ truth: reference, bicubic, lowRes: crop(lowRes, ...coarse) }, scale, pictureBands(reader.header, scene.bands)),
      reference,
      bicubic,
      base,
      mirroredWindow(lowComponents, window.row / scale - halo, window.col / scale - halo, window.rows / scale + 2 * halo, window.cols / scale + 2 * halo),
      scene,
      peak,
      kernel,
      scale,
      halo,
    )
  }

  /**
   * About what a method makes of the degraded block, [rows, cols, usable bands]; `model` for 'base' and 'fine-tuned', of
   * which one copy is taken and what it sees far away left out.
   */
  async render(method: Method, context: JobContext, model?: StudioModel): Promise<Image> {
    if (method === 'bicubic') return this.bicubic
    return (await this.rendered(method, context, model && { ...model, reach: QUICK_REACH }, [0])).image
  }

  /** A method as it would serve, measured in every way. */
  async measure(method: Method, context: JobContext, model?: StudioModel, symmetries: readonly Symmetry[] = [0]): Promise<BlockMeasures> {
    const { image, sharp, variance } = await this.rendered(method, context, model, symmetries)
    await context.breathe()
    const { reference, scale, halo, tile } = this
    const coarse = crop(tile, halo, halo, reference.rows / scale, reference.cols / scale)
    const { principal } = this.scene
    return {
      ...this.quality(image),
      pieces: pieceErrors(reference, image, scale),
      known: knownErrors(reference, image, errorSigns(sharp, variance, coarse, principal), scale, principal),
    }
  }

  private async rendered(method: Method, context: JobContext, model: StudioModel | undefined, symmetries: readonly Symmetry[]): Promise<Rendered> {
    const { scale, kernel } = this
    const { tile, halo } = this.tileFor(model)
    const inside = (fine: Image): Image => crop(fine, halo * scale, halo * scale, this.reference.rows, this.reference.cols)
    if (method === 'bicubic') return { image: this.bicubic, sharp: inside(upsample(tile, scale, 'bicubic')), variance: null }
    const base = inside(componentBase(tile, scale, kernel))
    if (method === 'back-projection' || model === undefined) return { image: this.base, sharp: base, variance: null }
    const { mean, variance } = await sharpenTurned(model, tile, symmetries, ACTIVATION_BYTES, () => context.breathe())
    await context.breathe()
    const detail = { ...mean, data: mean.data.map((value, i) => value - (base.data[i] as number)) }
    await context.breathe()
    return { image: addComponentDetail(this.base, detail, this.scene.principal), sharp: mean, variance }
  }

  /** As much of the tile as `model` sees; all of it without one. */
  private tileFor(model: StudioModel | undefined): { tile: Image; halo: number } {
    const halo = model === undefined ? this.halo : tileHalo(model)
    const cut = this.halo - halo
    return { tile: crop(this.tile, cut, cut, this.tile.rows - 2 * cut, this.tile.cols - 2 * cut), halo }
  }

  /** PSNR and spectral angle only: a fraction of a second, for the curve while training. */
  quickScore(estimate: Image): BlockScore {
    return scoreBlock(this.reference, estimate, this.peak)
  }

  /** All six indices, standard convention. */
  private quality(estimate: Image): Pick<BlockMeasures, 'pixels' | 'quality'> {
    const { validPixels: pixels, quality } = evaluate({ reference: this.reference, estimate, scale: this.scale, convention: 'standard', dataRange: this.peak })
    return { pixels, quality }
  }
}
