import type { Kernel } from '../../dataset/degrade'
import { passKernel } from './pass-kernel'
import type { Cascade } from './tile-halo'

/** Point-spread functions narrower than this (sigma in low-resolution pixels) are nearer to block means than to what the weights for blur have learnt. */
const NARROW = 0.2

const BLUR = '-psf'

/** Whether a pass of a cascade that reduces by `kernel` in all is nearer to what the weights for blur have learnt than to block means. */
export function blurs(kernel: Kernel, cascade: Cascade): boolean {
  const pass = passKernel(kernel, cascade)
  return pass.kind === 'gaussian' && pass.sigma >= NARROW * cascade.shape.scale
}

/** Folder in resources/models of the shipped weights for a cascade that reduces by `kernel` in all. */
export function shippedFolder(kernel: Kernel, cascade: Cascade): string {
  return `studio-${cascade.shape.scale}x${blurs(kernel, cascade) ? BLUR : ''}`
}

/** What the weights in a folder of resources/models are called. */
export function shippedTitle(folder: string): string {
  return `Base weights ${folder.replace(/^studio-/, '').replace(BLUR, ', blur')}`
}
