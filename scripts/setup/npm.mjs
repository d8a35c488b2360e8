import { run } from './run.mjs'

/**
 * Runs npm: the one that started this process, else the one on the PATH.
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} options
 * @returns {ReturnType<typeof run>}
 */
export function runNpm(args, options) {
  const fromNpm = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : null
  return fromNpm ? run(process.execPath, [fromNpm, ...args], options) : run('npm', args, { ...options, shell: process.platform === 'win32' })
}
