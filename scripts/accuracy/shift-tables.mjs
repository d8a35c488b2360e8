import { markdown } from './markdown.mjs'
import { mean, signed } from './numbers.mjs'
import { angleChangeIn, gainIn, shiftFigures } from './shift-figures.mjs'

/** @typedef {import('./shift-cell.mjs').ShiftCell} ShiftCell */

const decibels = (value) => signed(value, 2)
const percent = (value) => `${signed(value, 1)} %`
const promise = ({ promised, standardError }) => `${decibels(promised)}${standardError === null ? '' : ` ± ${standardError.toFixed(2)}`}`
const answer = (held) => (held === null ? '' : held ? 'yes' : 'no')
const count = (all, what) => `${all.length} ${what}${all.length === 1 ? '' : 's'}`
const trainings = (cells) => cells.filter(({ verdict }) => verdict !== null).map((cell) => ({ cell, ...shiftFigures(cell) }))

/** What the one click promised on each scene and what came true, a row a training. @param {readonly ShiftCell[]} cells of one scale */
export function shiftTable(cells) {
  const head = [
    'scene', 'seed', 'in use', 'gain over back-projection promised, dB', 'came true', 'difference', 'within 2 standard errors',
    'over bicubic promised, dB', 'came true', 'difference', 'within 2 standard errors', 'SAM against back-projection promised', 'came true', 'truly best', 'better by dB', 'seconds',
  ]
  const all = trainings(cells)
  const kept = (figures) => [promise(figures), decibels(figures.true), decibels(figures.true - figures.promised), answer(figures.held)]
  const rows = all.map(({ cell, adopted, overBackProjection, overBicubic, angle, best, regret }) => [
    cell.scene, String(cell.seed), adopted, ...kept(overBackProjection), ...kept(overBicubic), percent(angle.promised), percent(angle.true), best, regret.toFixed(2), cell.seconds.toFixed(0),
  ])
  const means = (key) => {
    const [promised, came] = [mean(all.map((one) => one[key].promised)), mean(all.map((one) => one[key].true))]
    return [decibels(promised), decibels(came), decibels(came - promised), ofHeld(all.map((one) => one[key].held))]
  }
  return all.length === 0 ? null : markdown(head, [...rows, [
    `mean of ${all.length}`, '', '', ...means('overBackProjection'), ...means('overBicubic'),
    percent(mean(all.map(({ angle }) => angle.promised))), percent(mean(all.map(({ angle }) => angle.true))), '', mean(all.map(({ regret }) => regret)).toFixed(2), mean(all.map(({ cell }) => cell.seconds)).toFixed(0),
  ]])
}

/** The shipped weights as they are, on whole scenes at both scales: what the shift of scale alone does. @param {readonly ShiftCell[]} cells of one scale */
export function shippedTable(cells) {
  const gains = shippedGains(cells)
  const head = ['scene', 'gain over back-projection one scale coarser, dB', 'at the scale of use', 'difference', 'SAM one scale coarser', 'at the scale of use', '']
  const row = (name, { coarse, fine, coarseAngle, fineAngle }, note) => [name, decibels(coarse), decibels(fine), decibels(fine - coarse), percent(coarseAngle), percent(fineAngle), note]
  const average = Object.fromEntries(['coarse', 'fine', 'coarseAngle', 'fineAngle'].map((key) => [key, mean(gains.map((gain) => gain[key]))]))
  return markdown(head, [...gains.map((gain) => row(gain.scene, gain, gain.refusal ?? '')), row(`mean of ${gains.length}`, average, '')])
}

/** The upshot in sentences. @param {readonly ShiftCell[]} cells of one scale */
export function statement(cells) {
  const all = trainings(cells)
  const gains = shippedGains(cells)
  const average = (key) => mean(gains.map((gain) => gain[key]))
  const shipped = `The shipped weights as they are, on ${count(gains, 'whole scene')}: ${decibels(average('coarse'))} dB over back-projection one scale coarser, ${decibels(average('fine'))} dB at the scale of use${share(average('fine'), average('coarse'))}.`
  if (all.length === 0) return shipped
  return [...['back-projection', 'bicubic'].map((rival) => survival(all, rival)), regretOf(all), adoptionsOf(all), shipped].join(' ')
}

function survival(all, rival) {
  const kept = all.map((one) => ({ scene: one.cell.scene, ...(rival === 'bicubic' ? one.overBicubic : one.overBackProjection) }))
  const [promised, came] = [mean(kept.map((one) => one.promised)), mean(kept.map((one) => one.true))]
  const worst = kept.reduce((p, q) => (q.true - q.promised < p.true - p.promised ? q : p))
  return `Over ${rival} the verdict promised ${decibels(promised)} dB as the mean of ${count(all, 'training')} and ${decibels(came)} dB came true${share(came, promised)};`
    + ` worst on ${worst.scene}: ${promise(worst)} dB promised, ${decibels(worst.true)} dB came true. ${ofHeld(kept.map(({ held }) => held))} lie within two standard errors.`
}

function regretOf(all) {
  const worst = all.reduce((p, q) => (q.regret > p.regret ? q : p))
  const right = all.filter(({ regret }) => regret === 0).length
  const most = worst.regret === 0 ? '' : `; at most ${worst.regret.toFixed(2)} dB were given away (${worst.cell.scene}, where ${worst.best} is truly better than ${worst.adopted})`
  return `Of what could have served, the verdict chose the truly best in ${right} of ${all.length}${most}.`
}

/** Fine-tuned weights serve because they promised more than the shipped ones: did they give it? */
function adoptionsOf(all) {
  const adopted = all.filter(({ overBase }) => overBase !== null)
  const each = adopted.map(({ cell, overBase }) => `${cell.scene} ${promise(overBase)} dB promised, ${decibels(overBase.true)} dB came true`)
  return `Fine-tuned weights were adopted in ${adopted.length} of ${all.length}${each.length === 0 ? '' : `; over the shipped weights: ${each.join('; ')}`}.`
}

/** One row a scene: the shipped weights have no seed. */
function shippedGains(cells) {
  return [...new Map(cells.map((cell) => [cell.scene, cell])).values()].map(({ scene, refusal, base: { coarse, fine } }) => ({
    scene, refusal, coarse: gainIn(coarse, 'back-projection'), fine: gainIn(fine, 'back-projection'), coarseAngle: angleChangeIn(coarse), fineAngle: angleChangeIn(fine),
  }))
}

function ofHeld(all) {
  const told = all.filter((held) => held !== null)
  return `${told.filter((held) => held).length} of ${told.length}`
}

/** How much of a gain survives; of nothing there is no share. */
function share(came, promised) {
  return promised > 0 ? ` (${((100 * came) / promised).toFixed(0)} %)` : ''
}
