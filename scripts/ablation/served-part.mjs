import { dirname, join } from 'node:path'
import { keptCell } from '../accuracy/kept-cell.mjs'
import { shippedBase } from '../accuracy/shipped-base.mjs'
import { ingredientCsv, ingredientReport } from './ingredient-report.mjs'
import { runTrial } from './trial.mjs'

const SCALES = [2, 3, 4, 8]

/** As `SERVINGS` of src/main/workers/ablation/servings.ts. */
export const SERVINGS = [
  'as shipped', '1 copy', '4 copies', '8 copies', '6 components', '24 components', 'minimum noise fraction', 'every band',
  'noise of the fine scene', 'bands half a pixel apart', 'Gaussian, sigma 0.3', 'Gaussian, sigma 0.5',
]

/** The shipped weights served otherwise than by default, and for scenes of other sensors than they have learnt; nothing is trained. */
export function servedPart({ scenes, variations = SERVINGS }, { data, results, engine, hashOf }) {
  const described = scenes.map(({ name, file, variable }) => ({ name, file: join(data, file), variable: variable ?? null }))
  const wanted = SCALES.flatMap((scale) => variations.map((variation) => ({
    title: `${scale}x ${variation}`,
    compute: () => keptCell(
      { part: 'served', variation, scale, engine, base: hashOf([dirname(shippedBase(scale))]), scenes: described.map(({ name, file }) => [name, hashOf([dirname(file)])]) },
      results,
      async () => ({ seed: 1, scale, ...(await runTrial('serving', { variation, scale, scenes: described })) }),
    ),
  })))
  return { facts: 'nothing trained', wanted, report: servedReport, csv: servedCsv }
}

function servedReport(cells) {
  return SCALES.flatMap((scale) => {
    const of = cells.filter((cell) => cell.scale === scale)
    return of.length === 0 ? [] : [`## ${scale}x\n\n${ingredientReport(of)}`]
  }).join('\n\n')
}

function servedCsv(cells) {
  const [head] = ingredientCsv([]).trimEnd().split('\n')
  const lines = cells.flatMap((cell) => ingredientCsv([cell]).trimEnd().split('\n').slice(1).map((line) => `${cell.scale},${line}`))
  return `${[`scale,${head}`, ...lines].join('\n')}\n`
}
