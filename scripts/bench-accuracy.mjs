// `npm run bench:accuracy -- [options]`: how good the results are on every shared scene, all through the command line as a
// user would. `--protocol split` (default) trains every method on the upper rows of a scene and tests on the lower ones;
// `--protocol scale-shift` degrades scenes twice, to see what of a gain that was measured one scale coarser comes true at
// the scale of use. A finished cell is kept under what decides it (scene, settings, weights, sources), so that an
// interrupted series goes on and a change computes anew only what it touches. Writes accuracy.md and .csv with a plot a
// scene, or scale-shift.md and .csv, into bench-results/accuracy.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { contentHashOnce, engineHash } from './accuracy/content-key.mjs'
import { scenesPresent } from './accuracy/scenes-present.mjs'
import { shiftProtocol } from './accuracy/shift-protocol.mjs'
import { splitProtocol } from './accuracy/split-protocol.mjs'
import { root } from './bench/process.mjs'

const PROTOCOLS = { split: splitProtocol, 'scale-shift': shiftProtocol }

const { values } = parseArgs({
  options: {
    protocol: { type: 'string', default: 'split' },
    data: { type: 'string', default: join(root, '..', 'shared', 'data') },
    out: { type: 'string', default: join(root, 'bench-results', 'accuracy') },
    scales: { type: 'string', default: '2,4' },
    minutes: { type: 'string', default: '5' },
    'paper-minutes': { type: 'string' },
    seeds: { type: 'string', default: '3' },
    scenes: { type: 'string' },
    methods: { type: 'string' },
  },
})
if (!Object.hasOwn(PROTOCOLS, values.protocol)) refuse(`--protocol ${values.protocol}: choose ${Object.keys(PROTOCOLS).join(' or ')}.`)
if (values.protocol !== 'split' && (values.methods ?? values['paper-minutes']) !== undefined) refuse('--methods and --paper-minutes belong to --protocol split.')
const scenes = scenesPresent(values.data, values.scenes?.split(','))
const protocol = PROTOCOLS[values.protocol]({
  scenes, scenesNamed: values.scenes !== undefined, scales: values.scales.split(',').map(Number), seeds: Number(values.seeds), minutes: Number(values.minutes),
  paperMinutes: values['paper-minutes'] === undefined ? undefined : Number(values['paper-minutes']), methods: values.methods?.split(','),
}, { data: values.data, results: values.out, engine: engineHash(root), hashOf: contentHashOnce() })

const cells = []
const absent = []
const failures = []
for (const [index, { name, compute }] of protocol.wanted.entries()) {
  const place = `${index + 1}/${protocol.wanted.length}`
  try {
    const cell = await compute()
    if (cell === null) absent.push(name)
    else cells.push(cell)
    console.log(`${place} ${name}: ${cell === null ? 'not to be had at this scale' : protocol.upshot(cell)}`)
  } catch (error) {
    failures.push(`${name} failed: ${error.message}`)
    console.error(`${place} ${name} failed: ${error.message}`)
  }
  write()
}
if (failures.length > 0) process.exitCode = 1

function write() {
  mkdirSync(values.out, { recursive: true })
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  const { parts, csv, files, note } = protocol.report(cells)
  const facts = `Commit ${commit}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)} at the end; training at most ${values.minutes} minutes, ${note}.`
  const missing = absent.length === 0 ? [] : [`Not to be had, the scene being too small or no weights being shipped for the scale: ${absent.join('; ')}.`]
  for (const [name, content] of Object.entries(files)) writeFileSync(join(values.out, name), content)
  writeFileSync(join(values.out, `${protocol.name}.md`), `${[facts, ...parts, ...missing, ...failures].join('\n\n')}\n`)
  writeFileSync(join(values.out, `${protocol.name}.csv`), csv)
}

function refuse(message) {
  console.error(message)
  process.exit(2)
}
