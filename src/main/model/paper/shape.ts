import { z } from 'zod'
import { StudioError } from '../../common/errors'

/** Bands that the network takes and gives at once; scenes with more are served in overlapping groups. */
export const GROUP_BANDS = 32

export const PAPER_SCALES = [2, 4, 8] as const

/**
 * What defines a published network (Muhammad & Laaksonen, arXiv 2506.05041), kept in its checkpoint. `variant` is 'text'
 * for the network and loss that the article describes, 'notebook' for those of its authors' notebooks, where the
 * maximum branch of the channel gate is a second average and the spectral term of the loss is identically zero.
 */
export const paperShapeSchema = z.strictObject({
  preset: z.literal('paper'),
  scale: z.literal(PAPER_SCALES),
  variant: z.enum(['text', 'notebook']),
  bands: z.literal(GROUP_BANDS),
})

export type PaperShape = z.infer<typeof paperShapeSchema>

/** The shape for `scale`. Throws 'invalid-argument' for a scale that was not published: choose 2, 4 or 8, or `studio`. */
export function paperShape(scale: number, variant: PaperShape['variant'] = 'text'): PaperShape {
  const known = PAPER_SCALES.find((candidate) => candidate === scale)
  if (known === undefined) {
    throw new StudioError('invalid-argument', `The paper preset has no ${scale}x network: its upsampling doubles, so it is published for 2x, 4x and 8x only.`, {
      remedy: 'Choose 2, 4 or 8, or the studio preset.',
    })
  }
  return { preset: 'paper', scale: known, variant, bands: GROUP_BANDS }
}
