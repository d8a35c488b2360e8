import { realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { failureOfDisk, SetupFailure } from './setup/failure.mjs'
import { readBindingMarker } from './setup/binding.mjs'
import { say } from './setup/report.mjs'
import { electronCache } from './setup/electron.mjs'
import { forgetRefusedElectron } from './setup/electron-official.mjs'
import { stopRunning } from './setup/run.mjs'
import { checkNode, runSteps, stepsFor } from './setup/steps.mjs'
import { forgetRefusedGpu } from './setup/tensorflow.mjs'

// Makes a fresh checkout ready: npm's packages, the TensorFlow library, the native binding, Electron, the build. Plain Node,
// since it runs before there is a node_modules. A second run looks, finds everything and ends within two seconds.

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * Does what is missing; on failure says why and what to do, and ends the process with status 1.
 * @param {{quick: boolean, deep: boolean, electron?: boolean}} how `quick`: keep the installed TensorFlow variant without
 *   asking for a GPU; `deep`: compare every file with its recorded checksum (reads about a gigabyte); `electron`: get what
 *   the window needs, too
 */
export async function setUp(how) {
  for (const [signal, status] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) {
    process.on(signal, stop.bind(null, status))
  }
  const begin = Date.now()
  try {
    checkNode(process.versions.node)
    const worked = await runSteps(root, stepsFor(root, { electron: false, ...how }), how)
    const { tensorflow, variant } = readBindingMarker(root)
    if (worked.length > 0) say(`done in ${Math.round((Date.now() - begin) / 1000)} s: TensorFlow ${tensorflow} (${variant})`)
    else if (!how.quick) say(`everything is there: TensorFlow ${tensorflow} (${variant})`)
  } catch (error) {
    const failure = error instanceof SetupFailure ? error : failureOfDisk(error)
    if (!failure) throw error
    say(`failed: ${failure.message}\n[set-up] What to do: ${failure.remedy}`)
    process.exit(1)
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal)
  }
}

/** @param {number} status */
function stop(status) {
  stopRunning()
  process.exit(status)
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--retry-gpu')) forgetRefusedGpu()
  if (process.argv.includes('--retry-electron')) forgetRefusedElectron(electronCache())
  const electron = process.argv.includes('--electron') || process.argv.includes('--retry-electron')
  await setUp({ quick: false, deep: process.argv.includes('--verify'), electron })
}
