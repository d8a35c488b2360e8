import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

// All checks and tests in order. Goes on after a failure, so that one run tells everything; ends with status 1 if
// anything failed. The last line counts the tests: 'N passed, N failed, N skipped'; a check that failed counts as one.

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const reports = mkdtempSync(join(tmpdir(), 'dacn-test-'))

/**
 * @typedef {{name: string, program?: string, script?: string, args: string[], report?: string, needs?: string}} Step
 *   `program`: command of an installed package, or `script`: a file of this checkout; `report`: where vitest writes its
 *   JSON; `needs`: name of an earlier step without which this one counts as failed
 */

/** @param {string} project @returns {Step} */
function lane(project) {
  const report = join(reports, `${project}.json`)
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return { name: `${project} tests`, program: 'vitest', args, report }
}

/** @type {Step[]} */
const steps = [
  { name: 'lint', program: 'eslint', args: ['.', '--max-warnings', '0'] },
  { name: 'types', program: 'tsc', args: ['--noEmit'] },
  { name: 'page types', program: 'vue-tsc', args: ['--noEmit', '-p', 'src/renderer'] },
  { name: 'page test types', program: 'vue-tsc', args: ['--noEmit', '-p', 'test/renderer'] },
  { name: 'preload types', program: 'tsc', args: ['--noEmit', '-p', 'src/preload'] },
  { name: 'e2e types', program: 'tsc', args: ['--noEmit', '-p', 'test/e2e'] },
  { name: 'import rules', program: 'depcruise', args: ['src', '--config', '.dependency-cruiser.cjs'] },
  { name: 'unused code', program: 'knip', args: [] },
  lane('fast'),
  lane('slow'),
  // the binary and its libraries: only the window needs them
  { name: 'Electron', script: 'scripts/setup.mjs', args: ['--electron'] },
  { ...lane('e2e'), needs: 'Electron' },
]

/** The script behind a command of an installed package. @param {string} program */
function scriptOf(program) {
  const packages = { tsc: 'typescript', depcruise: 'dependency-cruiser' }
  const folder = join(root, 'node_modules', packages[program] ?? program)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[program])
}

/** @param {Step} step @returns {Promise<number>} exit status; 1 for a step that could not be started or was killed */
function run({ program, script, args }) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [script ?? scriptOf(program), ...args], { cwd: root, stdio: 'inherit' })
    child.on('error', () => done(1))
    child.on('close', (status) => done(status ?? 1))
  })
}

const NO_TESTS = { passed: 0, skipped: 0, failures: [] }

/**
 * Tests by outcome from vitest's JSON, each failure with the first line of its message. A file that fails without a
 * failed test (it did not load) counts as one.
 */
function countTests(report) {
  try {
    const { numPassedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
      const file = relative(root, name)
      const inFile = assertionResults.filter((test) => test.status === 'failed').map((test) => `${file}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`)
      return status === 'failed' && inFile.length === 0 ? [`${file}: ${firstLine(message)}`] : inFile
    })
    return { passed: numPassedTests, skipped: numPendingTests + numTodoTests, failures }
  } catch {
    return NO_TESTS
  }
}

/** @param {string} [text] */
function firstLine(text = '') {
  return text.split('\n')[0]
}

let passed = 0
let skipped = 0
const lines = []
const failures = []
const broken = new Set()
for (const step of steps) {
  console.log(`\n== ${step.name}`)
  const begin = Date.now()
  const status = broken.has(step.needs) ? 1 : await run(step)
  if (status !== 0) broken.add(step.name)
  const tests = step.report ? countTests(step.report) : NO_TESTS
  // lint, a crash of vitest, an error outside of any test, or what it needs is missing
  const failed = status !== 0 && tests.failures.length === 0 ? [`${step.name}: ended with status ${status}`] : tests.failures
  passed += tests.passed
  skipped += tests.skipped
  failures.push(...failed)
  const seconds = ((Date.now() - begin) / 1000).toFixed(1).padStart(7)
  const told = step.report ? `  ${tests.passed} passed, ${failed.length} failed, ${tests.skipped} skipped` : ''
  lines.push(`${status === 0 ? 'ok    ' : 'FAILED'}  ${step.name.padEnd(15)} ${seconds} s${told}`)
}
rmSync(reports, { recursive: true, force: true })

// last, because who reads the end of a long log must learn what failed
if (failures.length > 0) console.log(`\n${failures.map((failure) => `FAILED  ${failure}`).join('\n')}`)
console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failures.length} failed, ${skipped} skipped`)
process.exitCode = failures.length === 0 ? 0 : 1
