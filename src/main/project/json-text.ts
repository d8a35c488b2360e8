import { open } from 'node:fs/promises'
import { StudioError, toStudioError } from '../common/errors'

/** JSON has no infinity and no NaN, measurements have (PSNR of equal pictures): written as `{"$number": "Infinity"}`. */
const NUMBER_KEY = '$number'
const NUMBER_NAMES = ['NaN', 'Infinity', '-Infinity']

/** Like `JSON.stringify`, but numbers that are not finite survive: see `parseJsonText`. */
export function toJsonText(value: unknown, indent = 0): string {
  return JSON.stringify(
    value,
    (_key, inner: unknown) => (typeof inner === 'number' && !Number.isFinite(inner) ? { [NUMBER_KEY]: String(inner) } : inner),
    indent,
  )
}

/** Reads what `toJsonText` wrote. Throws SyntaxError, also for a key that would change the prototype of an object. */
export function parseJsonText(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => {
    if (key === '__proto__') throw new SyntaxError('the key "__proto__" is not allowed')
    return namedNumber(value) ?? value
  })
}

function namedNumber(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !(NUMBER_KEY in value)) return null
  const name = value[NUMBER_KEY]
  return typeof name === 'string' && NUMBER_NAMES.includes(name) && Object.keys(value).length === 1 ? Number(name) : null
}

/**
 * Reads a JSON file as text and value. Errors name the file: 'not-found' and 'io' as the system says, 'too-large' over
 * `maxBytes`, 'truncated' when it ends in the middle, else 'malformed'.
 */
export async function readJsonFile(path: string, maxBytes: number): Promise<{ json: unknown; text: string }> {
  const text = (await readBounded(path, maxBytes)).replace(/^\uFEFF/, '')
  try {
    return { json: parseJsonText(text), text }
  } catch (error) {
    // a file that is nested too deeply ends the parser with a RangeError
    const reason = error instanceof Error ? error.message : String(error)
    const ended = /[}\]]\s*$/.test(text)
    throw new StudioError(ended ? 'malformed' : 'truncated', `${path}: ${ended ? 'not valid JSON' : 'ends in the middle'} (${reason}).`, {
      file: path, cause: error, remedy: 'Restore the file from a backup.',
    })
  }
}

async function readBounded(path: string, maxBytes: number): Promise<string> {
  try {
    const handle = await open(path, 'r')
    try {
      const { size } = await handle.stat()
      if (size > maxBytes) {
        throw new StudioError('too-large', `${path}: ${size} bytes are too many for this file (at most ${maxBytes}).`, { file: path, remedy: 'Restore the file from a backup.' })
      }
      return await handle.readFile('utf8')
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw toStudioError(error, path)
  }
}
