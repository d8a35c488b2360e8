import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { readMarker, sha256, writeMarker } from './marker.mjs'
import { runNpm } from './npm.mjs'
import { say } from './report.mjs'

const markerIn = (root) => join(root, 'node_modules', '.dacn-setup.json')

/**
 * Compares what npm says it installed with the lock file.
 * @param {{packages: Record<string, {version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean}>}} lock package-lock.json
 * @param {typeof lock | null} installed node_modules/.package-lock.json, which npm writes last
 * @returns {string | null} the first difference, or null; packages for other platforms may be missing
 */
export function differenceFromLock(lock, installed) {
  if (!installed?.packages) return 'npm did not finish'
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '' || entry.link) continue
    const there = installed.packages[path]
    if (there === undefined) {
      if (entry.optional || entry.devOptional || entry.peer) continue
      return `${path} is missing`
    }
    if (there.version !== entry.version) return `${path} is ${there.version} instead of ${entry.version}`
  }
  return null
}

/** @param {string} root @returns {string | null} why `npm ci` must run, or null */
export function dependenciesNeed(root) {
  if (!existsSync(join(root, 'node_modules'))) return 'node_modules is not there yet'
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const lockSha256 = sha256(lockText)
  if (readMarker(markerIn(root))?.lockSha256 === lockSha256) return commandIsLinked(root) ? null : 'the command `dacn` is not linked'
  // somebody ran npm by hand: take its work over when it is what the lock file asks for
  const lock = JSON.parse(lockText)
  const difference = differenceFromLock(lock, readMarker(join(root, 'node_modules', '.package-lock.json')))
  if (difference) return difference
  const lost = Object.entries(lock.packages).find(
    ([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && !entry.peer && !existsSync(join(root, path, 'package.json')),
  )
  if (lost) return `${lost[0]} is missing`
  linkCommand(root)
  writeMarker(markerIn(root), { lockSha256 })
  return null
}

/** Runs `npm ci`, then links the command. @param {string} root @param {(pid: number) => void} addProcess see lock.mjs */
export async function installDependencies(root, addProcess) {
  const lockSha256 = sha256(readFileSync(join(root, 'package-lock.json')))
  if (readMarker(markerIn(root))?.lockSha256 !== lockSha256) {
    say('packages: npm ci (a minute or two)')
    rmSync(markerIn(root), { force: true })
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
    const result = await runNpm(args, { cwd: root, show: true, onStart: addProcess })
    if (result.missing) throw new SetupFailure('npm was not found on the PATH.', 'Install Node.js together with npm.')
    if (result.code !== 0) {
      throw new SetupFailure(
        `npm ci failed (${result.signal ?? `exit ${result.code}`}, its own message is above).`,
        'Check the network and `npm config get registry`, then start again.',
      )
    }
  }
  linkCommand(root)
  writeMarker(markerIn(root), { lockSha256 })
}

const linkTarget = join('..', '..', 'scripts', 'dacn.mjs')

function commandIsLinked(root) {
  const command = join(root, 'node_modules', '.bin', 'dacn')
  if (process.platform === 'win32') return existsSync(`${command}.cmd`)
  return lstatSync(command, { throwIfNoEntry: false })?.isSymbolicLink() === true && readlinkSync(command) === linkTarget
}

/** Makes `npx dacn` work in the checkout: npm links the commands of installed packages only. @param {string} root */
function linkCommand(root) {
  if (commandIsLinked(root)) return
  const bin = join(root, 'node_modules', '.bin')
  mkdirSync(bin, { recursive: true })
  if (process.platform === 'win32') {
    writeFileSync(join(bin, 'dacn.cmd'), `@node "%~dp0\\${linkTarget}" %*\r\n`)
    return
  }
  rmSync(join(bin, 'dacn'), { force: true })
  symlinkSync(linkTarget, join(bin, 'dacn'))
  chmodSync(join(root, 'scripts', 'dacn.mjs'), 0o755)
}
