// `npm run bench:ablation -- [--part designs|ingredients|continued|served] [options]`: what each part of the networks is worth. `designs`
// trains the published network and its designs without one attention or the other, with as many parameters and as much
// time, on the upper rows of scenes and tests on the lower ones. `ingredients` trains the shipped weights' network from
// random weights on the pictures, each time without one ingredient, and measures whole scenes; `continued` goes on from the
// shipped weights, for what helps a network that knows little need not help one that knows much; `served` trains nothing and
// measures the shipped weights with other spectral transforms, copies and sensors. Time is that of the processor, so that
// what runs beside does not count. Finished cells are kept as those of `npm run bench:accuracy`.
// Writes <part>.md and .csv into bench-results/ablation.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { designPart } from './ablation/design-part.mjs'
import { continuedPart, ingredientPart } from './ablation/ingredient-part.mjs'
import { servedPart } from './ablation/served-part.mjs'
import { contentHashOnce, engineHash } from './accuracy/content-key.mjs'
import { scenesPresent } from './accuracy/scenes-present.mjs'
import { root } from './bench/process.mjs'

const PARTS = { designs: designPart, ingredients: ingredientPart, continued: continuedPart, served: servedPart }

const { values } = parseArgs({
  options: {
    part: { type: 'string', default: 'designs,ingredients,continued,served' },
    data: { type: 'string', default: join(root, '..', 'shared', 'data') },
    out: { type: 'string', default: join(root, 'bench-results', 'ablation') },
    seeds: { type: 'string', default: '3' },
    seconds: { type: 'string' },
    variations: { type: 'string' },
  },
})
const scenes = scenesPresent(values.data)
const seeds = Array.from({ length: Number(values.seeds) }, (_, at) => at + 1)
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
mkdirSync(values.out, { recursive: true })

for (const name of values.part.split(',')) {
  if (!Object.hasOwn(PARTS, name)) throw new Error(`--part ${name}: choose ${Object.keys(PARTS).join(' or ')}.`)
  const part = PARTS[name]({ scenes, seeds, seconds: values.seconds === undefined ? undefined : Number(values.seconds), variations: values.variations?.split(',') }, { data: values.data, results: values.out, engine: engineHash(root), hashOf: contentHashOnce() })
  const cells = []
  for (const [index, { title, compute }] of part.wanted.entries()) {
    const place = `${name} ${index + 1}/${part.wanted.length} ${title}`
    try {
      cells.push(await compute())
      console.log(`${place}: done`)
    } catch (error) {
      process.exitCode = 1
      console.error(`${place} failed: ${error.message}`)
      continue
    }
    writeFileSync(join(values.out, `${name}.md`), `Commit ${commit}, ${cpus()[0]?.model ?? 'unknown processor'}; ${part.facts}.\n\n${part.report(cells)}\n`)
    writeFileSync(join(values.out, `${name}.csv`), part.csv(cells))
  }
}
