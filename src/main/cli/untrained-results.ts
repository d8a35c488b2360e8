import type { Image } from '../cube/image'
import { backProjectedBicubic, projectConsistent } from '../dataset/back-projection'
import type { Kernel } from '../dataset/degrade'
import { upsample } from '../dataset/resample'
import type { NamedImage } from '../metrics/report'

/** Bicubic interpolation corrected to agree with its input: the strongest method without learning. */
export function backProjected(lowRes: Image, scale: number, kernel: Kernel): NamedImage {
  const projected = backProjectedBicubic(lowRes, scale, 5, kernel)
  return { name: 'back-projection', image: kernel.kind === 'block' ? projectConsistent(projected, lowRes, scale) : projected }
}

/** What methods without learning make of `lowRes` [rows, cols, bands], `scale` times larger; from the plainest to the strongest. */
export function untrainedResults(lowRes: Image, scale: number, kernel: Kernel): NamedImage[] {
  return [
    { name: 'nearest', image: upsample(lowRes, scale, 'nearest') },
    { name: 'bicubic', image: upsample(lowRes, scale, 'bicubic') },
    { name: 'lanczos', image: upsample(lowRes, scale, 'lanczos3') },
    backProjected(lowRes, scale, kernel),
  ]
}
