// `npm run bench:accuracy -- [options]`: quality of every method on every shared scene, all through the command line as a
// user would: train on the upper rows, degrade, upscale and evaluate the lower rows. A finished cell is kept under what
// decides it (scene, settings, weights, sources), so that an interrupted series goes on and a change computes anew only
// what it touches. Writes accuracy.md, accuracy.csv and a plot a scene into bench-results/accuracy.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cellOf } from './accuracy/cell.mjs'
import { engineHash } from './accuracy/content-key.mjs'
import { curvePlot } from './accuracy/curve-plot.mjs'
import { trainedMethods } from './accuracy/methods.mjs'
import { SCENES } from './accuracy/scenes.mjs'
import { csv, gainTable, sceneTables } from './accuracy/tables.mjs'
import { root } from './bench/process.mjs'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(root, '..', 'shared', 'data') },
    out: { type: 'string', default: join(root, 'bench-results', 'accuracy') },
    scales: { type: 'string', default: '2,4' },
    minutes: { type: 'string', default: '5' },
    'paper-minutes': { type: 'string', default: '10' },
    seeds: { type: 'string', default: '3' },
    scenes: { type: 'string' },
    methods: { type: 'string' },
  },
})
const chosen = (names) => (name) => names === undefined || names.split(',').includes(name)
const methods = trainedMethods({ minutes: Number(values.minutes), paperMinutes: Number(values['paper-minutes']), seeds: Number(values.seeds) }).filter(({ name }) => chosen(values.methods)(name))
const scenes = SCENES.filter(({ name, file }) => {
  if (!chosen(values.scenes)(name)) return false
  if (existsSync(join(values.data, file))) return true
  console.log(`${name}: skipped, not in ${values.data}`)
  return false
})
const scales = values.scales.split(',').map(Number)
const where = { data: values.data, results: values.out, engine: engineHash(root) }
// seeds last: an early end leaves all scenes and methods with one seed
const wanted = Array.from({ length: Math.max(...methods.map(({ seeds }) => seeds)) }, (_, run) => run + 1).flatMap((seed) =>
  methods.filter(({ seeds }) => seed <= seeds).flatMap((method) =>
    scales.flatMap((scale) => scenes.filter(({ mix }) => !method.mixOnly || mix === true).map((scene) => ({ scene, method, scale, seed })))))

const cells = []
const failures = []
for (const [index, what] of wanted.entries()) {
  const name = `${what.scene.name} ${what.scale}x ${what.method.name}, seed ${what.seed}`
  try {
    const cell = await cellOf(what, where)
    if (cell === null) {
      console.log(`${index + 1}/${wanted.length} ${name}: not to be had at this scale`)
      continue
    }
    cells.push(cell)
    const rival = cell.rows.find((row) => row.name === 'back-projection').quality
    console.log(`${index + 1}/${wanted.length} ${name}: ${cell.rows[0].quality.psnr.toFixed(2)} dB (${(cell.rows[0].quality.psnr - rival.psnr).toFixed(2)} over back-projection), ${cell.seconds.toFixed(0)} s`)
  } catch (error) {
    failures.push(`${name} failed: ${error.message}`)
    console.error(`${name} failed: ${error.message}`)
  }
  write()
}
if (failures.length > 0) process.exitCode = 1

function write() {
  mkdirSync(values.out, { recursive: true })
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  const plots = []
  const parts = scales.flatMap((scale) => {
    const of = cells.filter((cell) => cell.scale === scale)
    if (of.length === 0) return []
    for (const scene of new Set(of.map((cell) => cell.scene))) {
      const plot = curvePlot(`${scene}, ${scale}x`, of.filter((cell) => cell.scene === scene && cell.seed === 1))
      if (plot === null) continue
      writeFileSync(join(values.out, `${scene}-${scale}x.svg`), plot)
      plots.push(`![${scene}, ${scale}x](${scene}-${scale}x.svg)`)
    }
    return [`## ${scale}x`, gainTable(of), ...sceneTables(of)]
  })
  const facts = `Commit ${commit}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)} at the end; training at most ${values.minutes} minutes, published network ${values['paper-minutes']}.`
  writeFileSync(join(values.out, 'accuracy.md'), `${[facts, ...parts, ...plots, ...failures].join('\n\n')}\n`)
  writeFileSync(join(values.out, 'accuracy.csv'), csv(cells))
}
