import type { Image } from '../../cube/image'
import type { Kernel } from '../../dataset/degrade'
import { crop } from '../../dataset/mirror'
import { componentBase } from '../../dataset/training-image'
import type { Parameters } from '../parameters'
import { passKernel } from './pass-kernel'
import { predictDetail } from './predict'
import { windowSide } from './shape'
import { haloOfPasses, tileHalo, type Cascade } from './tile-halo'
import { wholeWindows } from './whole-windows'

export interface StudioModel extends Cascade {
  /** null = no network: the base alone. */
  parameters: Parameters | null
  kernel: Kernel
}

/**
 * Sharpens the components of a tile. `tile` [rows + 2 halo, cols + 2 halo, K] with halo = `tileHalo(model)` has its
 * origin on the window grid of the scene. Returns [rows * total, cols * total, K]. `budgetBytes` and `breathe` as for
 * `predictDetail`.
 */
export async function sharpenComponents(model: StudioModel, tile: Image, budgetBytes: number, breathe?: () => Promise<void>): Promise<Image> {
  const { shape, passes, parameters } = model
  const kernel = passKernel(model.kernel, model)
  const { scale } = shape
  let x = tile
  let halo = tileHalo(model)
  for (let pass = 0; pass < passes; pass++) {
    const base = componentBase(x, scale, kernel)
    if (parameters !== null) {
      const detail = await predictDetail(parameters, shape, wholeWindows(x, windowSide(shape)), budgetBytes, breathe)
      const width = base.cols * base.bands
      for (let row = 0; row < base.rows; row++) {
        for (let i = 0; i < width; i++) {
          const at = row * width + i
          base.data[at] = (base.data[at] as number) + (detail.data[row * detail.cols * detail.bands + i] as number)
        }
      }
    }
    const next = haloOfPasses(model, passes - pass - 1, 0)
    const margin = halo * scale - next
    x = crop(base, margin, margin, base.rows - 2 * margin, base.cols - 2 * margin)
    halo = next
  }
  return x
}
