import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

// A marker says what a finished step made: versions and checksums. A folder without a marker counts as not there.

/** @param {string} path @returns {Record<string, any> | null} null when absent, unreadable or cut off */
export function readMarker(path) {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8'))
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

/** Writes a marker whole or not at all. @param {string} path @param {object} value */
export function writeMarker(path, value) {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}.tmp`
  writeFileSync(temporary, JSON.stringify(value, null, 1) + '\n')
  renameSync(temporary, path)
}

/** @param {string} path @returns {Promise<string>} hexadecimal; about 0.4 s a gigabyte from memory, more from a disk */
export async function sha256OfFile(path) {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk)
  return hash.digest('hex')
}

/** @param {string | Buffer} content @returns {string} hexadecimal */
export function sha256(content) {
  return createHash('sha256').update(content).digest('hex')
}

/**
 * Compares files on disk with what a marker recorded of them.
 * @param {string} folder
 * @param {Record<string, {bytes: number, sha256: string}>} files by path relative to `folder`
 * @param {{deep: boolean}} how `deep` reads every byte; else sizes only, since a start must not read gigabytes
 * @returns {Promise<string | null>} what differs, or null
 */
export async function differenceFromMarker(folder, files, how) {
  for (const [name, recorded] of Object.entries(files)) {
    const path = join(folder, name)
    const size = statSync(path, { throwIfNoEntry: false })?.size
    if (size === undefined) return `${name} is missing`
    if (size !== recorded.bytes) return `${name} has ${size} bytes instead of ${recorded.bytes}`
    if (how.deep && (await sha256OfFile(path)) !== recorded.sha256) return `${name} has been changed`
  }
  return null
}
