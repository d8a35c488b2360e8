import { SCENE_COMPONENTS } from '../../dataset/scene-components'
import { ALL_SYMMETRIES, type Symmetry } from '../../dataset/symmetry'
import { DEFAULT_QUALITY, servingSymmetries } from '../../inference/serving-symmetries'
import { BLOCK_MEANS, type Sensor } from './sensor'

/** What of a scene the network sharpens. */
export type Basis = 'principal components' | 'minimum noise fraction' | 'bands'

/** How the shipped weights serve, and of what sensor a scene. */
export interface Serving {
  basis: Basis
  /** How many of the basis, the first; of bands all. */
  components: number
  /** Turned copies of which the mean is taken. */
  symmetries: readonly Symmetry[]
  sensor: Sensor
}

const AS_SHIPPED: Serving = {
  basis: 'principal components', components: SCENE_COMPONENTS, symmetries: servingSymmetries(ALL_SYMMETRIES, DEFAULT_QUALITY), sensor: BLOCK_MEANS,
}

const served = (changes: Partial<Serving>): Serving => ({ ...AS_SHIPPED, ...changes })
const of = (changes: Partial<Sensor>): Serving => served({ sensor: { ...BLOCK_MEANS, ...changes } })

/** The shipped weights as they serve, served in another way, and as they serve scenes of other sensors. */
export const SERVINGS: Readonly<Record<string, Serving>> = {
  'as shipped': AS_SHIPPED,
  '1 copy': served({ symmetries: [0] }),
  '4 copies': served({ symmetries: [0, 1, 2, 3] }),
  '8 copies': served({ symmetries: ALL_SYMMETRIES }),
  '6 components': served({ components: 6 }),
  '24 components': served({ components: 24 }),
  'minimum noise fraction': served({ basis: 'minimum noise fraction' }),
  'every band': served({ basis: 'bands' }),
  'noise of the fine scene': of({ noise: 1 }),
  'bands half a pixel apart': of({ apart: true }),
  'Gaussian, sigma 0.3': of({ blur: 0.3 }),
  'Gaussian, sigma 0.5': of({ blur: 0.5 }),
}
