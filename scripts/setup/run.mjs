import { spawn } from 'node:child_process'

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/** @param {import('node:child_process').ChildProcess} child */
function end(child) {
  if (child.pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/**
 * Runs a program to its end; never rejects and never blocks the event loop (the locks' heartbeat goes on).
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: Record<string, string | undefined>, show?: boolean, shell?: boolean,
 *   timeoutMs?: number, signal?: AbortSignal, onStart?: (pid: number) => void}} [options]
 *   `show`: both outputs go to this process's standard error (progress bars work); else they are captured
 * @returns {Promise<{code: number | null, signal: string | null, stdout: string, stderr: string, missing: boolean}>}
 *   `missing`: there is no such program; `code` is then null, as it is after a signal
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      shell: options.shell ?? false,
      windowsHide: true,
      // a process group of its own, so that what the program starts in turn can be ended with it
      detached: process.platform !== 'win32',
      stdio: options.show ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    // spawn's own timeout keeps this process alive to its end when the program does not exist
    const alarm = options.timeoutMs === undefined ? undefined : setTimeout(() => end(child), options.timeoutMs)
    options.signal?.addEventListener('abort', () => end(child), { once: true })
    let stdout = ''
    let stderr = ''
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text))
    child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text))
    const finish = (result) => {
      running.delete(child)
      clearTimeout(alarm)
      resolve({ stdout, stderr, missing: false, ...result })
    }
    child.on('error', (error) => finish({ code: null, signal: null, stderr: String(error.message), missing: error.code === 'ENOENT' }))
    child.on('close', (code, signal) => finish({ code, signal }))
    if (child.pid !== undefined) options.onStart?.(child.pid)
  })
}

/** Ends what `run` started and has not finished: called when this process itself is told to stop. */
export function stopRunning() {
  for (const child of running) end(child)
}

/** @param {string} text @param {number} count @returns {string} the last lines that are not blank */
export function lastLines(text, count) {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '').slice(-count).join('\n')
}
