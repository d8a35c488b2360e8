import type { ParameterList, Parameters } from '../parameters'
import { tf, type Tensor, type Tensor3D, type Tensor4D } from '../tensorflow'
import { withGradient } from '../custom-gradient'
import { softmax } from '../softmax'

export const HEADS = 4

const PROJECTIONS = ['query', 'key', 'value'] as const

/** Shapes as in Keras' `MultiHeadAttention` with key and value size channels / 4, whose initial spread follows from them. */
export function describeGlobalAttention(list: ParameterList, name: string, channels: number): void {
  const depth = channels / HEADS
  for (const projection of PROJECTIONS) {
    list.add(`${name}/${projection}/kernel`, [channels, HEADS, depth], 'glorot-uniform', true)
    list.add(`${name}/${projection}/bias`, [HEADS, depth], 'zeros', false)
  }
  list.add(`${name}/output/kernel`, [HEADS, depth, channels], 'glorot-uniform', true).add(`${name}/output/bias`, [channels], 'zeros', false)
}

/**
 * Multi-head self-attention of every position with all others, without positional code (Vaswani et al. 2017).
 * x and the result are [n, h, w, channels]. Cost 4 (h w)^2 channels operations a sample; memory see `attend`.
 */
export function globalAttention(p: Parameters, name: string, x: Tensor4D): Tensor4D {
  const [n, rows, cols, channels] = x.shape
  const tokens = rows * cols
  const depth = channels / HEADS
  const kernel = tf.concat(PROJECTIONS.map((projection) => (p[`${name}/${projection}/kernel`] as Tensor).reshape([channels, channels])), 1)
  const bias = tf.concat(PROJECTIONS.map((projection) => (p[`${name}/${projection}/bias`] as Tensor).reshape([channels])))
  const projected = tf.add(tf.matMul(x.reshape([n * tokens, channels]), kernel), bias)
    .reshape([n, tokens, 3 * HEADS, depth])
    .transpose([2, 0, 1, 3])
    .reshape([3 * HEADS * n, tokens, depth])
  const [query, key, value] = tf.split(projected, 3) as [Tensor3D, Tensor3D, Tensor3D]
  const mixed = attend(tf.mul(query, 1 / Math.sqrt(depth)), key, value)
    .reshape([HEADS, n, tokens, depth])
    .transpose([1, 2, 0, 3])
    .reshape([n * tokens, channels])
  const output = (p[`${name}/output/kernel`] as Tensor).reshape([channels, channels])
  return tf.add(tf.matMul(mixed, output), p[`${name}/output/bias`] as Tensor).reshape([n, rows, cols, channels])
}

/** Scores held at a time: 8 MB, so that they stay in or near the processor's cache. */
const MAX_SCORES = 2 ** 21

/**
 * softmax(q k^T) v for every leading index; q, k, v [b, tokens, depth]. Scores are made `maxScores` at a time and made
 * again for the gradient (as in Dao et al. 2022), so memory is that of the inputs and not b tokens^2, in training too.
 */
export function attend(q: Tensor3D, k: Tensor3D, v: Tensor3D, maxScores = MAX_SCORES): Tensor3D {
  const [leading, tokens] = q.shape
  const pieces = attentionPieces(leading, tokens, maxScores)
  return withGradient<Tensor3D>([q, k, v], (save) => {
    const [keys, values] = [groupsOf(k, pieces), groupsOf(v, pieces)]
    const value = join(rowsOf(q, pieces).map((rows, group) => rows.map((row) => tf.tidy(() => tf.matMul(weights(row, keys[group] as Tensor3D), values[group] as Tensor3D)))))
    save([q, k, v, value])
    return { value, gradient: (dy, saved) => attentionGradient(dy, saved as [Tensor3D, Tensor3D, Tensor3D, Tensor3D], pieces) }
  })
}

/** Numbers of leading indices that are taken together, and of queries of each; all queries where there is more than one index. */
interface Pieces {
  groups: number[]
  rows: number[]
}

function attentionPieces(leading: number, tokens: number, maxScores: number): Pieces {
  const inSteps = (total: number, step: number): number[] => Array.from({ length: Math.ceil(total / step) }, (_, index) => Math.min(step, total - index * step))
  const together = Math.max(1, Math.floor(maxScores / tokens ** 2))
  const step = Math.min(tokens, Math.max(1, Math.floor(maxScores / tokens)))
  return { groups: inSteps(leading, together), rows: inSteps(tokens, step) }
}

/** The leading indices of each group: [count, tokens, depth]. */
function groupsOf(t: Tensor3D, { groups }: Pieces): Tensor3D[] {
  return tf.split(t, groups, 0)
}

/** The queries of each piece, by group: [count, rows, depth]. */
function rowsOf(t: Tensor3D, pieces: Pieces): Tensor3D[][] {
  return groupsOf(t, pieces).map((group) => (pieces.rows.length === 1 ? [group] : tf.split(group, pieces.rows, 1)))
}

function weights(q: Tensor3D, k: Tensor3D): Tensor3D {
  return softmax(tf.matMul(q, k, false, true))
}

function attentionGradient(dy: Tensor3D, [q, k, v, y]: [Tensor3D, Tensor3D, Tensor3D, Tensor3D], pieces: Pieces): Tensor3D[] {
  // one more column takes the sum over the keys of p * dp from each dp, without forming the product
  const minus = rowsOf(tf.concat([dy, dy.mul<Tensor3D>(y).sum<Tensor3D>(-1, true).neg()], 2), pieces)
  const one: Tensor3D = tf.ones([v.shape[0], v.shape[1], 1])
  const plus = groupsOf(tf.concat([v, one], 2), pieces)
  const [queries, outputs, keys] = [rowsOf(q, pieces), rowsOf(dy, pieces), groupsOf(k, pieces)]
  const gradients = queries.map((rows, group) => rows.map((row, index) => tf.tidy(() => {
    const [key, output] = [keys[group], outputs[group]?.[index]] as [Tensor3D, Tensor3D]
    const p = weights(row, key)
    const dScores = p.mul<Tensor3D>(tf.matMul(minus[group]?.[index] as Tensor3D, plus[group] as Tensor3D, false, true))
    // [.., depth, tokens], since these products are twice as fast that way round
    return { dq: tf.matMul<Tensor3D>(dScores, key), dk: tf.matMul<Tensor3D>(row, dScores, true), dv: tf.matMul<Tensor3D>(output, p, true) }
  })))
  const sum = (part: 'dk' | 'dv'): Tensor3D => tf.concat(gradients.map((rows) => tf.addN(rows.map((piece) => piece[part])))).transpose([0, 2, 1])
  return [join(gradients.map((rows) => rows.map(({ dq }) => dq))), sum('dk'), sum('dv')]
}

function join(groups: readonly (readonly Tensor3D[])[]): Tensor3D {
  return tf.concat(groups.map((rows) => (rows.length === 1 ? rows[0] as Tensor3D : tf.concat([...rows], 1))))
}
