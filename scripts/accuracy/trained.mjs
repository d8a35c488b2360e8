import { dacn } from './dacn.mjs'

/**
 * Trains on a scene. `result` = what `dacn train` answers; `curve` = PSNR on the held-out block against seconds since the
 * command began; `lines` = that of the methods without learning there. Rejects as `dacn` does.
 * @param {string} scene file @param {{scale: number, minutes: number, seed: number, out: string, words?: string[]}} how `words`: more words for the command
 */
export async function trained(scene, { scale, minutes, seed, out, words = [] }) {
  const started = Date.now()
  const curve = []
  let lines = null
  const result = await dacn(['train', scene, '--scale', scale, '--minutes', minutes, '--seed', seed, '--out', out, ...words], (line) => {
    if (line.kind !== 'train-validation') return
    curve.push({ seconds: (Date.now() - started) / 1000, psnr: line.psnr })
    lines = { bicubic: line.bicubicPsnr, backProjection: line.backProjectionPsnr }
  })
  return { result, curve, lines }
}
