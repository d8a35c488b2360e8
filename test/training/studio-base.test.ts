import { describe, expect, test } from 'vitest'
import { resourcePath } from '../../src/main/common/project-root'
import type { Kernel } from '../../src/main/dataset/degrade'
import { quietContext } from '../../src/main/common/job-context'
import { loadCheckpoint } from '../../src/main/model/checkpoint'
import { loadStudioBase, randomStudioBase, tellOtherKernel } from '../../src/main/training/studio-base'

const bytes = (weights: ArrayBufferView) => Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength)
const shipped = async (name: string) => bytes((await loadCheckpoint(resourcePath('models', name))).vectors.weights as Float32Array)
const base = async (scale: 2 | 3 | 4 | 8, kernel: Kernel) => bytes((await loadStudioBase(scale, kernel, null)).weights)
const gaussian = (sigma: number): Kernel => ({ kind: 'gaussian', sigma })

describe('base weights', () => {
  test.each([[2, 0.5], [3, 0.4], [4, 0.3]] as const)('%ix: those for a point-spread function of its width, else those for block means', async (scale, spread) => {
    const [plain, psf] = [await shipped(`studio-${scale}x`), await shipped(`studio-${scale}x-psf`)]
    expect((await base(scale, { kind: 'block' })).equals(plain)).toBe(true)
    expect((await base(scale, gaussian(spread * scale))).equals(psf)).toBe(true)
    expect((await base(scale, gaussian(0.1 * scale))).equals(plain)).toBe(true)
    expect(psf.equals(plain)).toBe(false)
  })

  test('8x: by the width in one of its three passes', async () => {
    expect((await base(8, gaussian(4))).equals(await shipped('studio-2x-psf'))).toBe(true)
    expect((await base(8, gaussian(1.6))).equals(await shipped('studio-2x'))).toBe(true)
  })

  test('random ones: the network of the shipped weights, without any', async () => {
    const { shape, passes } = await loadStudioBase(8, { kind: 'block' }, null)
    expect(randomStudioBase(8)).toMatchObject({ shape, passes, weights: null })
  })

  test('a model that has learnt for another kernel than the run\'s is told; the shipped ones are chosen for it', async () => {
    const told: string[] = []
    const context = { ...quietContext(), log: (_level: string, message: string) => { told.push(message) } }
    const { kernel } = await loadStudioBase(2, gaussian(1), resourcePath('models', 'studio-2x'))
    tellOtherKernel(kernel, { kind: 'block' }, context)
    tellOtherKernel((await loadStudioBase(2, gaussian(1), null)).kernel, gaussian(1), context)
    tellOtherKernel(randomStudioBase(2).kernel, gaussian(1), context)
    expect(told).toEqual([])
    tellOtherKernel(kernel, gaussian(1), context)
    expect(told).toEqual(['The model to start from has learnt from scenes reduced by block means, this run reduces them by a Gaussian of sigma 1 pixels and block means.'])
  })

  test('a folder without a model is named, not passed over', async () => {
    await expect(loadStudioBase(2, { kind: 'block' }, '/no/such/model')).rejects.toMatchObject({ file: expect.stringContaining('/no/such/model') as string })
  })
})
