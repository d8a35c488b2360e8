import { spawn } from 'node:child_process'
import { installDebianPackages, mayInstallDebianPackages } from '../setup/debian-package.mjs'
import { run } from '../setup/run.mjs'

/** Whether a window can be shown as things are. @param {NodeJS.ProcessEnv} [env] */
export function hasDisplay(env = process.env) {
  return process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/**
 * Starts a screen in memory (Xvfb), ended together with this process; installs the program where that is possible.
 * @returns {Promise<{display: string, end: () => void}>} `display` for the variable DISPLAY. Rejects where there is no Xvfb
 */
export async function startVirtualDisplay() {
  if ((await run('Xvfb', ['-help'])).missing && mayInstallDebianPackages()) await installDebianPackages(['xvfb'])
  return startServer()
}

function startServer() {
  return new Promise((resolve, reject) => {
    const args = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset']
    const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
    let said = ''
    const end = () => server.kill()
    process.once('exit', end)
    server.stderr.on('data', (text) => (said += text))
    server.on('error', () => reject(new Error('There is no Xvfb. Install it: `sudo apt-get install xvfb` (Debian, Ubuntu), `sudo dnf install xorg-x11-server-Xvfb` (Fedora).')))
    server.on('exit', (code) => reject(new Error(`Xvfb ended (${code}): ${said.trim()}`)))
    // the server writes the number of the display that it has found free, once it takes clients
    server.stdio[3].once('data', (number) => {
      // it must not keep this process alive
      for (const handle of [server, server.stderr, server.stdio[3]]) handle.unref()
      resolve({ display: `:${String(number).trim()}`, end })
    })
  })
}
