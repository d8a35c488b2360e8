import { join } from 'node:path'
import { build, buildNeeds } from './build.mjs'
import { dependenciesNeed, installDependencies } from './dependencies.mjs'
import { electronNeeds, installElectron } from './electron.mjs'
import { SetupFailure } from './failure.mjs'
import { withLock } from './lock.mjs'
import { chooseRuntime, installTensorflow, tensorflowNeeds } from './tensorflow.mjs'

/**
 * One part of the set-up. `needs` is cheap and changes nothing but takes over finished work of others; it returns why
 * `work` must run, or null. Steps run in the order of the list, each on the results of those before.
 * @typedef {{name: string, needs: (how: {deep: boolean}) => Promise<string | null> | string | null,
 *   work: (how: {deep: boolean}, addProcess: (pid: number) => void) => Promise<void>}} Step
 */

/** @param {string} version process.versions.node */
export function checkNode(version) {
  // what Vite and Electron's downloader ask for
  const [major, minor] = version.split('.').map(Number)
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22) return
  throw new SetupFailure(`This is Node ${version}; DACN Studio needs Node 20.19, 22.12 or a later one.`, 'Install a current Node.js and start again.')
}

/**
 * The steps for one checkout.
 * @param {string} root
 * @param {{quick: boolean, electron: boolean}} options `quick`: see `chooseRuntime`; `electron`: the window is wanted, too
 * @returns {Step[]}
 */
export function stepsFor(root, { quick, electron }) {
  let choice
  const chosen = async () => (choice ??= await chooseRuntime({ root, quick }))
  return [
    {
      name: 'packages',
      needs: () => dependenciesNeed(root),
      work: (_how, addProcess) => installDependencies(root, addProcess),
    },
    {
      name: 'TensorFlow',
      needs: async (how) => tensorflowNeeds(root, await chosen(), how),
      work: async (how) => installTensorflow(root, await chosen(), how),
    },
    ...(electron ? [{
      name: 'Electron',
      needs: (how) => electronNeeds(root, how),
      work: (how) => installElectron(root, how),
    }] : []),
    {
      name: 'build',
      needs: () => buildNeeds(root),
      work: (_how, addProcess) => build(root, addProcess),
    },
  ]
}

/**
 * Runs the steps that are needed.
 * @param {string} root the checkout, for its lock
 * @param {Step[]} steps
 * @param {{deep: boolean}} how `deep` compares every byte with its recorded checksum
 * @returns {Promise<string[]>} the names of the steps that worked
 */
export async function runSteps(root, steps, how) {
  const worked = []
  for (const step of steps) {
    if ((await step.needs(how)) === null) continue
    await withLock(join(root, '.cache', 'setup.lock'), `${step.name} of this checkout`, async (addProcess) => {
      // whoever held the lock before us may have done it
      if ((await step.needs(how)) === null) return
      await step.work(how, addProcess)
      worked.push(step.name)
    })
  }
  return worked
}
