// `npm run bench -- [--quick] [--only NAME] [--big]`: what the built program costs on this machine. docs/benchmarks.md
// says what each figure means. Every case runs in a process of its own, in turn with what it is compared with.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, platform, release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { appCase } from './bench/app-case.mjs'
import { bigCase } from './bench/big-case.mjs'
import { fileCases } from './bench/file-cases.mjs'
import { findGdal } from './bench/gdal.mjs'
import { kerasCases } from './bench/keras-cases.mjs'
import { hugeCase } from './bench/huge-case.mjs'
import { networkCases } from './bench/network-cases.mjs'
import { oneClickCase } from './bench/one-click-case.mjs'
import { benchOptions, isWanted, USAGE } from './bench/options.mjs'
import { presetCase } from './bench/preset-case.mjs'
import { root } from './bench/process.mjs'
import { markdownTable, textTable } from './bench/table.mjs'

const CAUTION = [
  'Machines are noisy: what else runs, heat and caches change every figure here by tens of per cent.',
  'Only ratios within one run count (this program / what stands beside it, measured in turn); below 1 = this program is faster.',
]

function readOptions() {
  try {
    return benchOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`)
    process.exit(2)
  }
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return null
  }
}

function describeMachine(gdal) {
  return {
    processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memoryGb: Math.round(totalmem() / 1e9), system: `${platform()} ${release()}`,
    node: process.version, gdal: gdal?.version ?? null, loadAtStart: loadavg()[0],
  }
}

const options = readOptions()
const date = new Date()
const gdal = await findGdal()
if (gdal === null) console.log('No Python with GDAL was found: files are measured without a comparison.')
const folder = mkdtempSync(join(tmpdir(), 'dacn-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130))

const setting = { ...options, folder, gdal }
const cases = [...fileCases(setting), ...networkCases(setting), presetCase(setting), ...kerasCases(setting), bigCase(setting), hugeCase(setting), appCase(setting), oneClickCase(setting)].filter(({ name }) => isWanted(name, options))
if (cases.length === 0) {
  console.error(`No case has '${options.only}' in its name.\n${USAGE}`)
  process.exit(2)
}
const machine = describeMachine(gdal)
const rows = []
const failures = []
for (const [index, { name, run }] of cases.entries()) {
  console.log(`${index + 1}/${cases.length} ${name}`)
  try {
    rows.push(...(await run()))
  } catch (error) {
    failures.push({ name, message: String(error.message) })
    console.error(`${name} failed: ${error.message}`)
  }
}

const report = {
  date: date.toISOString(), commit: commit(), quick: options.quick,
  machine: { ...machine, loadAtEnd: loadavg()[0] }, rows, failures,
}
const { processor, cores, memoryGb, system, node, loadAtStart, loadAtEnd } = report.machine
const facts = `${report.date}, commit ${report.commit ?? 'unknown'}: ${processor}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}; `
  + `load ${loadAtStart.toFixed(1)} at the start, ${loadAtEnd.toFixed(1)} at the end${options.quick ? '; --quick: not for figures' : ''}`
const failed = failures.map(({ name, message }) => `${name} failed: ${message}`)
const results = join(root, 'bench-results')
const file = join(results, date.toISOString().slice(0, 19).replaceAll(':', ''))
mkdirSync(results, { recursive: true })
writeFileSync(`${file}.json`, JSON.stringify(report, null, 2) + '\n')
writeFileSync(`${file}.md`, [facts, ...CAUTION, markdownTable(rows), ...failed].join('\n\n') + '\n')
console.log(['', facts, '', textTable(rows), '', ...CAUTION, ...failed, `${file}.json\n${file}.md`].join('\n'))
if (failures.length > 0) process.exitCode = 1
