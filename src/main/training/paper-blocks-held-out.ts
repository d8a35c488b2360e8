import type { Image } from '../cube/image'
import type { Kernel } from '../dataset/degrade'
import type { Quality } from '../model/checkpoint-manifest'
import type { PaperModel } from '../model/paper/predict'
import type { BlockScore } from './block-score'
import { PaperHeldOutBlock } from './paper-held-out-block'
import type { PaperMaterial } from './paper-material'

type Classical = 'bicubic' | 'back-projection'

/** The held-out blocks of all scenes: scores are means over them. */
export class PaperBlocksHeldOut {
  private readonly blocks: PaperHeldOutBlock[]
  /** Tiles that the network sharpens for one score. */
  readonly tileCount: number

  constructor(materials: readonly PaperMaterial[], side: number, scale: number, kernel: Kernel) {
    this.blocks = materials.map(({ image, validation, peak }) => new PaperHeldOutBlock(image.highRes, validation, side, scale, kernel, peak))
    this.tileCount = this.blocks.reduce((sum, block) => sum + block.tileCount(side), 0)
  }

  score(method: Classical): BlockScore {
    return this.meanScore((block) => classical(block, method))
  }

  networkScore(model: PaperModel): BlockScore {
    return this.meanScore((block) => block.render(model))
  }

  quality(method: Classical): Quality {
    return this.meanQuality((block) => classical(block, method))
  }

  networkQuality(model: PaperModel): Quality {
    return this.meanQuality((block) => block.render(model))
  }

  private meanScore(render: (block: PaperHeldOutBlock) => Image): BlockScore {
    const scores = this.blocks.map((block) => block.quickScore(render(block)))
    const mean = (key: keyof BlockScore): number => scores.reduce((sum, score) => sum + score[key], 0) / scores.length
    return { psnr: mean('psnr'), samDegrees: mean('samDegrees') }
  }

  private meanQuality(render: (block: PaperHeldOutBlock) => Image): Quality {
    const all = this.blocks.map((block) => block.quality(render(block)))
    const mean = (key: keyof Quality): number => all.reduce((sum, quality) => sum + quality[key], 0) / all.length
    return { psnr: mean('psnr'), ssim: mean('ssim'), samDegrees: mean('samDegrees'), correlation: mean('correlation'), ergas: mean('ergas'), rmse: mean('rmse') }
  }
}

function classical(block: PaperHeldOutBlock, method: Classical): Image {
  return method === 'bicubic' ? block.bicubic : block.backProjection
}
