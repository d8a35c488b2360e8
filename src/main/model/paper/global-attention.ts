import type { ParameterList, Parameters } from '../parameters'
import { tf, type Tensor, type Tensor3D, type Tensor4D } from '../tensorflow'
import { withGradient } from '../custom-gradient'

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
  return withGradient<Tensor3D>([q, k, v], (save) => {
    const pieces = attentionPieces(q.shape[0], q.shape[1], maxScores)
    const value = join(pieces.map((group) => group.map((piece) => tf.tidy(() => tf.matMul(weights(q, k, piece), part(v, piece))))))
    save([q, k, v, value])
    return {
      value,
      gradient: (dy, saved) => {
        const [q, k, v, y] = saved as [Tensor3D, Tensor3D, Tensor3D, Tensor3D]
        const groups = pieces.map((group) => group.map((piece) => tf.tidy(() => pieceGradient(q, k, v, y, dy, piece))))
        return [
          join(groups.map((group) => group.map(({ dq }) => dq))),
          tf.concat(groups.map((group) => tf.addN(group.map(({ dk }) => dk)))),
          tf.concat(groups.map((group) => tf.addN(group.map(({ dv }) => dv)))),
        ]
      },
    }
  })
}

interface Piece {
  /** First leading index and their number. */
  start: number
  count: number
  /** First query and their number; all of them when `count` is more than one. */
  row: number
  rows: number
}

/** Groups of leading indices, and pieces of the queries in each. */
function attentionPieces(leading: number, tokens: number, maxScores: number): Piece[][] {
  const together = Math.max(1, Math.floor(maxScores / tokens ** 2))
  const step = Math.min(tokens, Math.max(1, Math.floor(maxScores / tokens)))
  const groups: Piece[][] = []
  for (let start = 0; start < leading; start += together) {
    const group: Piece[] = []
    for (let row = 0; row < tokens; row += step) {
      group.push({ start, count: Math.min(together, leading - start), row, rows: Math.min(step, tokens - row) })
    }
    groups.push(group)
  }
  return groups
}

/** All tokens of a piece's leading indices. */
function part(t: Tensor3D, { start, count }: Piece): Tensor3D {
  return t.slice([start, 0, 0], [count, t.shape[1], t.shape[2]])
}

/** The queries of a piece. */
function queries(t: Tensor3D, { start, count, row, rows }: Piece): Tensor3D {
  return t.slice([start, row, 0], [count, rows, t.shape[2]])
}

function weights(q: Tensor3D, k: Tensor3D, piece: Piece): Tensor3D {
  return tf.softmax(tf.matMul(queries(q, piece), part(k, piece), false, true))
}

function pieceGradient(q: Tensor3D, k: Tensor3D, v: Tensor3D, y: Tensor3D, dy: Tensor3D, piece: Piece): { dq: Tensor3D; dk: Tensor3D; dv: Tensor3D } {
  const p = weights(q, k, piece)
  const dOut = queries(dy, piece)
  // sum over the keys of p * dp, without forming the product
  const total = dOut.mul(queries(y, piece)).sum(-1, true)
  const dp = tf.matMul(dOut, part(v, piece), false, true)
  const dScores = p.mul<Tensor3D>(dp.sub(total))
  return {
    dq: tf.matMul(dScores, part(k, piece)),
    dk: tf.matMul(dScores, queries(q, piece), true, false),
    dv: tf.matMul(p, dOut, true, false),
  }
}

function join(groups: readonly (readonly Tensor3D[])[]): Tensor3D {
  return tf.concat(groups.map((group) => tf.concat([...group], 1)))
}
