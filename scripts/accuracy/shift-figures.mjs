/** @typedef {import('./shift-cell.mjs').ShiftCell} ShiftCell */

/**
 * What a method gained over another: `promised` by the verdict with its standard error (null = can't be told), `true` at
 * the finer scale, dB; `held` = whether the two lie within two standard errors, null where that can't be told.
 * @typedef {{promised: number, standardError: number | null, true: number, held: boolean | null}} Kept
 */

/** @param {import('./shift-cell.mjs').Rows} rows @param {string} name */
export function qualityIn(rows, name) {
  return rows.find((row) => row.name === name).quality
}

/** Gain of the estimate over a method without learning, dB. @param {import('./shift-cell.mjs').Rows} rows @param {string} rival */
export function gainIn(rows, rival) {
  return rows[0].quality.psnr - qualityIn(rows, rival).psnr
}

/** Change of the spectral angle of the estimate against back-projection, per cent. @param {import('./shift-cell.mjs').Rows} rows */
export function angleChangeIn(rows) {
  return 100 * (rows[0].quality.samDegrees / qualityIn(rows, 'back-projection').samDegrees - 1)
}

/**
 * What was promised where a scene was learnt at the coarser scale, beside what came true at its own. `best` = the method
 * that is truly the best of those that could have served, `regret` = by how much it beats what serves, dB. Weights that
 * were not adopted are not in the model folder and so not among them: `overBase` is null then.
 * @param {ShiftCell} cell with a verdict
 * @returns {{adopted: string, overBackProjection: Kept, overBicubic: Kept, overBase: Kept | null, angle: {promised: number, true: number}, best: string, regret: number}}
 */
export function shiftFigures({ verdict, served, base }) {
  const { adopted } = verdict
  const promisedAngle = (method) => verdict.methods.find((one) => one.method === method).quality.samDegrees
  const ours = { name: adopted, psnr: served[0].quality.psnr }
  const rivals = [
    { name: 'base', psnr: base.fine[0].quality.psnr },
    ...['back-projection', 'bicubic'].map((name) => ({ name, psnr: qualityIn(served, name).psnr })),
  ].filter(({ name }) => name !== adopted)
  const best = rivals.reduce((p, q) => (q.psnr > p.psnr ? q : p), ours)
  return {
    adopted, overBackProjection: keptOf(verdict, 'back-projection', gainIn(served, 'back-projection')), overBicubic: keptOf(verdict, 'bicubic', gainIn(served, 'bicubic')),
    overBase: adopted === 'fine-tuned' ? keptOf(verdict, 'base', ours.psnr - base.fine[0].quality.psnr) : null,
    angle: { promised: 100 * (promisedAngle(adopted) / promisedAngle('back-projection') - 1), true: angleChangeIn(served) },
    best: best.name, regret: best.psnr - ours.psnr,
  }
}

function keptOf({ adopted, gains }, rival, came) {
  const { decibels, standardError } = promisedGain(gains, adopted, rival)
  return { promised: decibels, standardError, true: came, held: adopted === rival || standardError === null ? null : Math.abs(came - decibels) <= 2 * standardError }
}

/** The verdict lists each pair once, the costlier method first. */
function promisedGain(gains, method, over) {
  if (method === over) return { decibels: 0, standardError: 0 }
  const gain = gains.find((one) => one.method === method && one.over === over)
  if (gain !== undefined) return gain
  const turned = gains.find((one) => one.method === over && one.over === method)
  return { decibels: -turned.decibels, standardError: turned.standardError }
}
