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
import { sharpenComponents, type StudioModel } from '../model/studio/sharpen'
import { tileHalo, totalScale } from '../model/studio/tile-halo'

/** Memory for the network's activations while the block is rendered: little, so that the job can breathe between components. */
const ACTIVATION_BYTES = 1.2e8

/** Surroundings of the block that back-projection sees, in low-resolution pixels. */
const CONTEXT = 16

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
  ) {}

  /**
   * `window` and `within` (the part of the scene that is used at all) in scene pixels, aligned to the total scale;
   * `components` are those of `within`.
   */
  static async prepare(reader: CubeReader, within: PixelWindow, window: PixelWindow, components: Image, scene: SceneComponents, model: StudioModel, peak: number, job: JobContext): Promise<HeldOutBlock> {
    const scale = totalScale(model)
    const { kernel } = model
    const margin = CONTEXT * scale
    const around = { row: window.row - margin, col: window.col - margin, rows: window.rows + 2 * margin, cols: window.cols + 2 * margin }
    const whole = { row: 0, col: 0, rows: Math.floor(within.rows / scale) * scale, cols: Math.floor(within.cols / scale) * scale }
    const context = intersectWindows(around, whole) ?? wholeWindow(whole)
    const data = await readWindow(reader, { ...context, row: context.row + within.row, col: context.col + within.col }, scene.bands)
    const truth: Image = { rows: context.rows, cols: context.cols, bands: scene.bands.length, data }
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
    const lowComponents = degrade(components, scale, kernel)
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
    )
  }

  /** What a method makes of the degraded block, [rows, cols, usable bands]; `model` for 'base' and 'fine-tuned'. */
  async render(method: Method, context: JobContext, model?: StudioModel): Promise<Image> {
    if (method === 'bicubic') return this.bicubic
    if (method === 'back-projection' || model === undefined) return this.base
    const scale = totalScale(model)
    const halo = tileHalo(model)
    const sharp = await sharpenComponents(model, this.tile, ACTIVATION_BYTES, () => context.breathe())
    await context.breathe()
    const base = componentBase(this.tile, scale, this.kernel)
    const inside = crop(base, halo * scale, halo * scale, sharp.rows, sharp.cols)
    for (let i = 0; i < sharp.data.length; i++) sharp.data[i] = (sharp.data[i] as number) - (inside.data[i] as number)
    await context.breathe()
    return addComponentDetail(this.base, sharp, this.scene.principal)
  }

  /** PSNR and spectral angle only: a fraction of a second, for the curve while training. */
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
}
