import { existsSync } from 'node:fs'
import { run } from './run.mjs'
import { say } from './report.mjs'

/** Whether this process may install Debian packages: Debian or a child of it, as root. */
export function mayInstallDebianPackages() {
  return process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
}

/**
 * Installs a package, showing apt's own output.
 * @param {string} name
 * @returns {Promise<boolean>} whether it is installed now
 */
export async function installDebianPackage(name) {
  say(`installing the system package ${name} (this is root on Debian or Ubuntu)`)
  const options = { show: true, env: { DEBIAN_FRONTEND: 'noninteractive' } }
  await run('apt-get', ['-q', 'update'], options)
  return (await run('apt-get', ['-q', 'install', '-y', '--no-install-recommends', name], options)).code === 0
}
