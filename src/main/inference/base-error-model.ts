import type { ErrorModel } from '../model/checkpoint-manifest'

/**
 * How the errors of base weights are told where no held-out block of their own scene taught it: fitted on the whole sample
 * scene (DLR HySU), degraded by the scale. On other scenes a rule of thumb (docs/accuracy-receipt.md); fine-tuning fits its own.
 */
const ONE_PASS: Record<number, ErrorModel> = {
  2: { floor: 0.0123, spread: 0, detail: 1.88 },
  3: { floor: 0.0173, spread: 0, detail: 2.6 },
  4: { floor: 0.0253, spread: 0, detail: 3.02 },
  8: { floor: 0.0275, spread: 0, detail: 6.64 },
}

/** The same with the spread over turned copies known. */
const TURNED: Record<number, ErrorModel> = {
  2: { floor: 0.0108, spread: 54.4, detail: 0.717 },
  3: { floor: 0.0151, spread: 69.9, detail: 0.692 },
  4: { floor: 0.021, spread: 54.2, detail: 1.29 },
  8: { floor: 0.0248, spread: 34.8, detail: 5.81 },
}

/** `scale` is that of the result, 2, 3, 4 or 8; `copies` how many turned ones serve. */
export function baseErrorModel(scale: number, copies: number): ErrorModel {
  return (copies > 1 ? TURNED : ONE_PASS)[scale] as ErrorModel
}
