import { dirname, join } from 'node:path'
import { keptCell } from '../accuracy/kept-cell.mjs'
import { ingredientCsv, ingredientReport } from './ingredient-report.mjs'
import { runTrial } from './trial.mjs'

const SECONDS = { random: 120, shipped: 240 }

const SHIPPED = 'as shipped'
const OTHER_NETWORKS = [
  'with multi-head attention', 'with channel gate', 'with both attentions', 'with both in every block', 'with both in windows of 12 x 12', '64 channels', '9 blocks',
]
const OTHER_TRAININGS = [
  'no guides', 'no maps of materials', 'no noise', 'no blur', 'no halved pictures',
  'upright only', 'all components alike', 'mean squared error', 'no average of the weights', 'no weight decay',
]
/** As `VARIATIONS` of src/main/workers/ablation/ingredients.ts. */
export const VARIATIONS = [SHIPPED, ...OTHER_NETWORKS, ...OTHER_TRAININGS]

/** The shipped weights' training without each of its ingredients, from random weights, measured on all scenes. */
export function ingredientPart(settings, where) {
  return partFrom('random', settings, where)
}

/** The same, going on from the shipped weights: for what does not change the network. */
export function continuedPart({ variations = [SHIPPED, ...OTHER_TRAININGS], ...settings }, where) {
  return partFrom('shipped', { ...settings, variations }, where)
}

function partFrom(start, { scenes, seeds, seconds = SECONDS[start], variations = VARIATIONS }, { data, results, engine, hashOf }) {
  const pictures = join(data, 'pretrain')
  const described = scenes.map(({ name, file, variable }) => ({ name, file: join(data, file), variable: variable ?? null }))
  const wanted = seeds.flatMap((seed) => variations.map((variation) => ({
    title: `${variation}, seed ${seed}`,
    compute: () => keptCell(
      { part: 'ingredients', variation, start, seconds, seed, engine, pictures: hashOf([pictures]), scenes: described.map(({ name, file }) => [name, hashOf([dirname(file)])]) },
      results,
      async () => ({ seed, ...(await runTrial('ingredient', { variation, pictures, scenes: described, start, seconds, seed })) }),
    ),
  })))
  return { facts: `${seconds} seconds of the processor for each training`, wanted, report: ingredientReport, csv: ingredientCsv }
}
