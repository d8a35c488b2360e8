import { markdown } from './markdown.mjs'
import { isPublished, SCRATCH, TUNED } from './methods.mjs'
import { mean } from './numbers.mjs'

/** @typedef {import('./cell.mjs').Cell} Cell */

/** Share of the published network's time in which we mean to be as good as it ever gets. */
const TARGET = 1 / 20

/** Held-out blocks are the same ground where bicubic scores the same there, dB. */
const SAME_GROUND = 1e-3

/**
 * When each method is as good on the held-out block as the published network ever got there, in seconds since the
 * command began, mean over seeds. Weights that are above at once need none. Returns null where no published network was trained.
 * @param {readonly Cell[]} cells of one scale
 */
export function timeTable(cells) {
  const rows = cells.filter(({ method, seed, curve }) => isPublished(method) && seed === 1 && curve.length > 0).map((published) => reached(published, cells))
  if (rows.length === 0) return null
  const head = ['scene', 'published network', 'its best, dB', 'bicubic there, dB', 'after s', 'base weights, s', `${TUNED}, s`, 'share', `${SCRATCH}, s`, 'share']
  const table = markdown(head, rows.map(({ scene, method, best, bicubic, after, base, tuned, scratch }) => [
    scene, method, best.toFixed(2), bicubic.toFixed(2), after.toFixed(0), text(base), text(tuned), share(tuned, after), text(scratch), share(scratch, after),
  ]))
  const judged = rows.filter(({ tuned }) => tuned !== null)
  const met = judged.filter(({ tuned, after }) => tuned / after <= TARGET).length
  const known = judged.length === 0 ? '' : ` ${TUNED} needs at most ${100 * TARGET} % of its time in ${met} of ${judged.length}.`
  const strangers = rows.flatMap(({ others }) => others)
  const ground = strangers.length === 0 ? 'All were judged on the same held-out ground: bicubic scores the same there.' : `Left out because judged on other held-out ground: ${strangers.join(', ')}.`
  return `### Seconds until the published network's best on the held-out block is reached\n\n${table}\n\nThe published network's best is that within its time. ${ground}${known}`
}

function reached(published, cells) {
  const top = published.curve.reduce((p, q) => (q.psnr > p.psnr ? q : p))
  const rivals = cells.filter(({ scene, method, curve }) => scene === published.scene && !isPublished(method) && curve.length > 0)
  const sameGround = ({ lines }) => Math.abs(lines.bicubic - published.lines.bicubic) <= SAME_GROUND
  const of = (name) => rivals.filter((rival) => rival.method === name && sameGround(rival))
  // training begins with a score of the weights that it starts from
  const starts = of(TUNED).map(({ curve }) => curve[0].psnr)
  return {
    scene: published.scene, method: published.method, best: top.psnr, bicubic: published.lines.bicubic, after: top.seconds,
    base: starts.length === 0 ? null : starts.every((psnr) => psnr >= top.psnr) ? 0 : Infinity,
    tuned: secondsTo(top.psnr, of(TUNED)), scratch: secondsTo(top.psnr, of(SCRATCH)),
    others: rivals.filter((rival) => !sameGround(rival)).map(({ scene, method }) => `${scene} ${method}`),
  }
}

/** null = was not trained, infinite = one of the runs did not get there. */
function secondsTo(psnr, cells) {
  return cells.length === 0 ? null : mean(cells.map(({ curve }) => curve.find((point) => point.psnr >= psnr)?.seconds ?? Infinity))
}

function text(seconds) {
  if (seconds === null) return ''
  return seconds === Infinity ? 'not reached' : seconds.toFixed(seconds > 0 && seconds < 10 ? 1 : 0)
}

function share(seconds, whole) {
  return seconds === null || seconds === Infinity ? '' : `${((100 * seconds) / whole).toFixed(1)} %`
}
