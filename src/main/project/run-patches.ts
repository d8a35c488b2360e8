import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { writeFileAtomic } from '../common/atomic-file'
import { StudioError, toStudioError } from '../common/errors'
import { parseJsonText } from './json-text'

/** Pictures of the held-out block, [rows, cols, 3] as 8-bit red, green, blue, all with one stretch. */
export interface RunPatches {
  rows: number
  cols: number
  step: number
  /** The low-resolution input enlarged without interpolation. */
  lowRes: Uint8Array
  bicubic: Uint8Array
  now: Uint8Array
  truth: Uint8Array
}

const MAX_SIDE = 2048

/** First line of the file; after it the four pictures in the order of `PICTURES`. */
const headerSchema = z.strictObject({
  format: z.literal('dacn-patches'),
  version: z.literal(1),
  rows: z.int().min(1).max(MAX_SIDE),
  cols: z.int().min(1).max(MAX_SIDE),
  step: z.int().min(0),
})

const PICTURES = ['lowRes', 'bicubic', 'now', 'truth'] as const
const MAX_BYTES = MAX_SIDE * MAX_SIDE * 3 * PICTURES.length + 1000

/** Keeps the last pictures of a run in one file. Errors: 'invalid-argument' (a picture of another size), 'io'. */
export async function writeRunPatches(path: string, patches: RunPatches): Promise<void> {
  const { rows, cols, step } = patches
  const header = headerSchema.safeParse({ format: 'dacn-patches', version: 1, rows, cols, step })
  if (!header.success || PICTURES.some((name) => patches[name].length !== rows * cols * 3)) {
    throw new StudioError('invalid-argument', `Pictures of ${rows} x ${cols} pixels at step ${step} can't be kept: their sizes do not fit.`)
  }
  await writeFileAtomic(path, Buffer.concat([Buffer.from(JSON.stringify(header.data) + '\n'), ...PICTURES.map((name) => patches[name])]))
}

/** null when there are none yet. Errors: 'malformed' (damaged), 'io'. */
export async function readRunPatches(path: string): Promise<RunPatches | null> {
  let bytes: Buffer
  try {
    if ((await stat(path)).size > MAX_BYTES) throw damaged(path)
    bytes = await readFile(path)
  } catch (error) {
    const known = toStudioError(error, path)
    if (known.tag === 'not-found') return null
    throw known
  }
  const { rows, cols, step, start } = readHeader(path, bytes)
  const length = rows * cols * 3
  if (bytes.length !== start + PICTURES.length * length) throw damaged(path)
  // copies, so that each can be handed on without the others
  const [lowRes, bicubic, now, truth] = PICTURES.map((_, index) => new Uint8Array(bytes.subarray(start + index * length, start + (index + 1) * length))) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  return { rows, cols, step, lowRes, bicubic, now, truth }
}

function readHeader(path: string, bytes: Buffer): { rows: number; cols: number; step: number; start: number } {
  const end = bytes.indexOf('\n')
  try {
    return { ...headerSchema.parse(parseJsonText(bytes.toString('utf8', 0, end))), start: end + 1 }
  } catch (error) {
    throw damaged(path, error)
  }
}

function damaged(path: string, cause?: unknown): StudioError {
  return new StudioError('malformed', `${path}: damaged: these are not the pictures of a run.`, { file: path, remedy: 'Continue the run: new pictures are made at its next validation.', cause })
}
