import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { SetupFailure } from './failure.mjs'
import { readMarker, sha256, writeMarker } from './marker.mjs'
import { say } from './report.mjs'
import { lastLines, run } from './run.mjs'

const markerIn = (root) => join(root, 'out', '.dacn-build.json')
const configuration = ['electron.vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json']
// what electron-vite makes in out/; other things there are not its own
const parts = ['main', 'preload', 'renderer']

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

/**
 * A fingerprint of all that the build is made from: paths, sizes and times of the sources, content of the configuration.
 * @param {string} root
 */
export function fingerprintOfSources(root) {
  const sources = filesBelow(join(root, 'src')).map((path) => {
    const { size, mtimeMs } = statSync(path)
    return [relative(root, path), size, mtimeMs]
  })
  const settings = configuration.map((name) => join(root, name)).filter((path) => existsSync(path)).map((path) => sha256(readFileSync(path)))
  return sha256(JSON.stringify([sources, settings]))
}

/** @param {string} root @returns {string | null} why the build must run, or null */
export function buildNeeds(root) {
  const marker = readMarker(markerIn(root))
  if (!marker) return 'it is not there yet'
  if (marker.sources !== fingerprintOfSources(root)) return 'the sources have changed'
  const lost = Object.entries(marker.files ?? {}).find(([name, bytes]) => statSync(join(root, 'out', name), { throwIfNoEntry: false })?.size !== bytes)
  return lost ? `out/${lost[0]} is missing or changed` : null
}

/** Builds `out/`. @param {string} root @param {(pid: number) => void} addProcess see lock.mjs */
export async function build(root, addProcess) {
  say('building out/ from src/')
  rmSync(markerIn(root), { force: true })
  // taken before the build: a source saved meanwhile makes the next start build again
  const sources = fingerprintOfSources(root)
  const tool = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  // electron-vite asks the installed Electron what it can do; the build is for all from 25 on, whichever is installed
  const env = { ELECTRON_MAJOR_VER: '25' }
  const result = await run(process.execPath, [tool, 'build'], { cwd: root, env, onStart: addProcess })
  if (result.code !== 0) {
    throw new SetupFailure(
      `electron-vite build failed:\n${lastLines(stripVTControlCharacters(`${result.stdout}\n${result.stderr}`).replace(/^ +at .*$/gm, ''), 24)}`,
      'Mend the source that it names; `npm run types` and `npm run lint` say more.',
    )
  }
  const out = join(root, 'out')
  const made = parts.map((part) => join(out, part)).filter((folder) => existsSync(folder)).flatMap(filesBelow)
  const files = Object.fromEntries(made.map((path) => [relative(out, path), statSync(path).size]))
  writeMarker(markerIn(root), { sources, files })
}
