import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { unzipSync, zipSync, type UnzipFileInfo, type Zippable } from 'fflate'
import { writeFileAtomic, writeFolderAtomic } from '../common/atomic-file'
import { StudioError, toStudioError } from '../common/errors'
import { loadCheckpoint, loadManifest, MANIFEST } from './checkpoint'
import type { CheckpointManifest } from './checkpoint-manifest'

/** How the file of a packed model is called. */
export const PACKAGE_EXTENSION = '.dacnmodel'

const LARGEST_PACKAGE = 1e9
const LARGEST_MANIFEST = 16e6
const LARGEST_VECTOR = 500e6

/** Deflate takes a tenth off weights; what shrinks further than this is made to fill memory. */
const MOST_SHRUNK = 10

/** Vectors that a finished model serves with; those of an optimizer are of no use elsewhere. */
const PACKED_VECTORS = ['weights', 'buffers']

/** The start of ZIP's own calendar: equal models make equal files. */
const NO_TIME = new Date(1980, 0, 1)

/**
 * Packs a finished model folder into one file (a ZIP archive of the folder's files) that `unpackModel` takes in. Where
 * the scenes lay on this disk is nobody else's business: only their file names go along. Errors: those of
 * `loadCheckpoint`; 'mismatch' for an unfinished model; 'io'.
 */
export async function packModel(folder: string, file: string): Promise<void> {
  const { manifest } = await loadCheckpoint(folder)
  assertFinished(manifest, folder)
  const vectors = Object.fromEntries(Object.entries(manifest.vectors).filter(([name]) => PACKED_VECTORS.includes(name)))
  const sources = manifest.sources.map((source) => ({ ...source, file: basename(source.file) }))
  const description = JSON.stringify({ ...manifest, sources, vectors } satisfies CheckpointManifest, null, 2) + '\n'
  const entries: Zippable = { [MANIFEST]: [new TextEncoder().encode(description), { level: 6, mtime: NO_TIME }] }
  for (const { file: name } of Object.values(vectors)) {
    // weights hardly shrink
    entries[name] = [await readFile(join(folder, name)).catch((error: unknown) => { throw toStudioError(error, join(folder, name)) }), { level: 0, mtime: NO_TIME }]
  }
  await writeFileAtomic(file, zipSync(entries))
}

/**
 * Unpacks the file of a model into the new folder `folder`, which appears whole or not at all, after everything in it was
 * checked: names, sizes, description, checksums. Errors: 'unsupported' (no packed model), 'malformed' (damaged or
 * not what `packModel` writes), 'too-large', 'mismatch' (unfinished), 'invalid-argument' (the folder exists), 'io'.
 */
export async function unpackModel(file: string, folder: string): Promise<CheckpointManifest> {
  if (await stat(folder).then(() => true, () => false)) {
    throw new StudioError('invalid-argument', `${folder} exists already.`, { file: folder, remedy: 'Choose another name for the model.' })
  }
  const files = await readPackage(file)
  await mkdir(dirname(folder), { recursive: true }).catch((error: unknown) => { throw toStudioError(error, folder) })
  await writeFolderAtomic(folder, async (temporary) => {
    for (const [name, content] of Object.entries(files)) await writeFile(join(temporary, name), content)
    await checkUnpacked(temporary, file, Object.keys(files))
  })
  return loadManifest(folder)
}

async function checkUnpacked(temporary: string, file: string, names: readonly string[]): Promise<void> {
  try {
    const { manifest } = await loadCheckpoint(temporary)
    const known = new Set([MANIFEST, ...Object.values(manifest.vectors).map((vector) => vector.file)])
    const unknown = names.find((name) => !known.has(name))
    if (unknown !== undefined) throw refused(file, `holds '${unknown}', which the model's description does not name`)
    assertFinished(manifest, file)
  } catch (error) {
    // the user knows the file, not the folder that it passed through
    const { tag, message, remedy } = toStudioError(error, file)
    const inFile = message.replaceAll(join(temporary, '/'), `${file}: `).replaceAll(temporary, file)
    const damaged = tag === 'malformed' || tag === 'not-found'
    throw new StudioError(damaged ? 'malformed' : tag, inFile, { file, cause: error, remedy: damaged || remedy === undefined ? GET_AGAIN : remedy })
  }
}

const GET_AGAIN = 'Get the file again from where it came from.'

async function readPackage(file: string): Promise<Record<string, Uint8Array>> {
  let bytes: Uint8Array
  try {
    const { size } = await stat(file)
    if (size > LARGEST_PACKAGE) throw tooLarge(file, `${size} bytes are more than a model has`)
    bytes = await readFile(file)
  } catch (error) {
    throw toStudioError(error, file)
  }
  const listed = new Set<string>()
  try {
    // the contents list is looked at before anything is unpacked; an entry never grows beyond the size that it states
    const files = unzipSync(bytes, { filter: (entry) => assertExpected(entry, listed, file) })
    if (files[MANIFEST] !== undefined) return files
  } catch (error) {
    if (error instanceof StudioError) throw error
    if (isArchive(bytes)) throw refused(file, 'is damaged or was not copied completely', error)
  }
  throw new StudioError('unsupported', `${file}: this is no packed model of DACN Studio.`, { file, remedy: `Choose a file that was exported from DACN Studio (*${PACKAGE_EXTENSION}).` })
}

function isArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b
}

/** Throws unless an entry of the archive is one that a model has, once, and of a size that a model may have. */
function assertExpected({ name, size, originalSize }: UnzipFileInfo, listed: Set<string>, file: string): true {
  const isManifest = name === MANIFEST
  if (!isManifest && !PACKED_VECTORS.some((vector) => name === `${vector}.f32`)) throw refused(file, `holds '${name.slice(0, 100)}', which is no part of a model`)
  if (listed.has(name)) throw refused(file, `holds '${name}' twice`)
  listed.add(name)
  if (originalSize > (isManifest ? LARGEST_MANIFEST : LARGEST_VECTOR)) throw tooLarge(file, `'${name}' would be ${originalSize} bytes`)
  if (!isManifest && originalSize > size * MOST_SHRUNK) throw refused(file, `holds '${name}', which is ${originalSize} bytes packed into ${size}: no weights shrink like that`)
  return true
}

function refused(file: string, what: string, cause?: unknown): StudioError {
  return new StudioError('malformed', `${file}: ${what}; it was not unpacked.`, { file, remedy: GET_AGAIN, cause })
}

function tooLarge(file: string, what: string): StudioError {
  return new StudioError('too-large', `${file}: ${what}; it was not unpacked.`, { file, remedy: GET_AGAIN })
}

function assertFinished({ state }: CheckpointManifest, file: string): void {
  if (state === 'finished') return
  throw new StudioError('mismatch', `${file}: the training of this model is not finished.`, { file, remedy: 'Finish the training first, or stop it and keep the best.' })
}
