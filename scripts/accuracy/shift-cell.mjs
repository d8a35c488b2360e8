import { dirname, join } from 'node:path'
import { root } from '../bench/process.mjs'
import { dacn } from './dacn.mjs'
import { keptCell } from './kept-cell.mjs'
import { shippedBase } from './shipped-base.mjs'
import { truthWindow } from './shift-ground.mjs'
import { trained } from './trained.mjs'

/** @typedef {{name: string, quality: Record<string, number>, consistencyDb: number | null}[]} Rows quality of the estimate, then of the methods without learning */

/**
 * A scene degraded to what a user would have, improved with one click there, and compared with the scene itself.
 * `verdict` = what the training promised; `served` = what the trained model made of the user's scene; `base` = what the
 * shipped weights as they are make of it (`fine`) and of its own reduction (`coarse`). `verdict` and `served` are null
 * where the user's scene is too small to fine-tune on, as `refusal` says.
 * @typedef {{scene: string, scale: number, seed: number, verdict: object | null, refusal: string | null, served: Rows | null,
 *   base: {fine: Rows, coarse: Rows}, seconds: number, steps: number}} ShiftCell
 */

/**
 * @param {{scene: import('./scenes.mjs').Scene, scale: number, seed: number, minutes: number}} what
 * @param {import('./cell.mjs').Where} where
 * @returns {Promise<ShiftCell | null>} null where the scene is too small to be degraded twice
 */
export async function shiftCellOf({ scene, scale, seed, minutes }, { data, results, engine, hashOf }) {
  const file = join(data, scene.file)
  const sources = ['shift-cell.mjs', 'shift-ground.mjs'].map((name) => join(root, 'scripts', 'accuracy', name))
  const ground = {
    protocol: 'scale-shift', scene: [scene.name, scene.variable, hashOf([dirname(file)])], scale,
    base: hashOf([shippedBase(scale)]), engine: [engine, hashOf(sources)],
  }
  // the shipped weights are the same whatever the seed
  const base = await keptCell(ground, results, (folder) => shippedOn(scene, file, scale, folder))
  if (base === null) return null
  const tuned = await keptCell({ ...ground, minutes, seed }, results, (folder) => tunedOn(scene, file, { scale, minutes, seed, out: join(folder, 'model') }, folder))
  return { scene: scene.name, scale, seed, base, ...tuned }
}

async function shippedOn(scene, file, scale, folder) {
  const steps = await degradedTwice(scene, file, scale, folder)
  if (steps === null) return null
  const { truth, low, lower } = steps
  const model = shippedBase(scale)
  return { fine: await compared(model, low, truth, scale, folder), coarse: await compared(model, lower, low, scale, folder) }
}

async function tunedOn(scene, file, how, folder) {
  const { truth, low } = await degradedTwice(scene, file, how.scale, folder)
  const { result, refusal } = await trainedOrRefused(low, how)
  if (result === null) return { verdict: null, served: null, refusal, seconds: 0, steps: 0 }
  const { verdict, seconds, steps } = result
  return { verdict, served: await compared(how.out, low, truth, how.scale, folder), refusal, seconds, steps }
}

/** Files of the scene, of what a user would have of it, and of that degraded once more. */
async function degradedTwice(scene, file, scale, folder) {
  const variable = scene.variable === undefined ? [] : ['--variable', scene.variable]
  const window = truthWindow(await dacn(['info', file, ...variable]), scale)
  if (window === null) return null
  const [truth, low, lower] = ['truth', 'low', 'lower'].map((name) => join(folder, `${name}.tif`))
  await dacn(['convert', file, truth, '--window', window.join(','), ...variable])
  await dacn(['degrade', truth, low, '--scale', scale])
  await dacn(['degrade', low, lower, '--scale', scale])
  return { truth, low, lower }
}

async function compared(model, input, reference, scale, folder) {
  const estimate = join(folder, 'estimate.tif')
  await dacn(['upscale', input, estimate, '--model', model, '--no-receipt', '--force'])
  return (await dacn(['evaluate', '--reference', reference, '--estimate', estimate, '--low-res', input, '--scale', scale])).rows
}

async function trainedOrRefused(scene, how) {
  try {
    return { result: (await trained(scene, how)).result, refusal: null }
  } catch (error) {
    // all else that decides this tag is given by this script: what is left is the size of the scene
    if (error.tag !== 'invalid-argument') throw error
    return { result: null, refusal: error.said.replace(`${scene}: `, '') }
  }
}
