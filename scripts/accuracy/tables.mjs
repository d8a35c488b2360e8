import { markdown } from './markdown.mjs'
import { CLASSICAL } from './methods.mjs'
import { mean, signed } from './numbers.mjs'

/** @typedef {import('./cell.mjs').Cell} Cell */

const COLUMNS = /** @type {const} */ ([
  ['PSNR dB', 'psnr', 2], ['SSIM', 'ssim', 4], ['SAM deg', 'samDegrees', 3], ['CC', 'correlation', 4], ['ERGAS', 'ergas', 3], ['RMSE', 'rmse', 5],
])

const spread = (values) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)) * (values.length / Math.max(1, values.length - 1)))

/** Mean over seeds, with the spread (sample standard deviation) where there are several. @param {number[]} values */
function figure(values, digits) {
  return values.length < 2 ? mean(values).toFixed(digits) : `${mean(values).toFixed(digits)} ± ${spread(values).toFixed(digits)}`
}

/** JSON knows no infinity: no number is an input that comes back exactly. */
function consistency(measured) {
  return measured.some(({ consistencyDb }) => consistencyDb === null) ? 'exact' : figure(measured.map(({ consistencyDb }) => consistencyDb), 1)
}

function qualityOf(cell, name) {
  return cell.rows.find((row) => row.name === name) ?? null
}

/** Of every method, learnt or not, the rows of a scene at a scale. @param {readonly Cell[]} cells */
function linesOf(cells) {
  const [first] = cells
  if (first === undefined) return []
  const classical = CLASSICAL.flatMap((name) => {
    const row = qualityOf(first, name)
    return row === null ? [] : [{ name, rows: [row], seconds: [], parameters: 0, adopted: '' }]
  })
  const names = [...new Set(cells.map(({ method }) => method))]
  return [...classical, ...names.map((name) => {
    const of = cells.filter(({ method }) => method === name)
    return {
      name, rows: of.map((cell) => cell.rows[0]), seconds: of.map(({ seconds }) => seconds), parameters: of[0].parameters,
      adopted: [...new Set(of.map(({ adopted }) => adopted))].filter((text) => text !== null).join(', '),
    }
  })]
}

/** A table a scene: every method with its six indices, consistency, seconds and parameters. @param {readonly Cell[]} cells of one scale */
export function sceneTables(cells) {
  return [...new Set(cells.map(({ scene }) => scene))].map((scene) => {
    const of = cells.filter((cell) => cell.scene === scene)
    const head = ['method', ...COLUMNS.map(([title]) => title), 'consistency dB', 'seconds', 'parameters', 'in use']
    const rows = linesOf(of).map(({ name, rows: measured, seconds, parameters, adopted }) => [
      name, ...COLUMNS.map(([, key, digits]) => figure(measured.map(({ quality }) => quality[key]), digits)),
      consistency(measured), seconds.length === 0 ? '' : figure(seconds, 0), parameters === 0 ? '' : String(parameters), adopted,
    ])
    return `### ${scene} (${of[0].testPixels} test pixels)\n\n${markdown(head, rows)}`
  })
}

/** Gain of each learnt method over back-projection: mean over the scenes, the worst scene, change of the spectral angle, how often expected errors held. @param {readonly Cell[]} cells of one scale */
export function gainTable(cells) {
  const scenes = [...new Set(cells.map(({ scene }) => scene))]
  const methods = [...new Set(cells.map(({ method }) => method))]
  const rows = methods.map((method) => {
    const gains = scenes.flatMap((scene) => {
      const of = cells.filter((cell) => cell.scene === scene && cell.method === method)
      if (of.length === 0) return []
      const rival = qualityOf(of[0], 'back-projection').quality
      const psnr = mean(of.map((cell) => cell.rows[0].quality.psnr)) - rival.psnr
      const angle = 100 * (mean(of.map((cell) => cell.rows[0].quality.samDegrees)) / rival.samDegrees - 1)
      return [{ scene, psnr, angle, runs: of.length, seconds: mean(of.map(({ seconds }) => seconds)), coverage: of.flatMap(({ coverage }) => coverage ?? []) }]
    })
    const worst = gains.reduce((p, q) => (q.psnr < p.psnr ? q : p))
    return [
      method, String(gains.length), String(Math.max(...gains.map(({ runs }) => runs))), signed(mean(gains.map(({ psnr }) => psnr)), 2), `${signed(worst.psnr, 2)} (${worst.scene})`,
      `${signed(mean(gains.map(({ angle }) => angle)), 1)} %`, mean(gains.map(({ seconds }) => seconds)).toFixed(0),
      shares(gains, 'withinOne'), shares(gains, 'withinTwo'),
    ]
  })
  return markdown(['method', 'scenes', 'seeds', 'PSNR gain dB, mean', 'least', 'SAM change, mean', 'training s, mean', 'errors within the expected one', 'within twice that'], rows)
}

/** How often expected errors held: mean over the scenes, least and most. */
function shares(gains, key) {
  const held = gains.filter(({ coverage }) => coverage.length > 0).map(({ coverage }) => 100 * mean(coverage.map((counted) => counted[key])))
  return held.length === 0 ? '' : `${mean(held).toFixed(0)} % (${Math.min(...held).toFixed(0)} to ${Math.max(...held).toFixed(0)})`
}

/** Every run as a line of comma-separated values. @param {readonly Cell[]} cells */
export function csv(cells) {
  const head = ['scene', 'scale', 'method', 'seed', 'psnr', 'ssim', 'sam_degrees', 'cc', 'ergas', 'rmse', 'consistency_db', 'seconds', 'steps', 'parameters', 'adopted', 'errors_within', 'errors_within_twice']
  const line = (cell, method, row, run) => [cell.scene, cell.scale, method, run ? cell.seed : '', ...COLUMNS.map(([, key]) => row.quality[key]), row.consistencyDb ?? '', ...(run ? [cell.seconds, cell.steps, cell.parameters, cell.adopted ?? '', cell.coverage?.withinOne ?? '', cell.coverage?.withinTwo ?? ''] : ['', '', '', '', '', ''])].join(',')
  const seen = new Set()
  const lines = cells.flatMap((cell) => {
    const place = `${cell.scene} ${cell.scale}`
    const classical = seen.has(place) ? [] : CLASSICAL.flatMap((name) => (qualityOf(cell, name) === null ? [] : [line(cell, name, qualityOf(cell, name), false)]))
    seen.add(place)
    return [...classical, line(cell, cell.method, cell.rows[0], true)]
  })
  return [head.join(','), ...lines].join('\n') + '\n'
}
