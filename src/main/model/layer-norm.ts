import { withGradient } from './custom-gradient'
import type { Parameters } from './parameters'
import type { Tensor } from './tensorflow'

/** Layer normalisation over the channels of every position (Ba et al. 2016), gain and shift of the layer `name`: x [..., c] -> the same. */
export function layerNorm<T extends Tensor>(p: Parameters, name: string, x: T, epsilon: number): T {
  return withGradient<T>([x, p[`${name}/gamma`] as Tensor, p[`${name}/beta`] as Tensor], (save) => {
    const [gamma, beta] = [p[`${name}/gamma`] as Tensor, p[`${name}/beta`] as Tensor]
    const centred = x.sub(x.mean(-1, true))
    const inverse = centred.square().mean(-1, true).add(epsilon).rsqrt()
    const normalised = centred.mul(inverse)
    save([normalised, inverse, gamma])
    return {
      value: normalised.mul(gamma).add(beta),
      gradient: (dy, saved) => layerNormGradient(dy, saved as [Tensor, Tensor, Tensor]),
    }
  })
}

function layerNormGradient(dy: Tensor, [normalised, inverse, gamma]: [Tensor, Tensor, Tensor]): Tensor[] {
  const positions = dy.shape.slice(0, -1).map((_, axis) => axis)
  const scaled = dy.mul(gamma)
  const along = normalised.mul(scaled.mul(normalised).mean(-1, true))
  const dx = scaled.sub(scaled.mean(-1, true)).sub(along).mul(inverse)
  return [dx, dy.mul(normalised).sum(positions), dy.sum(positions)]
}
