import type { ParameterList, Parameters } from './parameters'
import { softmax } from './softmax'
import { tf, type Tensor, type Tensor3D, type Tensor4D } from './tensorflow'

export interface WindowAttentionShape {
  channels: number
  heads: number
  /** Side of the square windows in pixels; rows and cols of the input must be multiples of it. */
  window: number
}

export function describeWindowAttention(list: ParameterList, name: string, { channels, heads, window }: WindowAttentionShape): void {
  const tokens = window * window
  list.dense(`${name}/qkv`, channels, 3 * channels, 'glorot-uniform')
  list.dense(`${name}/output`, channels, channels, 'glorot-uniform')
  list.add(`${name}/position`, [heads, tokens, tokens], 'zeros', false)
}

/**
 * Multi-head self-attention inside square windows, with a learnt bias for every pair of positions (Vaswani et al. 2017;
 * windows as in Liu et al. 2021). `x` and the result are [n, rows, cols, channels]. Cost per pixel:
 * 8 channels^2 + 4 window^2 channels operations, against 4 rows cols channels for attention over all positions.
 */
export function windowAttention(p: Parameters, name: string, x: Tensor4D, { channels, heads, window }: WindowAttentionShape): Tensor4D {
  const [n, rows, cols] = x.shape
  const tokens = window * window
  const depth = channels / heads
  const windows = n * (rows / window) * (cols / window)
  // [n, rows, cols, c] -> [windows * tokens, c]
  const partition = (t: Tensor, c: number): Tensor => t
    .reshape([n * (rows / window), window, cols / window, window * c])
    .transpose([0, 2, 1, 3])
    .reshape([windows * tokens, c])
  const project = (layer: string, t: Tensor): Tensor => tf.add(tf.matMul(t, p[`${name}/${layer}/kernel`] as Tensor), p[`${name}/${layer}/bias`] as Tensor)
  // each stage frees what it no longer needs: the scores alone are tokens * heads / channels times as large as `x`
  return tf.tidy(() => {
    const mixed = tf.tidy(() => {
      const [q, k, v] = tf.tidy(() => {
        const qkv = project('qkv', partition(x, channels)).reshape([windows, tokens, 3, heads, depth]).transpose([2, 0, 3, 1, 4])
        return tf.split(qkv, 3).map((part) => part.reshape([windows * heads, tokens, depth]))
      }) as [Tensor3D, Tensor3D, Tensor3D]
      const weights = tf.tidy(() => softmax(
        tf.matMul(q.mul(1 / Math.sqrt(depth)), k, false, true).reshape([windows, heads, tokens, tokens]).add(p[`${name}/position`] as Tensor),
      ))
      return tf.matMul(weights.reshape([windows * heads, tokens, tokens]), v)
        .reshape([windows, heads, tokens, depth])
        .transpose([0, 2, 1, 3])
        .reshape([windows * tokens, channels])
    })
    return project('output', mixed)
      .reshape([n * (rows / window), cols / window, window, window * channels])
      .transpose([0, 2, 1, 3])
      .reshape([n, rows, cols, channels])
  })
}
