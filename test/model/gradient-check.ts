import { tf, type Tensor } from '../../src/main/model/tensorflow'
import { hashed } from './reference'

/** Elements of every input that are moved, spread over it. */
const PROBES = 12

/**
 * Greatest difference between the gradients that TensorFlow gives and central differences, relative to the greatest
 * gradient of the input concerned (or a fiftieth of the greatest of all, if that is more). `f` gives any tensor; its elements are summed with hashed weights.
 */
export function gradientError(f: (...inputs: Tensor[]) => Tensor, inputs: readonly Tensor[]): number {
  return tf.tidy(() => {
    const sample = f(...inputs)
    const weights = tf.tensor(Float32Array.from(hashed('gradient-check', sample.size)), sample.shape)
    const objective = (...t: Tensor[]): Tensor => f(...t).mul(weights).sum()
    const gradients = tf.grads(objective)([...inputs]).map((gradient) => gradient.dataSync<'float32'>())
    const peaks = gradients.map((gradient) => gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0))
    let worst = 0
    inputs.forEach((input, index) => {
      const values = input.dataSync<'float32'>().slice()
      const gradient = gradients[index] as Float32Array
      // an input without effect, as a bias before normalisation, has rounding noise for a gradient
      const peak = Math.max(peaks[index] as number, 0.02 * Math.max(...peaks))
      for (let probe = 0; probe < Math.min(PROBES, values.length); probe++) {
        const place = Math.floor((probe * values.length) / Math.min(PROBES, values.length))
        const at = (shift: number): number => tf.tidy(() => {
          const moved = values.slice()
          moved[place] = (moved[place] as number) + shift
          return objective(...inputs.map((other, i) => (i === index ? tf.tensor(moved, input.shape) : other))).dataSync()[0] as number
        })
        // a kink within the step (maximum, rectifier) spoils the difference, rarely at both sizes; a wrong gradient does always
        const error = (step: number): number => Math.abs((at(step) - at(-step)) / (2 * step) - (gradient[place] as number)) / peak
        const first = error(4e-3)
        worst = Math.max(worst, first < 1e-3 ? first : Math.min(first, error(1e-3)))
      }
    })
    return worst
  })
}
