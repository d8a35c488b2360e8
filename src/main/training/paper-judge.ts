import type { JobContext } from '../common/job-context'
import type { Image } from '../cube/image'
import type { Kernel } from '../dataset/degrade'
import type { Method, Verdict } from '../model/checkpoint-manifest'
import { loadPaperModel, type PaperVectors } from '../model/paper/predict'
import type { PaperShape } from '../model/paper/shape'
import type { TrainPatches } from './block-pictures'
import type { BlockScore } from './block-score'
import { PaperHeldOutBlock } from './paper-held-out-block'
import type { PaperMaterial } from './paper-material'
import { meanQuality, type MeanScore } from './scene-scores'
import { judge, type Measured } from './verdict'

/** A method without training, or weights. */
type Candidate = 'bicubic' | 'back-projection' | PaperVectors

/** Compares candidates on the held-out blocks of all scenes: every figure is the mean over them. */
export class PaperJudge {
  private constructor(
    private readonly blocks: readonly PaperHeldOutBlock[],
    private readonly shape: PaperShape,
    private readonly side: number,
    private readonly valueScale: number,
    private readonly context: JobContext,
  ) {}

  /** `shown`: the bands of the pictures, as places among those that are trained. */
  static async prepare(
    materials: readonly PaperMaterial[],
    shown: readonly [number, number, number],
    { shape, side, valueScale, kernel }: { shape: PaperShape; side: number; valueScale: number; kernel: Kernel },
    context: JobContext,
  ): Promise<PaperJudge> {
    const blocks: PaperHeldOutBlock[] = []
    for (const material of materials) blocks.push(await PaperHeldOutBlock.prepare(material, shown, side, shape.scale, kernel, context))
    return new PaperJudge(blocks, shape, side, valueScale, context)
  }

  /** Tiles that the network sharpens for one score. */
  get tileCount(): number {
    return this.blocks.reduce((sum, block) => sum + block.tileCount(this.side), 0)
  }

  /** PSNR and spectral angle only: for the curve while training. */
  async score(candidate: Candidate): Promise<MeanScore> {
    const estimates = await this.render(candidate)
    const scores = await this.measure(estimates, (block, estimate) => block.quickScore(estimate))
    const mean = (key: keyof BlockScore): number => scores.reduce((sum, score) => sum + score[key], 0) / scores.length
    return { score: { psnr: mean('psnr'), samDegrees: mean('samDegrees') }, first: estimates[0] as Image }
  }

  /** Pictures of the first scene's block beside `now`, what the network makes of it. */
  paint(step: number, now: Image): TrainPatches {
    return (this.blocks[0] as PaperHeldOutBlock).pictures.paint(step, now)
  }

  /** The verdict on the best weights of a run (null = none yet), with those that it began with (null = random ones). */
  async verdict(best: PaperVectors | null, base: PaperVectors | null): Promise<Verdict> {
    const bicubic = await this.measured('bicubic')
    const measured: Partial<Record<Method, Measured>> = { bicubic, 'back-projection': await this.measured('back-projection') }
    if (base !== null) measured.base = await this.measured(base)
    if (best !== null) measured['fine-tuned'] = await this.measured(best)
    return judge(measured, bicubic.pixels)
  }

  private async measured(candidate: Candidate): Promise<Measured & { pixels: number }> {
    const all = await this.measure(await this.render(candidate), (block, estimate) => ({ ...block.quality(estimate), errors: block.pieces(estimate) }))
    return { pixels: all.reduce((sum, { pixels }) => sum + pixels, 0), quality: meanQuality(all.map(({ quality }) => quality)), errors: all.map(({ errors }) => errors) }
  }

  private async measure<T>(estimates: readonly Image[], index: (block: PaperHeldOutBlock, estimate: Image) => T): Promise<T[]> {
    const measured: T[] = []
    for (const [at, estimate] of estimates.entries()) {
      await this.context.breathe()
      measured.push(index(this.blocks[at] as PaperHeldOutBlock, estimate))
    }
    return measured
  }

  /** What a candidate makes of each block. */
  private async render(candidate: Candidate): Promise<Image[]> {
    if (candidate === 'bicubic') return this.blocks.map(({ bicubic }) => bicubic)
    if (candidate === 'back-projection') return this.blocks.map(({ backProjection }) => backProjection)
    const model = loadPaperModel(this.shape, candidate, this.side, this.valueScale)
    try {
      const estimates: Image[] = []
      for (const block of this.blocks) estimates.push(await block.render(model, this.context))
      return estimates
    } finally {
      model.dispose()
    }
  }
}
