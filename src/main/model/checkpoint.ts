import { createHash } from 'node:crypto'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { recoverFolder, writeFolderAtomic } from '../common/atomic-file'
import { StudioError, toStudioError } from '../common/errors'
import { checkpointManifestSchema, CHECKPOINT_VERSION, type CheckpointManifest, type VectorEntry } from './checkpoint-manifest'

/** A model folder in memory. Vectors are flat, in the order of the manifest's `parameters` (or `buffers`). */
export interface Checkpoint {
  manifest: CheckpointManifest
  /** 'weights' always; 'buffers' for networks with batch normalisation; optimizer vectors while a run can be continued. */
  vectors: Record<string, Float32Array>
}

/** The file that describes a model folder. */
export const MANIFEST = 'checkpoint.json'

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Saves a model folder as a whole or not at all: `checkpoint.json` and one little-endian float32 file a vector.
 * Throws 'diverged' when a vector holds NaN or infinity, 'io' when the disk refuses; an earlier version then stays.
 */
export async function saveCheckpoint(folder: string, manifest: Omit<CheckpointManifest, 'vectors'>, vectors: Record<string, Float32Array>): Promise<void> {
  const entries: Record<string, VectorEntry> = {}
  for (const [name, values] of Object.entries(vectors)) {
    if (!values.every(Number.isFinite)) throw new StudioError('diverged', `${folder}: the ${name} of the network are not finite; they were not saved.`, { file: folder })
    entries[name] = { file: `${name}.f32`, length: values.length, sha256: sha256(bytesOf(values)) }
  }
  await writeFolderAtomic(folder, async (temporary) => {
    for (const [name, values] of Object.entries(vectors)) await writeSynced(join(temporary, `${name}.f32`), bytesOf(values))
    await writeSynced(join(temporary, MANIFEST), JSON.stringify({ ...manifest, vectors: entries }, null, 2) + '\n')
  })
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

async function writeSynced(path: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(path, 'w')
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Loads and checks a model folder. Errors: 'not-found' (no model there), 'malformed' (unreadable, inconsistent or
 * damaged: checksums are verified), 'unsupported' (written by a newer version).
 */
export async function loadCheckpoint(folder: string): Promise<Checkpoint> {
  await recoverFolder(folder)
  const manifest = await loadManifest(folder)
  const vectors: Record<string, Float32Array> = {}
  for (const [name, entry] of Object.entries(manifest.vectors)) {
    const path = join(folder, entry.file)
    let bytes: Buffer
    try {
      bytes = await readFile(path)
    } catch (error) {
      throw toStudioError(error, path)
    }
    if (bytes.byteLength !== entry.length * 4 || sha256(bytes) !== entry.sha256) {
      throw new StudioError('malformed', `${path}: damaged: its content does not match the checksum in ${MANIFEST}.`, {
        file: path,
        remedy: 'Copy the model folder again, or train the model anew.',
      })
    }
    const values = new Float32Array(entry.length)
    bytesOf(values).set(bytes)
    if (!values.every(Number.isFinite)) throw new StudioError('malformed', `${path}: holds values that are not finite.`, { file: path, remedy: 'Train the model anew.' })
    vectors[name] = values
  }
  const expected = manifest.parameters.reduce((sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1), 0)
  if (vectors.weights?.length !== expected) {
    throw new StudioError('malformed', `${folder}: ${expected} weights are described but ${vectors.weights?.length ?? 0} are stored.`, { file: folder, remedy: 'Train the model anew.' })
  }
  return { manifest, vectors }
}

/** The manifest alone: cheap (a few kilobytes), weights unread. Errors as for `loadCheckpoint`. */
export async function loadManifest(folder: string): Promise<CheckpointManifest> {
  const path = join(folder, MANIFEST)
  let json: unknown
  try {
    const { size } = await stat(path)
    if (size > 16e6) throw new StudioError('malformed', `${path}: ${size} bytes are too many for a model's description.`, { file: path, remedy: 'Choose a model folder of DACN Studio.' })
    json = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw new StudioError('malformed', `${path}: not valid JSON (${error.message}).`, { file: path, remedy: 'Copy the model folder again, or train the model anew.' })
    const known = toStudioError(error, path)
    if (known.tag !== 'not-found') throw known
    throw new StudioError('not-found', `${folder}: there is no model in this folder.`, { file: folder, remedy: `Choose a folder that holds a ${MANIFEST}, as \`dacn train --out\` writes it.` })
  }
  const version = (json as { version?: unknown } | null)?.version
  if (typeof version === 'number' && version > CHECKPOINT_VERSION) {
    throw new StudioError('unsupported', `${path}: written by a newer version of DACN Studio (format ${version}; this one reads up to ${CHECKPOINT_VERSION}).`, { file: path, remedy: 'Update DACN Studio.' })
  }
  const parsed = checkpointManifestSchema.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new StudioError('malformed', `${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a model description'}`, { file: path, remedy: 'Copy the model folder again, or train the model anew.' })
  }
  return parsed.data
}

/** Throws 'mismatch' unless the stored tensors are exactly those the network expects: names, shapes and order. */
export function assertLayout(folder: string, stored: readonly { name: string; shape: number[] }[], expected: readonly { name: string; shape: number[] }[]): void {
  const text = (entries: readonly { name: string; shape: number[] }[]): string => entries.map(({ name, shape }) => `${name}[${shape.join(',')}]`).join(' ')
  if (text(stored) !== text(expected)) {
    throw new StudioError('mismatch', `${folder}: the stored tensors are not those of the network that the model describes.`, { file: folder, remedy: 'The model was changed or written by another version: train it anew.' })
  }
}
