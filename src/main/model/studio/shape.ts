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
  return { preset: 'studio', scale, channels: 48, blocks: 6, dualEvery: 2, multiHead: true, channelGate: true, heads: 4, window: 6 }
}

/**
 * How far, in low-resolution pixels, an output pixel depends on its surroundings: three 3x3 convolutions outside the
 * blocks, two in each, and up to a window's side for attention or gating. A multiple of the window, so that tiles with a
 * halo of this width keep the same window grid as the whole image.
 */
export function receptiveHalo({ blocks, dualEvery, multiHead, channelGate, window }: StudioShape): number {
  const windowed = multiHead || channelGate ? Math.floor(blocks / dualEvery) : 0
  const reach = 3 + 2 * blocks + windowed * (window - 1)
  return Math.ceil(reach / window) * window
}
