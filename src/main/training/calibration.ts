import { squaredShare } from '../inference/expected-error'
import type { Coverage, ErrorModel } from '../model/checkpoint-manifest'
import { fitErrorModel } from './fit-error-model'
import { joinErrors, type KnownErrors } from './known-errors'

/** How a model's errors are told, and how well that holds. */
export interface Calibration {
  errorModel: ErrorModel
  coverage: Coverage
}

/**
 * Fits the expected errors on all held-out ground. How often they hold is counted on ground that they were not fitted on:
 * each half of every block by what was fitted on the other halves. null where nothing can be fitted.
 */
export function calibrate(blocks: readonly (readonly [KnownErrors, KnownErrors])[]): Calibration | null {
  const halves = [joinErrors(blocks.map(([first]) => first)), joinErrors(blocks.map(([, second]) => second))] as const
  const errorModel = fitErrorModel(joinErrors(halves))
  if (errorModel === null) return null
  return { errorModel, coverage: addCoverage(halves.map((half, at) => coverageOf(fitErrorModel(halves[1 - at] as KnownErrors) ?? errorModel, half))) }
}

/** How often the error of a fine pixel is at most the one that `model` expects, and at most twice that. */
export function coverageOf(model: ErrorModel, { spread, detail, fine, fineCount }: KnownErrors): Coverage {
  let [pixels, one, two] = [0, 0, 0]
  for (let i = 0; i < fine.length; i++) {
    const squared = fine[i] as number
    if (Number.isNaN(squared)) continue
    const pixel = Math.floor(i / fineCount)
    const expected = squaredShare(model, spread[pixel] as number, detail[pixel] as number)
    pixels++
    if (squared <= expected) one++
    if (squared <= 4 * expected) two++
  }
  return { pixels, withinOne: pixels === 0 ? 0 : one / pixels, withinTwo: pixels === 0 ? 0 : two / pixels }
}

function addCoverage(parts: readonly Coverage[]): Coverage {
  const pixels = parts.reduce((sum, part) => sum + part.pixels, 0)
  const share = (pick: (part: Coverage) => number): number => (pixels === 0 ? 0 : parts.reduce((sum, part) => sum + pick(part) * part.pixels, 0) / pixels)
  return { pixels, withinOne: share(({ withinOne }) => withinOne), withinTwo: share(({ withinTwo }) => withinTwo) }
}
