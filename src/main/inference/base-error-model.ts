import type { ErrorModel } from '../model/checkpoint-manifest'

/**
 * How the errors of base weights are told where no held-out block of their own scene taught it: fitted on the whole sample
 * scene (DLR HySU), degraded by the scale. On other scenes a rule of thumb (docs/accuracy-receipt.md); fine-tuning fits its own.
 */
const ONE_PASS: Record<number, ErrorModel> = {
  2: { floor: 0.0128, spread: 0, detail: 2.01 },
  3: { floor: 0.0194, spread: 0, detail: 2.75 },
  4: { floor: 0.0243, spread: 0, detail: 3.12 },
  8: { floor: 0.0249, spread: 0, detail: 6.95 },
}

/** The same with the spread over turned copies known. */
const TURNED: Record<number, ErrorModel> = {
  2: { floor: 0.0108, spread: 42.7, detail: 1.09 },
  3: { floor: 0.0146, spread: 46.8, detail: 1.46 },
  4: { floor: 0.0237, spread: 52.9, detail: 1.14 },
  8: { floor: 0.0223, spread: 20.8, detail: 6.5 },
}

/** `scale` is that of the result, 2, 3, 4 or 8; `copies` how many turned ones serve. */
export function baseErrorModel(scale: number, copies: number): ErrorModel {
  return (copies > 1 ? TURNED : ONE_PASS)[scale] as ErrorModel
}
