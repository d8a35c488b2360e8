import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const entry = join(root, 'out', 'main', 'bench.cjs')
const execute = promisify(execFile)

/** What is worth telling of a program's last words: the line that names the error. @param {string} words */
export function errorLine(words) {
  const lines = words.trim().split('\n')
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.pop() ?? ''
}

/** The last line of a program's output, read as JSON. Rejects with the line in which it named its error. */
export async function jsonOf(program, words, env = process.env) {
  try {
    const { stdout } = await execute(program, words.map(String), { env, maxBuffer: 1 << 24 })
    return JSON.parse(stdout.trimEnd().split('\n').pop())
  } catch (error) {
    throw new Error(errorLine(error.stderr ?? '') || error.message, { cause: error })
  }
}

/**
 * Runs one task of the bench entry (src/main/workers/bench.ts) in a process of its own.
 * @param {string} task @param {Record<string, string | number>} options @param {NodeJS.ProcessEnv} [env]
 */
export function benchTask(task, options, env) {
  return jsonOf(process.execPath, [entry, task, ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])], env)
}

/**
 * The environment in which the product runs a job that does what a network case does.
 * @param {string} name of the case @param {'float32' | 'bfloat16'} precision
 */
export async function jobEnvironment(name, precision) {
  const inherited = { ...process.env }
  delete inherited.ONEDNN_DEFAULT_FPMATH_MODE
  return { ...(await benchTask('environment', { name, precision })), ...inherited }
}
