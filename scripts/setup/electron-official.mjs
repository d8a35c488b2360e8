import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readMarker, writeMarker } from './marker.mjs'
import { say } from './report.mjs'
import { lastLines, run } from './run.mjs'

// The binary that the npm package `electron` fetches for itself at first use, from Electron's own site or a mirror that
// the environment names (ELECTRON_MIRROR and the like). Networks that refuse it are remembered.

const sign = { everyMs: 500, silentMs: 10_000 }

const packageIn = (root) => join(root, 'node_modules', 'electron')
const refusalFile = (cache) => join(cache, 'electron-refused.json')

/** @param {string} root @returns {string | null} */
export function officialVersion(root) {
  return readMarker(join(packageIn(root), 'package.json'))?.version ?? null
}

function textOf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
}

/** @param {string} root @returns {string | null} the executable, when it was downloaded completely for the installed version */
export function officialExecutable(root) {
  const folder = packageIn(root)
  // `path.txt` is written last
  const name = textOf(join(folder, 'path.txt'))
  if (name === null || textOf(join(folder, 'dist', 'version'))?.replace(/^v/, '') !== officialVersion(root)) return null
  const executable = join(folder, 'dist', name)
  return existsSync(executable) ? executable : null
}

/** What decides where the download comes from: when it changes, a refusal is forgotten. */
function wayTo(root) {
  const names = Object.keys(process.env).filter((name) => /^(npm_config_)?electron_(mirror|custom_|get_use_proxy)|^https?_proxy$/i.test(name)).sort()
  return JSON.stringify([officialVersion(root), process.versions.node, ...names.map((name) => [name, process.env[name]])])
}

/** @param {string} root @param {string} cache @returns {string | null} why the download failed before, unless it is to be tried again */
export function rememberedRefusal(root, cache) {
  const marker = readMarker(refusalFile(cache))
  return marker?.way === wayTo(root) ? marker.reason : null
}

/** Makes the next set-up try the download again. @param {string} cache */
export function forgetRefusedElectron(cache) {
  rmSync(refusalFile(cache), { force: true })
}

function bytesBelow(folder) {
  if (!existsSync(folder)) return 0
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    // a file may be moved on meanwhile
    .reduce((sum, entry) => sum + (statSync(join(entry.parentPath ?? entry.path, entry.name), { throwIfNoEntry: false })?.size ?? 0), 0)
}

/**
 * Lets the installed package `electron` fetch its binary; gives up when nothing arrives for ten seconds, and remembers that.
 * @param {string} root
 * @param {string} cache
 * @param {{installer?: string, silentMs?: number}} [options] `installer`: the package's own script, which tests replace
 * @returns {Promise<string | null>} why it is not to be had; null when it is there now
 */
export async function downloadOfficial(root, cache, { installer = join(packageIn(root), 'install.js'), silentMs = sign.silentMs } = {}) {
  say(`Electron ${officialVersion(root)}: downloading (about 120 MB)`)
  mkdirSync(cache, { recursive: true })
  const temporary = mkdtempSync(join(cache, 'electron-download-'))
  const stop = new AbortController()
  let seen = 0
  let heardAt = Date.now()
  // a network that swallows packets gives no error for minutes: bytes on disk are the only sign of life
  const watch = setInterval(() => {
    const bytes = bytesBelow(temporary) + bytesBelow(join(packageIn(root), 'dist'))
    if (bytes !== seen) heardAt = Date.now()
    seen = bytes
    if (Date.now() - heardAt > silentMs) stop.abort()
  }, Math.min(sign.everyMs, silentMs / 2))
  try {
    const env = { TMPDIR: temporary, TEMP: temporary, TMP: temporary }
    const result = await run(process.execPath, [installer], { cwd: root, env, signal: stop.signal })
    if (result.code === 0 && officialExecutable(root) !== null) {
      forgetRefusedElectron(cache)
      return null
    }
    const reason = stop.signal.aborted ? `nothing arrived for ${Math.round(silentMs / 1000)} seconds` : (result.stderr.match(/^\w*Error\b.*$/m)?.[0] ?? (lastLines(result.stderr, 1) || 'it ended without the binary'))
    writeMarker(refusalFile(cache), { way: wayTo(root), reason, atUtc: new Date().toISOString() })
    return reason
  } finally {
    clearInterval(watch)
    rmSync(temporary, { recursive: true, force: true })
  }
}
