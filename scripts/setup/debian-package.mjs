import { existsSync } from 'node:fs'
import { run } from './run.mjs'
import { say } from './report.mjs'

/** Whether this process may install Debian packages: Debian or a child of it, as root. */
export function mayInstallDebianPackages() {
  return process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
}

/** The name under which this release has a package: newer ones carry t64 at the end of some. @param {string} name */
async function nameHere(name) {
  const newer = `${name}t64`
  return (await run('apt-cache', ['show', '--no-all-versions', newer])).code === 0 ? newer : name
}

/**
 * Installs packages, showing apt's own output.
 * @param {string[]} names
 * @returns {Promise<boolean>} whether they are installed now
 */
export async function installDebianPackages(names) {
  say(`installing ${names.length === 1 ? 'the system package' : 'the system packages'} ${names.join(', ')} (this is root on Debian or Ubuntu)`)
  const options = { show: true, env: { DEBIAN_FRONTEND: 'noninteractive' } }
  await run('apt-get', ['-q', 'update'], options)
  const here = await Promise.all(names.map(nameHere))
  return (await run('apt-get', ['-q', 'install', '-y', '--no-install-recommends', ...here], options)).code === 0
}
