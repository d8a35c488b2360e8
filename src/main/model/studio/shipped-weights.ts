import { shippedName } from '../../common/shipped-name'
import type { Kernel } from '../../dataset/degrade'
import { passKernel } from './pass-kernel'
import type { Cascade } from './tile-halo'

/** Point-spread functions narrower than this (sigma in low-resolution pixels) are nearer to block means than to what the weights for blur have learnt. */
const NARROW = 0.2

/** Whether a pass of a cascade that reduces by `kernel` in all is nearer to what the weights for blur have learnt than to block means. */
export function blurs(kernel: Kernel, cascade: Cascade): boolean {
  const pass = passKernel(kernel, cascade)
  return pass.kind === 'gaussian' && pass.sigma >= NARROW * cascade.shape.scale
}

/** Folder in resources/models of the shipped weights for a cascade that reduces by `kernel` in all. */
export function shippedFolder(kernel: Kernel, cascade: Cascade): string {
  return shippedName(cascade.shape.scale, blurs(kernel, cascade))
}
