import { dirname, join } from 'node:path'
import { keptCell } from '../accuracy/kept-cell.mjs'
import { dacn } from '../accuracy/dacn.mjs'
import { splitScene } from '../accuracy/scenes.mjs'
import { designReport, designCsv } from './design-report.mjs'
import { runTrial } from './trial.mjs'

const SCALE = 2
const SECONDS = 45

/** The designs of the published network on four scenes. */
export function designPart({ scenes, seeds, seconds = SECONDS }, { data, results, engine, hashOf }) {
  const wanted = seeds.flatMap((seed) => scenes.filter(({ mix }) => mix === true).map((scene) => ({
    title: `${scene.name}, seed ${seed}`,
    compute: () => {
      const file = join(data, scene.file)
      return keptCell({ part: 'designs', scene: [scene.name, hashOf([dirname(file)])], seconds, seed, engine }, results, async () => {
        const { train, test } = splitScene(await dacn(['info', file, ...(scene.variable === undefined ? [] : ['--variable', scene.variable])]), SCALE)
        const window = ([row, col, rows, cols]) => ({ row, col, rows, cols })
        const scores = await runTrial('designs', { scene: file, variable: scene.variable ?? null, train: window(train), test: window(test), seconds, seed })
        return { scene: scene.name, seed, scores }
      })
    },
  })))
  return { facts: `${seconds} seconds of the processor for each training`, wanted, report: designReport, csv: designCsv }
}
