import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../bench/process.mjs'

/** A command that failed: `tag` and `said` as the program gave them, null and its last words when it gave none. */
class CommandFailure extends Error {
  constructor(words, said, tag) {
    super(`dacn ${words.join(' ')}: ${said}`)
    this.said = said
    this.tag = tag
  }
}

/**
 * Runs a `dacn` command as a user would, in a process of its own. Resolves with its result; `listen` sees every line
 * before. Rejects with a `CommandFailure`.
 * @param {(string | number)[]} words @param {(line: {type: string, kind?: string}) => void} [listen]
 */
export function dacn(words, listen = () => undefined) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'scripts', 'dacn.mjs'), ...words.map(String), '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
    let last = null
    let failure = null
    let complaint = ''
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = JSON.parse(text)
      if (line.type === 'result') last = line
      else if (line.type === 'error') failure = line.error
      else listen(line)
    })
    child.stderr.on('data', (chunk) => { complaint = (complaint + chunk).slice(-2000) })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0 && last !== null) resolve(last)
      else reject(new CommandFailure(words, failure?.message ?? (complaint.trim().split('\n').pop() || `exit code ${code}`), failure?.tag ?? null))
    })
  })
}
