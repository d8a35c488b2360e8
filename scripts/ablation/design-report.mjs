import { markdown } from '../accuracy/markdown.mjs'
import { mean, signed } from '../accuracy/numbers.mjs'
import { pairedMean, told, verdictOf } from './paired.mjs'

/**
 * A scene and seed: every design's quality, with that of the base that it adds to.
 * @typedef {{psnr: number, samDegrees: number, steps: number}} Score
 * @typedef {{scene: string, seed: number, scores: {design: string, parameters: number, base: {psnr: number, samDegrees: number}, atEqualSteps: Score, atEqualTime: Score}[]}} DesignCell
 */

const PUBLISHED = 'both (as published)'
/** What the article claims: both attentions together are better than either alone, and than none. */
const RIVALS = ['no attention', 'multi-head only', 'channel only']

/** Gains over back-projection of a design in every cell. @param {readonly DesignCell[]} cells @param {'atEqualSteps' | 'atEqualTime'} when */
function gains(cells, design, when) {
  return cells.flatMap(({ scene, seed, scores }) => scores.filter((score) => score.design === design).map((score) => ({ scene, seed, value: score[when].psnr - score.base.psnr, score })))
}

/** Of two designs, cell by cell. */
function difference(cells, design, other, when) {
  const theirs = gains(cells, other, when)
  return gains(cells, design, when).flatMap(({ scene, seed, value }) => theirs.filter((one) => one.scene === scene && one.seed === seed).map((one) => ({ scene, value: value - one.value })))
}

/** @param {readonly DesignCell[]} cells */
export function designReport(cells) {
  const designs = cells[0].scores.map(({ design }) => design)
  const rows = designs.map((design) => {
    const of = gains(cells, design, 'atEqualTime')
    return [
      design, String(of[0].score.parameters), mean(of.map(({ score }) => score.atEqualTime.steps)).toFixed(0),
      signed(mean(of.map(({ value }) => value)), 3), `${signed(mean(of.map(({ score }) => 100 * (score.atEqualTime.samDegrees / score.base.samDegrees - 1))), 1)} %`,
      told(pairedMean(difference(cells, design, PUBLISHED, 'atEqualTime'))), told(pairedMean(difference(cells, design, PUBLISHED, 'atEqualSteps'))),
    ]
  })
  const scenes = new Set(cells.map(({ scene }) => scene)).size
  const table = markdown(['design', 'parameters', 'steps', 'PSNR gain over back-projection dB', 'SAM change', 'against the published one, same time, dB', 'same steps, dB'], rows)
  return `${scenes} scenes, ${cells.length} runs; ± is the standard error over scenes.\n\n${table}\n\n${claim(cells)}`
}

/** Plainly, whether both attentions together beat none and either alone. */
function claim(cells) {
  return ['atEqualTime', 'atEqualSteps'].map((when) => {
    const parts = RIVALS.map((rival) => {
      const paired = pairedMean(difference(cells, PUBLISHED, rival, when))
      return `${told(paired)} dB against ${rival} (${verdictOf(paired)})`
    })
    return `Both attentions together, ${when === 'atEqualTime' ? 'same time' : 'same steps'}: ${parts.join('; ')}.`
  }).join('\n\n')
}

/** @param {readonly DesignCell[]} cells */
export function designCsv(cells) {
  const line = ({ scene, seed }, { design, parameters, base, atEqualSteps, atEqualTime }) => [
    scene, seed, design, parameters, base.psnr, base.samDegrees, ...[atEqualSteps, atEqualTime].flatMap(({ steps, psnr, samDegrees }) => [steps, psnr, samDegrees]),
  ].join(',')
  const head = 'scene,seed,design,parameters,base_psnr,base_sam_degrees,same_steps,same_steps_psnr,same_steps_sam_degrees,same_time_steps,same_time_psnr,same_time_sam_degrees'
  return `${[head, ...cells.flatMap((cell) => cell.scores.map((score) => line(cell, score)))].join('\n')}\n`
}
