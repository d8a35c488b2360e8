import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { dacn } from './dacn.mjs'
import { keptCell } from './kept-cell.mjs'
import { isPublished } from './methods.mjs'
import { splitScene } from './scenes.mjs'
import { shippedBase } from './shipped-base.mjs'
import { trained } from './trained.mjs'

/**
 * One figure of the series: a method with a seed on a scene at a scale. `rows` = quality of the estimate, then of the
 * methods without learning; `corrected` = quality of the published network's output with the block means of its input,
 * null for the others; `adopted` = what the verdict serves, null where nothing else can; `curve` = PSNR on the held-out block against
 * seconds since the command began; `coverage` = how often expected errors held, null for the published network, which tells none.
 * @typedef {{scene: string, scale: number, method: string, seed: number, rows: {name: string, quality: Record<string, number>, consistencyDb: number | null}[],
 *   corrected: Cell['rows'][0] | null, testPixels: number, seconds: number, steps: number, parameters: number, adopted: string | null,
 *   curve: {seconds: number, psnr: number}[], lines: {bicubic: number, backProjection: number} | null,
 *   coverage: {pixels: number, withinOne: number, withinTwo: number} | null}} Cell
 */

/**
 * Where a series finds its scenes and keeps its cells; `engine` = hash of the sources that compute, `hashOf` = hash of files and folders.
 * @typedef {{data: string, results: string, engine: string, hashOf: (paths: readonly string[]) => string}} Where
 */

/** Smallest side of training or test ground, in coarse pixels, at which a method can be judged. */
const SMALLEST_SIDE = 8

/**
 * @param {{scene: import('./scenes.mjs').Scene, method: import('./methods.mjs').Method, scale: number, seed: number}} what
 * @param {Where} where
 * @returns {Promise<Cell | null>} null where the scene is too small for the scale, and for weights as they are where none of the scale are shipped
 */
export async function cellOf(what, { data, results, engine, hashOf }) {
  const { scene, method, scale, seed } = what
  if (method.train === null && scale === 8) return null
  const file = join(data, scene.file)
  const base = shippedBase(scale)
  const description = { scene: [scene.name, scene.variable, hashOf([dirname(file)])], method: [method.name, method.train, method.minutes], scale, seed, base: hashOf([base]), engine }
  return keptCell(description, results, (folder) => computed(what, file, base, folder))
}

async function computed({ scene, method, scale, seed }, file, base, folder) {
  const variable = scene.variable === undefined ? [] : ['--variable', scene.variable]
  const { train, test } = splitScene(await dacn(['info', file, ...variable]), scale)
  if (Math.min(train[2], train[3], test[2], test[3]) / scale < SMALLEST_SIDE) return null
  const part = (name) => join(folder, `${name}.tif`)
  await dacn(['convert', file, part('train'), '--window', train.join(','), ...variable])
  await dacn(['convert', file, part('truth'), '--window', test.join(','), ...variable])
  await dacn(['degrade', part('truth'), part('low'), '--scale', scale])
  const out = join(folder, 'model')
  const training = method.train === null ? null : await trained(part('train'), { scale, minutes: method.minutes, seed, out, words: method.train })
  const model = training === null ? base : out
  const published = isPublished(method.name)
  const expected = published ? [] : ['--uncertainty', part('expected')]
  const judged = async (words) => {
    await dacn(['upscale', part('low'), part('estimate'), '--model', model, '--no-receipt', '--force', ...words])
    return dacn(['evaluate', '--reference', part('truth'), '--estimate', part('estimate'), '--low-res', part('low'), '--scale', scale, ...expected])
  }
  if (published) serveNetwork(out)
  const report = await judged(published ? ['--quality', 'fast', '--no-consistency'] : expected)
  const corrected = published ? (await judged(['--quality', 'fast'])).rows[0] : null
  const { parameters } = JSON.parse(readFileSync(join(model, 'checkpoint.json'), 'utf8'))
  return {
    scene: scene.name, scale, method: method.name, seed, rows: report.rows, corrected, testPixels: report.validPixels,
    seconds: training?.result.seconds ?? 0, steps: training?.result.steps ?? 0,
    parameters: parameters.reduce((sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1), 0),
    adopted: published ? null : (training?.result.verdict?.adopted ?? null), curve: training?.curve ?? [], lines: training?.lines ?? null, coverage: report.coverage,
  }
}

/**
 * The published network has neither a verdict nor a correction: it is judged by what it makes itself, where our verdict
 * would have back-projection serve in its place.
 */
function serveNetwork(model) {
  const file = join(model, 'checkpoint.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...manifest, verdict: { ...manifest.verdict, adopted: 'fine-tuned' } }))
}
