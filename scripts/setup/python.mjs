import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installDebianPackages, mayInstallDebianPackages } from './debian-package.mjs'
import { SetupFailure } from './failure.mjs'
import { pythonTag } from './platforms.mjs'
import { megabytes, say } from './report.mjs'
import { lastLines, run } from './run.mjs'

// Python is only the carrier here: pip is the ordinary client of the index that has TensorFlow's library,
// and zipfile unpacks it. No Python package is installed.

const candidates = [['python3'], ['python'], ['py', '-3']]

async function firstWithPip() {
  for (const [command, ...args] of candidates) {
    // an older pip takes one of several --platform only
    const check = 'import sys, pip; sys.exit(0 if sys.version_info >= (3, 7) and tuple(int(n) for n in pip.__version__.split(".")[:2]) >= (20, 3) else 1)'
    if ((await run(command, [...args, '-c', check])).code === 0) return [command, ...args]
  }
  return null
}

/** @returns {Promise<string[]>} the command, with its leading arguments, of a Python 3.7 or later that has pip 20.3 or later */
export async function findPython() {
  const found = await firstWithPip()
  if (found) return found
  if (mayInstallDebianPackages() && (await installDebianPackages(['python3-pip']))) {
    const installed = await firstWithPip()
    if (installed) return installed
  }
  const remedies = {
    linux: 'Install it: `sudo apt-get install python3-pip` (Debian, Ubuntu) or `sudo dnf install python3-pip` (Fedora).',
    darwin: 'Install it: `xcode-select --install`.',
  }
  throw new SetupFailure(
    'TensorFlow is downloaded with pip, but no Python 3.7 or later with pip 20.3 or later was found (tried python3, python and py).',
    remedies[process.platform] ?? 'Install Python 3 with pip and put it on the PATH.',
  )
}

/** The bytes that lie anywhere below a folder: pip's unfinished download grows there. @param {string} folder */
function bytesBelow(folder) {
  let bytes = 0
  for (const name of readdirSync(folder, { recursive: true })) {
    const entry = statSync(join(folder, String(name)), { throwIfNoEntry: false })
    if (entry?.isFile()) bytes += entry.size
  }
  return bytes
}

/**
 * Downloads wheels, without what they require. A download that is cut off begins anew.
 * @param {string[]} python from `findPython`
 * @param {string[]} requirements e.g. `tensorflow-cpu==2.21.0`
 * @param {{into: string, wheelTags: string[], remedy?: string}} options `into` receives the .whl files
 */
export async function downloadWheels(python, requirements, { into, wheelTags, remedy }) {
  const unfinished = join(into, `unfinished-${process.pid}`)
  const fetched = join(unfinished, 'fetched')
  mkdirSync(fetched, { recursive: true })
  // pip draws a bar on a terminal and says nothing elsewhere: a log then gets the bytes so far
  const isTerminal = process.stderr.isTTY === true
  const ticker = isTerminal ? undefined : setInterval(() => say(`  ${megabytes(bytesBelow(unfinished))} so far`), 5_000)
  try {
    const [command, ...args] = python
    const result = await run(
      command,
      [
        ...args, '-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--disable-pip-version-check',
        '--implementation', 'cp', '--python-version', pythonTag, ...wheelTags.flatMap((tag) => ['--platform', tag]),
        '--dest', fetched, ...requirements,
      ],
      { show: isTerminal, env: { TMPDIR: unfinished, TEMP: unfinished, TMP: unfinished, PIP_REQUIRE_VIRTUALENV: '0' } },
    )
    if (result.code !== 0) {
      const reason = lastLines(result.stderr, 3) || (isTerminal ? 'see above' : `pip ended with ${result.signal ?? result.code}`)
      throw new SetupFailure(
        `pip could not download ${requirements.length === 1 ? requirements[0] : `${requirements.length} packages`}: ${reason}`,
        'Check the network and pip\'s settings (`python3 -m pip config list`) and start again; behind a mirror set PIP_INDEX_URL. ' +
          `Offline, put the wheels into ${into} first. ${remedy ?? ''}`.trim(),
      )
    }
    for (const name of readdirSync(fetched)) renameSync(join(fetched, name), join(into, name))
  } finally {
    clearInterval(ticker)
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/**
 * @param {string[]} python
 * @param {string} wheel
 * @param {string} folder
 * @param {{prefixes: string[], pattern: RegExp | null}} wanted
 * @returns {Promise<Record<string, {bytes: number, sha256: string}>>} what was written, by path below `folder`
 */
export async function unpackWheel(python, wheel, folder, { prefixes, pattern }) {
  const script = fileURLToPath(new URL('unpack_wheel.py', import.meta.url))
  const [command, ...args] = python
  const wanted = JSON.stringify({ prefixes, pattern: pattern?.source ?? null })
  const result = await run(command, [...args, script, wheel, folder, wanted])
  if (result.code !== 0) {
    throw new SetupFailure(
      `${wheel} could not be unpacked into ${folder}: ${lastLines(result.stderr, 2)}`,
      'Make room on the disk if it is full; else delete the wheel and start again.',
    )
  }
  return JSON.parse(result.stdout)
}

/** @param {string[]} python @param {string} wheel @returns {Promise<string>} the wheel's METADATA file */
export async function readWheelMetadata(python, wheel) {
  const [command, ...args] = python
  const script =
    'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\n' +
    'sys.stdout.buffer.write(z.read(next(n for n in z.namelist() if n.endswith(".dist-info/METADATA") and n.count("/") == 1)))'
  const result = await run(command, [...args, '-c', script, wheel])
  if (result.code !== 0) throw new SetupFailure(`${wheel} has no readable METADATA: ${lastLines(result.stderr, 1)}`, 'Delete the wheel and start again.')
  return result.stdout
}
