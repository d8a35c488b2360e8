import { convolution, convolveSame } from '../../model/convolution'
import { leakyRelu } from '../../model/leaky-relu'
import { channelGate, describeUpsampleBlock, upsampleBlock, type Normalise } from '../../model/paper/blocks'
import { describeGlobalAttention, globalAttention } from '../../model/paper/global-attention'
import { layerNorm } from '../../model/paper/normalisation'
import { GROUP_BANDS } from '../../model/paper/shape'
import { ParameterLayout, ParameterList, type Parameters } from '../../model/parameters'
import { tf, type Tensor, type Tensor4D } from '../../model/tensorflow'

/** What a feature block of the published network is made of. */
export interface AttentionDesign {
  name: string
  multiHead: boolean
  channelGate: boolean
  /** Map over the positions from channel mean and maximum (Woo et al. 2018). */
  spatialMap: boolean
  /** Attended features beside a 1x1 convolution of the input; false = attended features alone, twice as many. */
  augmented: boolean
}

export const DESIGNS: readonly AttentionDesign[] = [
  { name: 'no attention', multiHead: false, channelGate: false, spatialMap: false, augmented: true },
  { name: 'multi-head only', multiHead: true, channelGate: false, spatialMap: false, augmented: true },
  { name: 'channel only', multiHead: false, channelGate: true, spatialMap: false, augmented: true },
  { name: 'both (as published)', multiHead: true, channelGate: true, spatialMap: false, augmented: true },
  { name: 'both + spatial map', multiHead: true, channelGate: true, spatialMap: true, augmented: true },
  { name: 'both, plain convolution', multiHead: true, channelGate: true, spatialMap: false, augmented: false },
]

export const SCALE = 2

/** Half the published numbers of filters, so that a run of a minute comes to something. */
const BLOCKS = [16, 32, 64] as const
const PUBLISHED_UPSAMPLING = 128
const SPATIAL_KERNEL = 7

/** A design with as many upsampling filters as bring it to the parameters of the published one. */
export interface AblatedShape {
  design: AttentionDesign
  upsampling: number
}

export function ablatedShapes(): AblatedShape[] {
  const published = DESIGNS.find(({ name }) => name === 'both (as published)') as AttentionDesign
  const wanted = ablatedLayout({ design: published, upsampling: PUBLISHED_UPSAMPLING }).size
  return DESIGNS.map((design) => {
    const candidates = Array.from({ length: 2 * PUBLISHED_UPSAMPLING }, (_, at) => ({ design, upsampling: at + 1 }))
    const miss = (shape: AblatedShape): number => Math.abs(ablatedLayout(shape).size - wanted)
    return candidates.reduce((p, q) => (miss(q) < miss(p) ? q : p))
  })
}

function widthOf({ augmented }: AttentionDesign, filters: number): number {
  return augmented ? filters : 2 * filters
}

export function ablatedLayout({ design, upsampling }: AblatedShape): ParameterLayout {
  const list = new ParameterList()
  let maps: number = GROUP_BANDS
  for (const filters of BLOCKS) {
    const name = `block${filters}`
    const width = widthOf(design, filters)
    list.convolution(`${name}/conv`, 3, maps, width, 'glorot-uniform').normalisation(`${name}/batch-norm`, width)
    if (design.multiHead) describeGlobalAttention(list, `${name}/attention`, width)
    list.normalisation(`${name}/layer-norm`, width)
    if (design.channelGate) list.dense(`${name}/squeeze`, width, width / 2, 'he-normal').dense(`${name}/excite`, width / 2, width, 'he-normal')
    if (design.spatialMap) list.convolution(`${name}/spatial`, SPATIAL_KERNEL, 2, 1, 'glorot-uniform')
    if (design.augmented) list.convolution(`${name}/skip`, 1, maps, filters, 'glorot-uniform')
    maps = 2 * filters
  }
  describeUpsampleBlock(list, 'up', maps, upsampling)
  // starts at zero: the network adds to back-projected bicubic
  list.convolution('output', 3, 2 * upsampling, GROUP_BANDS, 'zeros')
  return new ParameterLayout(list.specs)
}

/** Moving means and variances of batch normalisation, in the order in which they are made. */
export function ablatedBuffers({ design, upsampling }: AblatedShape): ParameterLayout {
  const list = new ParameterList()
  const sizes = [...BLOCKS.map((filters) => [`block${filters}`, widthOf(design, filters)] as const), ['up', upsampling] as const]
  for (const [name, size] of sizes) list.add(`${name}/batch-norm/mean`, [size], 'zeros', false).add(`${name}/batch-norm/variance`, [size], 'ones', false)
  return new ParameterLayout(list.specs)
}

/** What is to be added to the upsampled bands: x [n, h, w, 32] -> [n, 2 h, 2 w, 32]. */
export function ablatedDetail(p: Parameters, { design }: AblatedShape, x: Tensor4D, normalise: Normalise): Tensor4D {
  let features = x
  for (const filters of BLOCKS) features = featureBlock(p, `block${filters}`, design, features, normalise)
  return convolution(p, 'output', upsampleBlock(p, 'up', features, normalise))
}

function featureBlock(p: Parameters, name: string, design: AttentionDesign, x: Tensor4D, normalise: Normalise): Tensor4D {
  const bias = p[`${name}/conv/bias`] as Tensor
  const convolved = leakyRelu(normalise(`${name}/batch-norm`, convolveSame(x, p[`${name}/conv/kernel`] as Tensor4D), bias))
  let y = layerNorm(p, `${name}/layer-norm`, design.multiHead ? tf.add<Tensor4D>(convolved, globalAttention(p, `${name}/attention`, convolved)) : convolved)
  if (design.channelGate) y = y.mul<Tensor4D>(channelGate(p, name, y, 'text'))
  if (design.spatialMap) y = y.mul<Tensor4D>(convolution(p, `${name}/spatial`, tf.concat([y.mean<Tensor4D>(3, true), y.max<Tensor4D>(3, true)], 3)).sigmoid())
  return design.augmented ? tf.concat([y, convolution(p, `${name}/skip`, x)], 3) : y
}
