import { angleChangeIn, gainIn, shiftFigures } from './shift-figures.mjs'

const HEAD = [
  'scene', 'scale', 'seed', 'adopted', 'promised_over_back_projection', 'standard_error', 'true_over_back_projection', 'promised_over_bicubic', 'standard_error_over_bicubic', 'true_over_bicubic',
  'promised_sam_change', 'true_sam_change', 'truly_best', 'regret', 'shipped_gain_coarser', 'shipped_gain', 'shipped_sam_change_coarser', 'shipped_sam_change', 'seconds', 'steps',
]

/** Every scene and seed as a line of comma-separated values: gains in dB, changes in per cent; empty where nothing was trained. @param {readonly import('./shift-cell.mjs').ShiftCell[]} cells */
export function shiftCsv(cells) {
  const lines = cells.map((cell) => {
    const { scene, scale, seed, base: { coarse, fine }, seconds, steps } = cell
    return [scene, scale, seed, ...trainedFigures(cell), gainIn(coarse, 'back-projection'), gainIn(fine, 'back-projection'), angleChangeIn(coarse), angleChangeIn(fine), seconds, steps].join(',')
  })
  return [HEAD.join(','), ...lines].join('\n') + '\n'
}

function trainedFigures(cell) {
  if (cell.verdict === null) return Array.from({ length: 11 }, () => '')
  const { adopted, overBackProjection, overBicubic, angle, best, regret } = shiftFigures(cell)
  const kept = ({ promised, standardError, true: came }) => [promised, standardError ?? '', came]
  return [adopted, ...kept(overBackProjection), ...kept(overBicubic), angle.promised, angle.true, best, regret]
}
