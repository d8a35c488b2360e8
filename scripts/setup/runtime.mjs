import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { withLock } from './lock.mjs'
import { differenceFromMarker, readMarker, sha256OfFile, writeMarker } from './marker.mjs'
import { platforms, tensorflowVersion } from './platforms.mjs'
import { downloadWheels, findPython, readWheelMetadata, unpackWheel } from './python.mjs'
import { megabytes, say } from './report.mjs'
import { requirementsOfExtra, wheelIdentity } from './wheel-metadata.mjs'

const markerName = 'dacn-runtime.json'

/** The wheel fetching and unpacking that tests replace by fakes. */
const withPip = { findPython, downloadWheels, readWheelMetadata, unpackWheel }

/**
 * One TensorFlow library, unpacked in the cache that a person's checkouts share.
 * @param {{cache: string, platform: string, variant: 'cpu' | 'cuda'}} choice
 */
export function runtimeFolder({ cache, variant }) {
  return join(cache, `tensorflow-${tensorflowVersion}-${variant}`)
}

/** The checksummed record of a runtime folder, or null. @param {string} folder */
export function readRuntimeMarker(folder) {
  return readMarker(join(folder, markerName))
}

/**
 * @param {{cache: string, platform: string, variant: 'cpu' | 'cuda'}} choice
 * @param {{deep: boolean}} how see `differenceFromMarker`
 * @returns {Promise<string | null>} why the runtime must be installed, or null when it is there
 */
export async function runtimeNeeds(choice, how) {
  const folder = runtimeFolder(choice)
  const marker = readRuntimeMarker(folder)
  if (!marker) return existsSync(folder) ? 'a set-up was cut off' : 'it is not there yet'
  if (marker.format !== 1 || marker.tensorflow !== tensorflowVersion || marker.platform !== choice.platform) {
    return `the one there is ${marker.tensorflow} for ${marker.platform}`
  }
  const pinned = platforms[choice.platform].variants[choice.variant].sha256
  if (pinned && marker.wheels?.[0]?.sha256 !== pinned) return 'the one there came from another wheel'
  return differenceFromMarker(folder, marker.files ?? {}, how)
}

/** @param {string} downloads @param {string} name @param {string} [version] @returns {string | undefined} a wheel's path */
function wheelIn(downloads, name, version) {
  const file = readdirSync(downloads).find((candidate) => {
    const wheel = wheelIdentity(candidate)
    return candidate.endsWith('.whl') && wheel.name === name && (version === undefined || wheel.version === version)
  })
  return file && join(downloads, file)
}

/** Fetches the TensorFlow wheel into `downloads`, unless it lies there, and checks it. */
async function fetchTensorflow(tools, python, choice, downloads) {
  const { wheelTags, variants } = platforms[choice.platform]
  const wanted = variants[choice.variant]
  let wheel = wheelIn(downloads, wanted.package, tensorflowVersion)
  if (wheel) {
    say(`TensorFlow ${tensorflowVersion} (${choice.variant}): using ${wheel}`)
  } else {
    say(`TensorFlow ${tensorflowVersion} (${choice.variant}): downloading ${wanted.package}, ${wanted.megabytes} MB`)
    await tools.downloadWheels(python, [`${wanted.package}==${tensorflowVersion}`], { into: downloads, wheelTags })
    wheel = wheelIn(downloads, wanted.package, tensorflowVersion)
    if (!wheel) throw new SetupFailure(`pip ended well but left no ${wanted.package} ${tensorflowVersion} in ${downloads}.`, 'Start again.')
  }
  const sha256 = await sha256OfFile(wheel)
  if (wanted.sha256 && sha256 !== wanted.sha256) {
    rmSync(wheel, { force: true })
    throw new SetupFailure(
      `${wheel} is not the file that this version of DACN Studio was tried with (sha256 ${sha256}, expected ${wanted.sha256}); it was deleted.`,
      'Start again. If it happens twice, the package index in use serves another file: set PIP_INDEX_URL to one that you trust.',
    )
  }
  if (!wanted.sha256) say(`no checksum is known for ${wanted.package} on ${choice.platform}: recording ${sha256}`)
  return { wheel, name: wanted.package, version: tensorflowVersion, sha256 }
}

/** Fetches what the wheel's optional extra requires (the NVIDIA libraries): named by the wheel, pinned by the marker. */
async function fetchExtra(tools, python, choice, downloads, tensorflowWheel) {
  const { wheelTags, variants } = platforms[choice.platform]
  const { extra } = variants[choice.variant]
  if (!extra) return []
  const requirements = requirementsOfExtra(await tools.readWheelMetadata(python, tensorflowWheel), extra)
  if (requirements.length === 0) throw new SetupFailure(`${tensorflowWheel} names no requirement for "${extra}".`, 'Set DACN_RUNTIME=cpu.')
  const names = requirements.map((requirement) => requirement.split(/[^\w.-]/, 1)[0].toLowerCase().replace(/[-_.]+/g, '-'))
  const absent = requirements.filter((_, index) => !wheelIn(downloads, names[index]))
  if (absent.length > 0) {
    say(`NVIDIA libraries: downloading ${absent.length} packages, about 2,500 MB`)
    await tools.downloadWheels(python, absent, { into: downloads, wheelTags, remedy: 'DACN_RUNTIME=cpu does without them.' })
  }
  const wheels = []
  for (const name of names) {
    const wheel = wheelIn(downloads, name)
    if (!wheel) throw new SetupFailure(`pip ended well but left no ${name} in ${downloads}.`, 'Start again.')
    wheels.push({ wheel, name, version: wheelIdentity(wheel.split(/[\\/]/).pop()).version, sha256: await sha256OfFile(wheel) })
  }
  return wheels
}

/**
 * Makes the runtime folder: download, check, unpack beside it, rename. Cut off anywhere, it leaves the wheels that are
 * complete and a folder that the next call sweeps away.
 * @param {{cache: string, platform: string, variant: 'cpu' | 'cuda'}} choice
 * @param {{deep: boolean}} how what counts as already there
 * @param {typeof withPip} [tools]
 */
export async function installRuntime(choice, how, tools = withPip) {
  const folder = runtimeFolder(choice)
  await withLock(`${folder}.lock`, 'the TensorFlow runtime', async () => {
    // whoever held the lock before us may have done it
    if ((await runtimeNeeds(choice, how)) === null) return
    const downloads = join(choice.cache, 'downloads', choice.variant)
    mkdirSync(downloads, { recursive: true })
    sweep(downloads, (name) => name.startsWith('unfinished-'))
    sweep(choice.cache, (name) => name.startsWith(`tensorflow-${tensorflowVersion}-${choice.variant}.`) && /\.(partial|replaced)-\d+$/.test(name))

    const python = await tools.findPython()
    const tensorflow = await fetchTensorflow(tools, python, choice, downloads)
    const wheels = [tensorflow, ...(await fetchExtra(tools, python, choice, downloads, tensorflow.wheel))]

    const wanted = platforms[choice.platform].variants[choice.variant]
    const partial = `${folder}.partial-${process.pid}`
    const replaced = `${folder}.replaced-${process.pid}`
    const files = {}
    say(`TensorFlow ${tensorflowVersion} (${choice.variant}): unpacking into ${folder}`)
    try {
      mkdirSync(partial, { recursive: true })
      for (const { wheel, name } of wheels) {
        const parts = name === wanted.package ? { prefixes: [...wanted.libraries, ...wanted.keep], pattern: null } : { prefixes: [], pattern: wanted.extraKeep }
        Object.assign(files, await tools.unpackWheel(python, wheel, partial, parts))
      }
      const lost = wanted.libraries.filter((library) => !(library in files))
      if (lost.length > 0) throw new SetupFailure(`${tensorflow.wheel} holds no ${lost.join(', ')}.`, 'Report this with the platform and version.')
      writeMarker(join(partial, markerName), {
        format: 1,
        tensorflow: tensorflowVersion,
        variant: choice.variant,
        platform: choice.platform,
        wheels: wheels.map(({ name, version, sha256 }) => ({ name, version, sha256 })),
        files,
      })
      if (existsSync(folder)) renameSync(folder, replaced)
      renameSync(partial, folder)
    } finally {
      rmSync(partial, { recursive: true, force: true })
    }
    rmSync(replaced, { recursive: true, force: true })
    rmSync(downloads, { recursive: true, force: true })
    if (readdirSync(join(downloads, '..')).length === 0) rmSync(join(downloads, '..'), { recursive: true })
    say(`TensorFlow ${tensorflowVersion} (${choice.variant}): ${megabytes(Object.values(files).reduce((sum, file) => sum + file.bytes, 0))} unpacked`)
  })
}

/** Removes what a set-up that was cut off left in a folder. */
function sweep(folder, isLeftover) {
  for (const name of readdirSync(folder)) {
    if (isLeftover(name)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}
