import { cellOf } from './cell.mjs'
import { curvePlot } from './curve-plot.mjs'
import { trainedMethods } from './methods.mjs'
import { csv, gainTable, sceneTables } from './tables.mjs'
import { timeTable } from './time-table.mjs'

const PAPER_MINUTES = 10

/**
 * A way to measure. `wanted` = what is to be computed, first what matters most; `upshot` = a finished cell in a few words;
 * `report` = the parts of the Markdown, the CSV and files beside them, of all cells so far.
 * @typedef {{name: string, wanted: {name: string, compute: () => Promise<object | null>}[], upshot: (cell: any) => string,
 *   report: (cells: any[]) => {parts: string[], csv: string, files: Record<string, string>, note: string}}} Protocol
 * `scenesNamed`: the user asked for just these scenes; methods that take long, else on a few, are then measured on all of them.
 * @typedef {{scenes: import('./scenes.mjs').Scene[], scenesNamed: boolean, scales: number[], seeds: number, minutes: number, paperMinutes?: number, methods?: string[]}} Settings
 */

/**
 * Trains every method on the upper rows of each scene and tests it on the lower ones.
 * @param {Settings} settings @param {import('./cell.mjs').Where} where @returns {Protocol}
 */
export function splitProtocol({ scenes, scenesNamed, scales, seeds, minutes, paperMinutes = PAPER_MINUTES, methods: chosen }, where) {
  const methods = trainedMethods({ minutes, paperMinutes, seeds }).filter(({ name }) => chosen?.includes(name) ?? true)
  // seeds last: an early end leaves all scenes and methods with one seed
  const wanted = Array.from({ length: Math.max(...methods.map((method) => method.seeds)) }, (_, run) => run + 1).flatMap((seed) =>
    methods.filter((method) => seed <= method.seeds).flatMap((method) =>
      scales.flatMap((scale) => scenes.filter(({ mix }) => scenesNamed || !method.mixOnly || mix === true).map((scene) => ({
        name: `${scene.name} ${scale}x ${method.name}, seed ${seed}`, compute: () => cellOf({ scene, method, scale, seed }, where),
      })))))
  return { name: 'accuracy', wanted, upshot, report: (cells) => ({ ...report(cells, scales), csv: csv(withCorrected(cells)), note: `published network ${paperMinutes}` }) }
}

function upshot({ rows, seconds }) {
  const rival = rows.find((row) => row.name === 'back-projection').quality
  return `${rows[0].quality.psnr.toFixed(2)} dB (${(rows[0].quality.psnr - rival.psnr).toFixed(2)} over back-projection), ${seconds.toFixed(0)} s`
}

function report(cells, scales) {
  const files = {}
  const plots = []
  const parts = scales.flatMap((scale) => {
    const of = cells.filter((cell) => cell.scale === scale)
    if (of.length === 0) return []
    for (const scene of new Set(of.map((cell) => cell.scene))) {
      const plot = curvePlot(`${scene}, ${scale}x`, of.filter((cell) => cell.scene === scene && cell.seed === 1))
      if (plot === null) continue
      files[`${scene}-${scale}x.svg`] = plot
      plots.push(`![${scene}, ${scale}x](${scene}-${scale}x.svg)`)
    }
    const times = timeTable(of)
    const shown = withCorrected(of)
    return [`## ${scale}x`, gainTable(shown), ...(times === null ? [] : [times]), ...sceneTables(shown)]
  })
  return { parts: [...parts, ...plots], files }
}

/** The published network with its block means made those of the input stands in the tables beside what it makes itself. */
function withCorrected(cells) {
  return cells.flatMap((cell) => (cell.corrected === null ? [cell] : [cell, { ...cell, method: `${cell.method} made consistent`, rows: [cell.corrected, ...cell.rows.slice(1)] }]))
}
