import { describe, expect, it } from 'vitest'
import type { Image } from '../../src/main/cube/image'
import { degrade } from '../../src/main/dataset/degrade'
import { crop, mirroredWindow } from '../../src/main/dataset/mirror'
import { passKernel } from '../../src/main/model/studio/pass-kernel'
import { defaultStudioShape } from '../../src/main/model/studio/shape'
import { sharpenComponents } from '../../src/main/model/studio/sharpen'
import { tileHalo } from '../../src/main/model/studio/tile-halo'
import { syntheticScene } from '../memory-scene'

const cascade = { shape: { ...defaultStudioShape(2), channels: 8, blocks: 1 }, passes: 3 }
const wide = { kind: 'gaussian', sigma: 4 } as const

/** Root mean square of the difference as a share of the deviation of `p`. */
function relativeError(p: Image, q: Image): number {
  const mean = p.data.reduce((sum, value) => sum + value, 0) / p.data.length
  let [error, spread] = [0, 0]
  p.data.forEach((value, i) => {
    error += (value - (q.data[i] as number)) ** 2
    spread += (value - mean) ** 2
  })
  return Math.sqrt(error / spread)
}

describe('the kernel of a pass', () => {
  const fine: Image = { rows: 192, cols: 192, bands: 2, data: syntheticScene(192, 192, 2, 3) }

  it('applied once a pass is the kernel of all passes together', () => {
    let reduced = fine
    for (let pass = 0; pass < 3; pass++) reduced = degrade(reduced, 2, passKernel(wide, cascade))
    expect(relativeError(degrade(fine, 8, wide), reduced)).toBeLessThan(0.05)
    expect(passKernel(wide, { ...cascade, passes: 1 })).toEqual(wide)
    expect(passKernel({ kind: 'block' }, cascade)).toEqual({ kind: 'block' })
  })

  it('keeps a cascade near its input', async () => {
    const low = degrade(fine, 8, wide)
    const model = { ...cascade, parameters: null, kernel: wide }
    const halo = tileHalo(model)
    const sharp = await sharpenComponents(model, mirroredWindow(low, -halo, -halo, low.rows + 2 * halo, low.cols + 2 * halo), 1e9)
    const again = degrade(sharp, 8, wide)
    // away from the edge, where the degraded picture knows nothing of what lies outside
    const inner = (image: Image): Image => crop(image, 4, 4, image.rows - 8, image.cols - 8)
    expect(relativeError(inner(low), inner(again))).toBeLessThan(0.1)
  })
})
