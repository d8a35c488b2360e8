import type { ErrorModel } from '../model/checkpoint-manifest'

/**
 * How the errors of base weights are told where no held-out block of their own scene taught it: fitted on the whole sample
 * scene (DLR HySU), degraded by the scale. On other scenes a rule of thumb (docs/accuracy-receipt.md); fine-tuning fits its own.
 */
const ONE_PASS: Record<number, ErrorModel> = {
  2: { floor: 0.0118, spread: 0, detail: 1.89 },
  3: { floor: 0.0162, spread: 0, detail: 2.58 },
  4: { floor: 0.0234, spread: 0, detail: 2.85 },
  8: { floor: 0.0304, spread: 0, detail: 5.95 },
}

/** The same with the spread over turned copies known. */
const TURNED: Record<number, ErrorModel> = {
  2: { floor: 0.00965, spread: 59, detail: 0.716 },
  3: { floor: 0.0144, spread: 45.7, detail: 1.41 },
  4: { floor: 0.0199, spread: 53.6, detail: 0.964 },
  8: { floor: 0.0286, spread: 0, detail: 6.17 },
}

/** `scale` is that of the result, 2, 3, 4 or 8; `copies` how many turned ones serve. */
export function baseErrorModel(scale: number, copies: number): ErrorModel {
  return (copies > 1 ? TURNED : ONE_PASS)[scale] as ErrorModel
}
