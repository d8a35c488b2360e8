import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../bench/process.mjs'
import { contentHash, keyOf } from './content-key.mjs'
import { dacn } from './dacn.mjs'
import { splitScene } from './scenes.mjs'

/**
 * One figure of the series: a method with a seed on a scene at a scale. `rows` = quality of the estimate, then of the
 * methods without learning; `curve` = PSNR on the held-out block against seconds since the command began.
 * @typedef {{scene: string, scale: number, method: string, seed: number, rows: {name: string, quality: Record<string, number>, consistencyDb: number | null}[],
 *   testPixels: number, seconds: number, steps: number, parameters: number, adopted: string | null,
 *   curve: {seconds: number, psnr: number}[], lines: {bicubic: number, backProjection: number} | null}} Cell
 */

/** Smallest side of training or test ground, in coarse pixels, at which a method can be judged. */
const SMALLEST_SIDE = 8

/**
 * A cell, from the folder of results when nothing that decides it has changed since.
 * @param {{scene: import('./scenes.mjs').Scene, method: import('./methods.mjs').Method, scale: number, seed: number}} what
 * @param {{data: string, results: string, engine: string}} where
 * @returns {Promise<Cell | null>} null where the scene is too small for the scale, and for weights as they are where none of the scale are shipped
 */
export async function cellOf({ scene, method, scale, seed }, { data, results, engine }) {
  if (method.train === null && scale === 8) return null
  const file = join(data, scene.file)
  const base = join(root, 'resources', 'models', `studio-${scale === 8 ? 2 : scale}x`)
  const key = keyOf({ scene: [scene.name, scene.variable, contentHash([dirname(file)])], method: [method.name, method.train, method.minutes], scale, seed, base: contentHash([base]), engine })
  const kept = join(results, 'cells', `${key}.json`)
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'))
  const folder = join(results, 'work', key)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  mkdirSync(join(results, 'cells'), { recursive: true })
  try {
    const cell = await computed(scene, method, scale, seed, file, base, folder)
    if (cell !== null) {
      writeFileSync(`${kept}.new`, JSON.stringify(cell, null, 1))
      renameSync(`${kept}.new`, kept)
    }
    return cell
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function computed(scene, method, scale, seed, file, base, folder) {
  const variable = scene.variable === undefined ? [] : ['--variable', scene.variable]
  const { train, test } = splitScene(await dacn(['info', file, ...variable]), scale)
  if (Math.min(train[2], train[3], test[2], test[3]) / scale < SMALLEST_SIDE) return null
  const part = (name) => join(folder, `${name}.tif`)
  await dacn(['convert', file, part('train'), '--window', train.join(','), ...variable])
  await dacn(['convert', file, part('truth'), '--window', test.join(','), ...variable])
  await dacn(['degrade', part('truth'), part('low'), '--scale', scale])
  const training = method.train === null ? null : await trained(part('train'), method, scale, seed, join(folder, 'model'))
  const model = training === null ? base : join(folder, 'model')
  await dacn(['upscale', part('low'), part('estimate'), '--model', model, '--no-receipt'])
  const report = await dacn(['evaluate', '--reference', part('truth'), '--estimate', part('estimate'), '--low-res', part('low'), '--scale', scale])
  const { parameters } = JSON.parse(readFileSync(join(model, 'checkpoint.json'), 'utf8'))
  return {
    scene: scene.name, scale, method: method.name, seed, rows: report.rows, testPixels: report.validPixels,
    seconds: training?.result.seconds ?? 0, steps: training?.result.steps ?? 0,
    parameters: parameters.reduce((sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1), 0),
    adopted: training?.result.verdict?.adopted ?? null, curve: training?.curve ?? [], lines: training?.lines ?? null,
  }
}

async function trained(scene, { train, minutes }, scale, seed, out) {
  const started = Date.now()
  const curve = []
  let lines = null
  const result = await dacn(['train', scene, '--scale', scale, '--minutes', minutes, '--seed', seed, '--out', out, ...train], (line) => {
    if (line.kind !== 'train-validation') return
    curve.push({ seconds: (Date.now() - started) / 1000, psnr: line.psnr })
    lines = { bicubic: line.bicubicPsnr, backProjection: line.backProjectionPsnr }
  })
  return { result, curve, lines }
}
