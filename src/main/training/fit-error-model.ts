import type { ErrorModel } from '../model/checkpoint-manifest'
import type { KnownErrors } from './known-errors'

const ROUNDS = 200

/** Keeps a perfect reproduction from dividing by zero, as a share of the mean error. */
const LEAST_SHARE = 1e-6

/**
 * Fits the weights of the expected squared error: the likeliest ones if errors are normal with that variance, found by
 * multiplicative steps that keep them positive (Itakura-Saito divergence, Févotte et al. 2009). Relative errors count, so
 * that quiet pixels are described as well as rough ones. null where nothing is known or nothing is wrong.
 */
export function fitErrorModel({ spread, detail, squared }: Pick<KnownErrors, 'spread' | 'detail' | 'squared'>): ErrorModel | null {
  const { length } = squared
  const mean = average(squared)
  if (!(mean > 0)) return null
  const signs = [new Float32Array(length).fill(1), spread, detail]
  const used = signs.map(average)
  // each sign explains its share to begin with; one that says nothing gets no weight
  const weights = used.map((size) => (size > 0 ? mean / (size * used.filter((other) => other > 0).length) : 0))
  const least = LEAST_SHARE * mean
  for (let round = 0; round < ROUNDS; round++) {
    const above = [0, 0, 0]
    const below = [0, 0, 0]
    for (let i = 0; i < length; i++) {
      const expected = least + signs.reduce((sum, sign, at) => sum + (weights[at] as number) * (sign[i] as number), 0)
      const ratio = (squared[i] as number) / (expected * expected)
      signs.forEach((sign, at) => {
        above[at] = (above[at] as number) + (sign[i] as number) * ratio
        below[at] = (below[at] as number) + (sign[i] as number) / expected
      })
    }
    weights.forEach((weight, at) => {
      if (weight > 0) weights[at] = weight * Math.sqrt((above[at] as number) / (below[at] as number))
    })
  }
  const [floor, ofSpread, ofDetail] = weights as [number, number, number]
  return { floor, spread: ofSpread, detail: ofDetail }
}

function average(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
