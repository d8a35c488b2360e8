import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { curvePlot } from '../accuracy/curve-plot.mjs'

/**
 * One walk from the click to the result, in seconds since the click or the start of the command; the command line shows no
 * first picture, and tells no moment of the verdict. `lines`, dB: what the curve is compared with.
 * @typedef {{first?: number, overBicubicDb?: number, verdict?: number, result: number, cpuSeconds?: number,
 *   curve: {seconds: number, step: number, psnr: number}[], lines: {bicubic: number, backProjection: number, base: number | null}}} Walk
 */

const MOMENTS = /** @type {const} */ ({ first: 'first picture', verdict: 'verdict', result: 'result' })

/** The walk that took the median time. @template {Walk} T @param {readonly T[]} walks @returns {T} */
export function middleWalk(walks) {
  const ordered = [...walks].sort((p, q) => p.result - q.result)
  return ordered[Math.floor((ordered.length - 1) / 2)]
}

/** Every validation and moment of every walk as a line of comma-separated values. @param {readonly Walk[]} walks @param {readonly Walk[]} demos */
export function oneClickCsv(walks, demos) {
  const linesOf = (where) => (walk, index) => {
    const line = (what, seconds, step = '', psnr = '') => [where, index + 1, what, seconds.toFixed(2), step, psnr].join(',')
    return [
      ...walk.curve.map(({ seconds, step, psnr }) => line('validation', seconds, step, psnr.toFixed(4))),
      ...Object.keys(MOMENTS).filter((name) => walk[name] !== undefined).map((name) => line(name, walk[name])),
    ]
  }
  return ['where,run,what,seconds,step,psnr_db', ...walks.flatMap(linesOf('window')), ...demos.flatMap(linesOf('command line'))].join('\n') + '\n'
}

/**
 * Writes one-click.svg (the middle walks) and one-click.csv (all of them) into `folder`; returns their paths.
 * @param {string} folder @param {readonly Walk[]} walks in the window @param {readonly Walk[]} demos on the command line
 */
export function keepCurves(folder, walks, demos) {
  const walk = middleWalk(walks)
  mkdirSync(folder, { recursive: true })
  const [svg, csv] = ['one-click.svg', 'one-click.csv'].map((name) => join(folder, name))
  writeFileSync(svg, curvePlot('Sample scene, 2x, from one click', [{ method: 'window', ...walk }, { method: 'command line', ...middleWalk(demos) }], {
    since: 'the click, or the start of the command', marks: Object.entries(MOMENTS).map(([name, text]) => ({ seconds: walk[name], text })),
  }))
  writeFileSync(csv, oneClickCsv(walks, demos))
  return [svg, csv]
}
