import type { ErrorModel } from '../model/checkpoint-manifest'

/**
 * How the errors of base weights are told where no held-out block of their own scene taught it: fitted on the whole sample
 * scene (DLR HySU), degraded by the scale. On other scenes a rule of thumb (docs/accuracy-receipt.md); fine-tuning fits its own.
 */
const ONE_PASS: Record<number, ErrorModel> = {
  2: { floor: 0.0125, spread: 0, detail: 1.92 },
  3: { floor: 0.0177, spread: 0, detail: 2.75 },
  4: { floor: 0.0244, spread: 0, detail: 3.01 },
  8: { floor: 0.0276, spread: 0, detail: 6.66 },
}

/** The same with the spread over turned copies known. */
const TURNED: Record<number, ErrorModel> = {
  2: { floor: 0.0106, spread: 47.2, detail: 0.784 },
  3: { floor: 0.0142, spread: 60.9, detail: 0.909 },
  4: { floor: 0.0211, spread: 42.3, detail: 1.34 },
  8: { floor: 0.0261, spread: 0, detail: 6.76 },
}

/** `scale` is that of the result, 2, 3, 4 or 8; `copies` how many turned ones serve. */
export function baseErrorModel(scale: number, copies: number): ErrorModel {
  return (copies > 1 ? TURNED : ONE_PASS)[scale] as ErrorModel
}
