import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../bench/process.mjs'

/**
 * Runs a `dacn` command as a user would, in a process of its own. Resolves with its result; `listen` sees every line
 * before. Rejects with what the command said when it failed.
 * @param {(string | number)[]} words @param {(line: {type: string, kind?: string}) => void} [listen]
 */
export function dacn(words, listen = () => undefined) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'scripts', 'dacn.mjs'), ...words.map(String), '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
    let last = null
    let complaint = ''
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = JSON.parse(text)
      if (line.type === 'result') last = line
      else listen(line)
    })
    child.stderr.on('data', (chunk) => { complaint = (complaint + chunk).slice(-2000) })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0 && last !== null) resolve(last)
      else reject(new Error(`dacn ${words.join(' ')}: ${complaint.trim().split('\n').pop() ?? `exit code ${code}`}`))
    })
  })
}
