import type { Kernel } from '../../dataset/degrade'
import type { Cascade } from './tile-halo'

/**
 * The kernel of one pass of a cascade, which applied as often as there are passes blurs like `kernel` (sigma in the finest
 * pixels) of the total scale: Gaussians add up by their variances, each in pixels that are `shape.scale` times those of the pass before.
 */
export function passKernel(kernel: Kernel, { shape, passes }: Cascade): Kernel {
  if (kernel.kind === 'block') return kernel
  let variances = 0
  for (let pass = 0; pass < passes; pass++) variances += shape.scale ** (2 * pass)
  return { kind: 'gaussian', sigma: kernel.sigma / Math.sqrt(variances) }
}
