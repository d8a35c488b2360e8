import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What decides a figure: change any of it and the cells are computed anew. */
const ENGINE = ['cli', 'cube', 'dataset', 'formats', 'inference', 'metrics', 'model', 'training', 'workers']

/** @param {string} path of a file or folder @param {import('node:crypto').Hash} hash */
function addContent(path, hash) {
  if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) addContent(join(path, name), hash.update(name))
  else hash.update(readFileSync(path))
}

/** Hash of the content of files and folders. @param {readonly string[]} paths */
export function contentHash(paths) {
  const hash = createHash('sha256')
  for (const path of paths) addContent(path, hash)
  return hash.digest('hex')
}

/** `contentHash` that reads the same files once, however often it is asked: for a run, during which they don't change. */
export function contentHashOnce() {
  const known = new Map()
  return (/** @type {readonly string[]} */ paths) => {
    const name = paths.join('\n')
    if (!known.has(name)) known.set(name, contentHash(paths))
    return known.get(name)
  }
}

/** How figures are made of what the engine answers. */
const SERIES = ['scenes.mjs', 'cell.mjs', 'shift-cell.mjs', 'trained.mjs']

/** Hash of the sources that compute. @param {string} root of the checkout */
export function engineHash(root) {
  return contentHash([...ENGINE.map((folder) => join(root, 'src', 'main', folder)), ...SERIES.map((file) => join(root, 'scripts', 'accuracy', file))])
}

/** @param {unknown} description of a cell */
export function keyOf(description) {
  return createHash('sha256').update(JSON.stringify(description)).digest('hex').slice(0, 20)
}
