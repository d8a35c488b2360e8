import { z } from 'zod'

/** What defines a `studio` network, kept in its checkpoint. */
export const studioShapeSchema = z.strictObject({
  preset: z.literal('studio'),
  scale: z.union([z.literal(2), z.literal(3), z.literal(4)]),
  channels: z.int().min(8).max(256),
  blocks: z.int().min(1).max(64),
  /** Every n-th residual block is a dual-attention block. */
  dualEvery: z.int().min(1).max(64),
  multiHead: z.boolean(),
  channelGate: z.boolean(),
  heads: z.int().min(1).max(16),
  /** Side of the attention windows in low-resolution pixels. */
  window: z.int().min(2).max(32),
})

export type StudioShape = z.infer<typeof studioShapeSchema>

export function defaultStudioShape(scale: StudioShape['scale']): StudioShape {
  return { preset: 'studio', scale, channels: 48, blocks: 6, dualEvery: 2, multiHead: false, channelGate: false, heads: 4, window: 6 }
}

/** Side of the windows, in low-resolution pixels, that the network sees its input in, which tiles must keep: 1 where it has neither attention. */
export function windowSide({ multiHead, channelGate, window }: StudioShape): number {
  return multiHead || channelGate ? window : 1
}

/**
 * How far, in low-resolution pixels, an output pixel depends on its surroundings: three 3x3 convolutions outside the
 * blocks, two in each, and up to a window's side for each attention or gating. A multiple of the window, so that tiles with a
 * halo of this width keep the same window grid as the whole image.
 */
export function receptiveHalo(shape: StudioShape): number {
  const { blocks, dualEvery } = shape
  const window = windowSide(shape)
  const reach = 3 + 2 * blocks + Math.floor(blocks / dualEvery) * (window - 1)
  return Math.ceil(reach / window) * window
}
