import type { Image } from '../cube/image'
import type { Kernel } from '../dataset/degrade'
import type { Method, Quality, Verdict } from '../model/checkpoint-manifest'
import { loadPaperModel, type PaperVectors } from '../model/paper/predict'
import type { PaperShape } from '../model/paper/shape'
import type { BlockScore } from './block-score'
import { PaperHeldOutBlock } from './paper-held-out-block'
import type { PaperMaterial } from './paper-material'
import { judge } from './verdict'

/** A method without training, or weights. */
type Candidate = 'bicubic' | 'back-projection' | PaperVectors

/** Compares candidates on the held-out blocks of all scenes: every figure is the mean over them. */
export class PaperJudge {
  /** Tiles that the network sharpens for one score. */
  readonly tileCount: number
  private readonly blocks: PaperHeldOutBlock[]

  constructor(
    private readonly materials: readonly PaperMaterial[],
    kernel: Kernel,
    private readonly shape: PaperShape,
    private readonly side: number,
    private readonly valueScale: number,
  ) {
    this.blocks = materials.map(({ image, validation, peak }) => new PaperHeldOutBlock(image.highRes, validation, side, shape.scale, kernel, peak))
    this.tileCount = this.blocks.reduce((sum, block) => sum + block.tileCount(side), 0)
  }

  /** PSNR and spectral angle only: for the curve while training. */
  score(candidate: Candidate): BlockScore {
    const scores = this.render(candidate).map((estimate, index) => (this.blocks[index] as PaperHeldOutBlock).quickScore(estimate))
    const mean = (key: keyof BlockScore): number => scores.reduce((sum, score) => sum + score[key], 0) / scores.length
    return { psnr: mean('psnr'), samDegrees: mean('samDegrees') }
  }

  /** The verdict on the best weights of a run (null = none yet), with those that it began with (null = random ones). */
  verdict(best: PaperVectors | null, base: PaperVectors | null): Verdict {
    const quality: Partial<Record<Method, Quality>> = { bicubic: this.quality('bicubic'), 'back-projection': this.quality('back-projection') }
    if (base !== null) quality.base = this.quality(base)
    if (best !== null) quality['fine-tuned'] = this.quality(best)
    return judge(quality, this.materials.reduce((sum, { validation }) => sum + validation.rows * validation.cols, 0))
  }

  private quality(candidate: Candidate): Quality {
    const all = this.render(candidate).map((estimate, index) => (this.blocks[index] as PaperHeldOutBlock).quality(estimate))
    const mean = (key: keyof Quality): number => all.reduce((sum, quality) => sum + quality[key], 0) / all.length
    return { psnr: mean('psnr'), ssim: mean('ssim'), samDegrees: mean('samDegrees'), correlation: mean('correlation'), ergas: mean('ergas'), rmse: mean('rmse') }
  }

  /** What a candidate makes of each block. */
  private render(candidate: Candidate): Image[] {
    if (candidate === 'bicubic') return this.blocks.map(({ bicubic }) => bicubic)
    if (candidate === 'back-projection') return this.blocks.map(({ backProjection }) => backProjection)
    const model = loadPaperModel(this.shape, candidate, this.side, this.valueScale)
    try {
      return this.blocks.map((block) => block.render(model))
    } finally {
      model.dispose()
    }
  }
}
