import { installDebianPackages, mayInstallDebianPackages } from './debian-package.mjs'
import { SetupFailure } from './failure.mjs'
import { run } from './run.mjs'

/** Debian's packages of what Electron links to; names since the change to 64-bit times end in t64 where that is there. */
const debianPackages = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0']

/** @param {string} listing what `ldd` says @returns {string[]} names of libraries that were not found */
export function notFoundIn(listing) {
  return [...new Set(listing.split('\n').filter((line) => line.includes('not found')).map((line) => line.trim().split(/\s/)[0]))]
}

/** @param {string} executable @returns {Promise<string[]>} libraries that the system lacks; always none but on Linux */
export async function missingLibraries(executable) {
  if (process.platform !== 'linux') return []
  // where there is no ldd (musl), starting is the only test
  return notFoundIn((await run('ldd', [executable])).stdout)
}

/** Installs what is missing, or says in one command how. @param {string} executable */
export async function installLibraries(executable) {
  const missing = await missingLibraries(executable)
  if (missing.length === 0) return
  if (mayInstallDebianPackages()) {
    await installDebianPackages(debianPackages)
    if ((await missingLibraries(executable)).length === 0) return
  }
  throw new SetupFailure(
    `Electron needs libraries that this system lacks: ${missing.join(', ')}.`,
    `Install them: \`sudo apt-get install ${debianPackages.join(' ')}\` (Debian; on Ubuntu 24.04 and later the first, third and last end in t64), \`sudo dnf install gtk3 nss alsa-lib mesa-libgbm libXScrnSaver at-spi2-atk\` (Fedora).`,
  )
}
