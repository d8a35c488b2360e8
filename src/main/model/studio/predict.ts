import { StudioError } from '../../common/errors'
import type { Image } from '../../cube/image'
import type { ParameterLayout, Parameters } from '../parameters'
import { tf } from '../tensorflow'
import { activationBytes } from './activation-bytes'
import { GUIDES, studioDetail } from './network'
import { windowSide, type StudioShape } from './shape'

/**
 * The detail of every component of a tile: `components` [rows, cols, K], standardised, without NaN, sides multiples of
 * the attention windows where there are any. Returns [rows * scale, cols * scale, K]. Components are processed as many at a time as `budgetBytes` allows,
 * which does not change a bit of the result; `breathe` is called before each lot, and what it rejects with ends the work.
 */
export async function predictDetail(p: Parameters, shape: StudioShape, components: Image, budgetBytes: number, breathe: () => Promise<void> = () => Promise.resolve()): Promise<Image> {
  const { rows, cols, bands: count } = components
  const { scale } = shape
  const window = windowSide(shape)
  if (rows % window !== 0 || cols % window !== 0) {
    throw new StudioError('invalid-argument', `A tile of ${rows} x ${cols} pixels does not consist of whole ${window} x ${window} windows.`)
  }
  const pixels = rows * cols
  const finePixels = pixels * scale * scale
  const atOnce = Math.max(1, Math.min(count, Math.floor(budgetBytes / activationBytes(shape, pixels))))
  const data = new Float32Array(finePixels * count)
  for (let first = 0; first < count; first += atOnce) {
    await breathe()
    const n = Math.min(atOnce, count - first)
    const input = new Float32Array(n * pixels * (1 + GUIDES))
    for (let k = 0; k < n; k++) {
      for (let i = 0; i < pixels; i++) {
        const out = (k * pixels + i) * (1 + GUIDES)
        input[out] = components.data[i * count + first + k] as number
        for (let guide = 0; guide < Math.min(GUIDES, count); guide++) input[out + 1 + guide] = components.data[i * count + guide] as number
      }
    }
    // read outside: tidy would walk through every number of an array that it returns
    const computed = tf.tidy(() => studioDetail(p, shape, tf.tensor4d(input, [n, rows, cols, 1 + GUIDES])))
    const detail = computed.dataSync<'float32'>()
    computed.dispose()
    for (let k = 0; k < n; k++) {
      for (let i = 0; i < finePixels; i++) data[i * count + first + k] = detail[k * finePixels + i] as number
    }
  }
  return { rows: rows * scale, cols: cols * scale, bands: count, data }
}

/** The parameters as tensors that live until `tf.dispose`. */
export function loadParameters(layout: ParameterLayout, weights: Float32Array): Parameters {
  return tf.tidy(() => layout.named(layout.split(tf.tensor1d(weights))))
}
