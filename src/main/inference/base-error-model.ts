import type { Kernel } from '../dataset/degrade'
import type { ErrorModel } from '../model/checkpoint-manifest'
import { blurs } from '../model/studio/shipped-weights'
import { totalScale, type Cascade } from '../model/studio/tile-halo'

/** By the scale of the result. */
type ByScale = Record<number, ErrorModel>

/**
 * How the errors of base weights are told where no held-out block of their own scene taught it: fitted on the whole sample
 * scene (DLR HySU), degraded by the scale. On other scenes a rule of thumb (docs/accuracy-receipt.md); fine-tuning fits its own.
 */
const ONE_PASS: ByScale = {
  2: { floor: 0.0118, spread: 0, detail: 1.89 },
  3: { floor: 0.0162, spread: 0, detail: 2.58 },
  4: { floor: 0.0234, spread: 0, detail: 2.85 },
  8: { floor: 0.0304, spread: 0, detail: 5.95 },
}

/** The same with the spread over turned copies known. */
const TURNED: ByScale = {
  2: { floor: 0.00965, spread: 59, detail: 0.716 },
  3: { floor: 0.0144, spread: 45.7, detail: 1.41 },
  4: { floor: 0.0199, spread: 53.6, detail: 0.964 },
  8: { floor: 0.0286, spread: 0, detail: 6.17 },
}

/** The same for scenes that are reduced by a Gaussian of half the scale before the block means, and the weights for them. */
const PSF_ONE_PASS: ByScale = {
  2: { floor: 0.00892, spread: 0, detail: 0.926 },
  3: { floor: 0.0146, spread: 0, detail: 1.36 },
  4: { floor: 0.0194, spread: 0, detail: 1.68 },
  8: { floor: 0.0168, spread: 0, detail: 4.08 },
}

const PSF_TURNED: ByScale = {
  2: { floor: 0.00854, spread: 26.6, detail: 0.721 },
  3: { floor: 0.0141, spread: 30.5, detail: 0.859 },
  4: { floor: 0.0179, spread: 52.2, detail: 0.866 },
  8: { floor: 0.0157, spread: 9.08, detail: 3.78 },
}

/** For the shipped weights of a cascade that reduces by `kernel` in all; `copies` = how many turned ones serve. */
export function baseErrorModel(cascade: Cascade, kernel: Kernel, copies: number): ErrorModel {
  const [onePass, turned] = blurs(kernel, cascade) ? [PSF_ONE_PASS, PSF_TURNED] : [ONE_PASS, TURNED]
  return (copies > 1 ? turned : onePass)[totalScale(cascade)] as ErrorModel
}
