import { open } from 'node:fs/promises'
import { StudioError, toStudioError } from '../../common/errors'
import type { Notice } from '../../cube/cube-header'

/** Real headers stay below 1 MB even with long band names and thousands of bands. */
const HEADER_LIMIT_BYTES = 8 * 2 ** 20

/** The fields of a header file, values verbatim (braces included) under lower-case keys, in file order. */
export interface EnviHeaderText {
  path: string
  fields: [key: string, rawValue: string][]
  notices: Notice[]
}

/** True when the first bytes of a file are those of an ENVI header, in any of the encodings seen in the wild. */
export function looksLikeEnviHeader(start: Uint8Array): boolean {
  return /^\s*ENVI\s/.test(decodeText(start.subarray(0, 64)) + '\n')
}

/**
 * Reads the text of a header file. Errors: 'malformed' (not an ENVI header, unclosed brace), 'too-large' (over 8 MB),
 * 'unsupported' (not a regular file), 'not-found', 'io'.
 */
export async function readEnviHeaderText(path: string): Promise<EnviHeaderText> {
  try {
    const handle = await open(path, 'r')
    try {
      const { size } = await handle.stat()
      if (size > HEADER_LIMIT_BYTES) {
        throw new StudioError('too-large', `${path}: ${size} bytes are too many for an ENVI header.`, {
          file: path, remedy: 'Check that this is the header (.hdr) and not the data file.',
        })
      }
      return parseEnviHeader(decodeText(await handle.readFile()), path)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw toStudioError(error, path)
  }
}

/** UTF-16 with or without a byte order mark, UTF-8, else Latin-1, which accepts every byte. */
function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0x45 && second === 0)) return stripMark(decodeUtf16(bytes, false))
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x45)) return stripMark(decodeUtf16(bytes, true))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1')
  }
}

function decodeUtf16(bytes: Uint8Array, bigEndian: boolean): string {
  const copy = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
  return (bigEndian ? copy.swap16() : copy).toString('utf16le')
}

function stripMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/**
 * Splits header text into fields. A value in braces ends with the line that holds the first closing brace. Of a key that
 * occurs twice the last value counts. Cost: one pass. Errors: 'malformed'.
 */
export function parseEnviHeader(text: string, path: string): EnviHeaderText {
  const lines = text.split(/\r\n|\r|\n/)
  const notices: Notice[] = []
  if (!/^\s*ENVI(\s|$)/.test(lines[0] ?? '')) {
    throw new StudioError('malformed', `${path}: this is not an ENVI header; its first line is not 'ENVI'.`, {
      file: path, remedy: 'Choose the header that belongs to the scene, or open the scene in its own format.',
    })
  }
  const fields = new Map<string, string>()
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (line.trim() === '' || line.trimStart().startsWith(';')) continue
    const equals = line.indexOf('=')
    if (equals < 0) {
      notices.push({ code: 'header-line-ignored', message: `Line ${i + 1} of the header has no '=' and was ignored.` })
      continue
    }
    const key = line.slice(0, equals).trim().toLowerCase().replace(/\s+/g, ' ')
    let value = line.slice(equals + 1).trim()
    if (value.startsWith('{')) {
      const first = i
      while (!(lines[i] ?? '').includes('}')) {
        i++
        if (i >= lines.length) throw unclosed(path, key, first + 1)
      }
      const block = [value, ...lines.slice(first + 1, i + 1)].join('\n')
      value = block.slice(0, block.lastIndexOf('}') + 1)
    }
    if (fields.has(key)) {
      notices.push({ code: 'header-field-repeated', message: `The header field '${key}' occurs more than once; the last one counts.` })
      fields.delete(key)
    }
    fields.set(key, value)
  }
  return { path, fields: [...fields], notices: notices.slice(0, 20) }
}

function unclosed(path: string, key: string, line: number): StudioError {
  return new StudioError('malformed', `${path}: the brace opened by '${key}' in line ${line} is never closed.`, {
    file: path, remedy: "Add the missing '}' to the header.",
  })
}
