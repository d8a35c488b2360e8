import { ALL_SYMMETRIES, type Symmetry } from '../../dataset/symmetry'
import { defaultStudioShape, type StudioShape } from '../../model/studio/shape'
import { charbonnier, type DetailLoss } from '../../model/studio/train-step'
import { PICTURE_RECIPE, withoutNoise, type PictureRecipe } from '../../training/base-pictures'

export const SCALE = 2

/** What base weights are trained with. */
export interface Ingredients {
  shape: StudioShape
  recipe: PictureRecipe
  symmetries: readonly Symmetry[]
  /** Whether the first components stand beside the one that is sharpened. */
  guided: boolean
  /** Whether strong components are drawn more often than weak ones. */
  weighted: boolean
  loss: DetailLoss
  averageDecay: number
  weightDecay: number
}

const ALL: Ingredients = {
  shape: defaultStudioShape(SCALE), recipe: PICTURE_RECIPE, symmetries: ALL_SYMMETRIES, guided: true, weighted: true,
  loss: charbonnier, averageDecay: 0.999, weightDecay: 1e-3,
}

const shaped = (changes: Partial<StudioShape>): Ingredients => ({ ...ALL, shape: { ...ALL.shape, ...changes } })
const pictured = (changes: Partial<PictureRecipe>): Ingredients => ({ ...ALL, recipe: { ...ALL.recipe, ...changes } })
const { variants } = ALL.recipe

/** The network and training of the shipped weights, and each without one of its ingredients, with one more, or with another in its place. */
export const VARIATIONS: Readonly<Record<string, Ingredients>> = {
  'as shipped': ALL,
  'with multi-head attention': shaped({ multiHead: true }),
  'with channel gate': shaped({ channelGate: true }),
  'with both attentions': shaped({ multiHead: true, channelGate: true }),
  'with both in every block': shaped({ multiHead: true, channelGate: true, dualEvery: 1 }),
  'with both in windows of 12 x 12': shaped({ multiHead: true, channelGate: true, window: 12 }),
  '64 channels': shaped({ channels: 64 }),
  '9 blocks': shaped({ blocks: 9 }),
  'no guides': { ...ALL, guided: false },
  'no maps of materials': pictured({ materialMaps: 0 }),
  'no noise': pictured(withoutNoise(PICTURE_RECIPE)),
  'no blur': pictured({ variants: variants.map((variant) => ({ ...variant, blur: 0 })) }),
  'no halved pictures': pictured({ variants: variants.map((variant) => ({ ...variant, halve: false })) }),
  'upright only': { ...ALL, symmetries: [0] },
  'all components alike': { ...ALL, weighted: false },
  'mean squared error': { ...ALL, loss: (error) => error.square().mean() },
  'no average of the weights': { ...ALL, averageDecay: 0 },
  'no weight decay': { ...ALL, weightDecay: 0 },
}
