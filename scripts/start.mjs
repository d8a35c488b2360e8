// `npm start [-- PROJECT_FOLDER]`: sees that everything is there, then opens the application. Where no window can be shown,
// says so and runs the demonstration of the command line instead.
import { spawn } from 'node:child_process'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasDisplay } from './app/virtual-display.mjs'
import { setUp } from './setup.mjs'
import { findElectron } from './setup/electron.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Runs a program in the foreground: Ctrl-C reaches it too, and this process ends as it does. */
function runInForeground(program, args) {
  // the terminal sends the signal to both; the child decides when it ends
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => { if (signal !== 'SIGINT') child.kill(signal) })
  const child = spawn(program, args, { stdio: 'inherit' })
  child.on('error', (error) => {
    console.error(`${program} could not be started: ${error.message}`)
    process.exitCode = 1
  })
  child.on('close', (status, signal) => { process.exitCode = signal === null ? (status ?? 1) : signal === 'SIGINT' ? 130 : 1 })
}

if (hasDisplay()) {
  await setUp({ quick: false, deep: false, electron: true })
  // root may not use Chromium's sandbox; everybody else keeps it
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  runInForeground(findElectron(root), [...sandbox, root, ...process.argv.slice(2)])
} else {
  console.error('There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the application cannot open its window.')
  console.error('Running the demonstration of the command line instead (`npx dacn demo`).')
  await setUp({ quick: false, deep: false })
  runInForeground(process.execPath, [resolve(root, 'scripts', 'dacn.mjs'), 'demo'])
}
