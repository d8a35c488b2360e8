import { describe, expect, test } from 'vitest'
import { resourcePath } from '../../src/main/common/project-root'
import type { Kernel } from '../../src/main/dataset/degrade'
import { loadCheckpoint } from '../../src/main/model/checkpoint'
import { loadStudioBase, NO_BASE } from '../../src/main/training/studio-base'

const weightsOf = async (name: string) => (await loadCheckpoint(resourcePath('models', name))).vectors.weights
const gaussian = (sigma: number): Kernel => ({ kind: 'gaussian', sigma })

describe('base weights', () => {
  test.each([[2, 0.5], [3, 0.4], [4, 0.3]] as const)('%ix: those for a point-spread function of its width, else those for block means', async (scale, spread) => {
    const [plain, psf] = [await weightsOf(`studio-${scale}x`), await weightsOf(`studio-${scale}x-psf`)]
    expect((await loadStudioBase(scale, { kind: 'block' }, null)).weights).toEqual(plain)
    expect((await loadStudioBase(scale, gaussian(spread * scale), null)).weights).toEqual(psf)
    expect((await loadStudioBase(scale, gaussian(0.1 * scale), null)).weights).toEqual(plain)
    expect(psf).not.toEqual(plain)
  })

  test('8x: by the width in one of its three passes', async () => {
    expect((await loadStudioBase(8, gaussian(4), null)).weights).toEqual(await weightsOf('studio-2x-psf'))
    expect((await loadStudioBase(8, gaussian(1.6), null)).weights).toEqual(await weightsOf('studio-2x'))
  })

  test('none when random ones are asked for', async () => {
    expect((await loadStudioBase(2, gaussian(1), NO_BASE)).weights).toBeNull()
  })
})
