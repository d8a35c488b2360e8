import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SetupFailure } from './failure.mjs'

function kernelSays(name) {
  try {
    return readFileSync(join('/proc/sys/kernel', name), 'utf8').trim()
  } catch {
    return null
  }
}

/** Whether ordinary programs may make namespaces of their own, which Chromium's sandbox is built of. */
const namespacesAllowed = () => kernelSays('unprivileged_userns_clone') !== '0' && kernelSays('apparmor_restrict_unprivileged_userns') !== '1'

/**
 * Throws where Chromium's sandbox can't start: the kernel allows it to root's programs only, and its starter is none.
 * @param {string} executable of Electron
 * @param {boolean} [allowed]
 */
export function requireSandbox(executable, allowed = namespacesAllowed()) {
  // root goes without
  if (process.platform !== 'linux' || process.getuid() === 0 || allowed) return
  const starter = join(dirname(executable), 'chrome-sandbox')
  const facts = statSync(starter, { throwIfNoEntry: false })
  if (facts?.uid === 0 && (facts.mode & 0o4000) !== 0) return
  throw new SetupFailure(
    'This system lets no ordinary program make the sandbox that protects it from what a window loads.',
    `Allow it to Electron's starter: \`sudo chown root:root ${starter} && sudo chmod 4755 ${starter}\`.`,
  )
}
