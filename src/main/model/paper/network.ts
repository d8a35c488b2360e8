import { ParameterLayout, ParameterList, type Parameters } from '../parameters'
import type { Tensor, Tensor4D } from '../tensorflow'
import { describeFeatureBlock, describeUpsampleBlock, featureBlock, upsampleBlock, upsampledOutput, type Normalise } from './blocks'
import { batchNormInference, batchNormTraining } from './normalisation'
import type { PaperShape } from './shape'

/** Filters of the feature blocks; every block gives twice as many maps. */
const BLOCKS = [32, 64, 128] as const

/** Filters of the upsampling blocks for each scale; every block gives twice as many maps and doubles the sides. */
const UPS = { 2: [256], 4: [256, 128], 8: [256, 128, 16] } as const

/** The trainable parameters; shapes are those of Keras, so that weights of the published network can be carried over. */
export function paperLayout({ scale, bands }: PaperShape): ParameterLayout {
  const list = new ParameterList()
  let maps: number = bands
  for (const filters of BLOCKS) {
    describeFeatureBlock(list, `block${filters}`, maps, filters)
    maps = 2 * filters
  }
  for (const filters of UPS[scale]) {
    describeUpsampleBlock(list, `up${filters}`, maps, filters)
    maps = 2 * filters
  }
  list.convolution('output', 3, maps, bands, 'glorot-uniform')
  return new ParameterLayout(list.specs)
}

/** Moving means and variances of batch normalisation: saved with the model, not trained. */
export function paperBuffers({ scale }: PaperShape): ParameterLayout {
  const list = new ParameterList()
  for (const [kind, filters] of [...BLOCKS.map((f) => ['block', f] as const), ...UPS[scale].map((f) => ['up', f] as const)]) {
    const name = `${kind}${filters}/batch-norm`
    list.add(`${name}/mean`, [filters], 'zeros', false).add(`${name}/variance`, [filters], 'ones', false)
  }
  return new ParameterLayout(list.specs)
}

export interface PaperOutput {
  /** [n, scale * h, scale * w, bands], in the unit of the input. */
  output: Tensor4D
  /** Means and variances of this batch in the order of `paperBuffers`; empty at inference. */
  moments: Tensor[]
}

/**
 * The published dual-attention network (Muhammad & Laaksonen, arXiv 2506.05041). `x` [n, h, w, bands]. In training, batch
 * statistics normalise and are returned as `moments` (keep them when calling inside a gradient function); at inference
 * `buffers` do. Attention spans the whole input, so the result at a pixel depends on the size and place of the tile.
 * Cost of a 2x tile of 72x72 positions: 46 GFLOP, half of it attention (55 as published; see `composedUpsampling`).
 */
export function paperForward(p: Parameters, buffers: Parameters, shape: PaperShape, x: Tensor4D, training: boolean): PaperOutput {
  const moments: Tensor[] = []
  const normalise: Normalise = (name, t, bias) => {
    if (!training) return batchNormInference(p, buffers, name, t, bias)
    const normalised = batchNormTraining(p, name, t, bias)
    moments.push(...normalised.moments)
    return normalised.output
  }
  let features = x
  for (const filters of BLOCKS) features = featureBlock(p, `block${filters}`, features, shape.variant, normalise)
  const ups = UPS[shape.scale]
  for (const filters of ups.slice(0, -1)) features = upsampleBlock(p, `up${filters}`, features, normalise)
  return { output: upsampledOutput(p, `up${ups[ups.length - 1] as number}`, features, normalise), moments }
}
