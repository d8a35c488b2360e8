import { describe, expect, it } from 'vitest'
import { setupScript } from './setup-scripts'

const { platforms, choosePlatform, chooseVariant, cacheFolder } = await setupScript('platforms.mjs')
const { checkNode } = await setupScript('steps.mjs')

describe('platform', () => {
  it('is found in the table or refused with a remedy', () => {
    expect(choosePlatform('linux', 'x64')).toBe('linux-x64')
    expect(choosePlatform('darwin', 'arm64')).toBe('darwin-arm64')
    expect(() => choosePlatform('freebsd', 'x64')).toThrowError(expect.objectContaining({ message: expect.stringContaining('freebsd-x64') as string, remedy: expect.stringContaining('linux-x64') as string }))
    expect(() => choosePlatform('darwin', 'x64')).toThrowError(expect.objectContaining({ remedy: expect.stringContaining('Intel') as string }))
    expect(() => choosePlatform('win32', 'x64')).toThrowError(expect.objectContaining({ remedy: expect.stringContaining('WSL') as string }))
  })

  it('has a checksum for every wheel, and says whether it was tried', () => {
    for (const [name, platform] of Object.entries(platforms)) {
      expect(platform.tried, name).not.toBe('')
      for (const variant of Object.values(platform.variants)) expect(variant.sha256, name).toMatch(/^[0-9a-f]{64}$/)
    }
  })

  it('offers pip every manylinux tag down to the oldest, never one newer than glibc 2.27', () => {
    const tags = platforms['linux-x64']?.wheelTags ?? []
    expect(tags).toContain('manylinux_2_27_x86_64')
    expect(tags).toContain('manylinux2014_x86_64')
    expect(tags).not.toContain('manylinux_2_28_x86_64')
  })

  it('takes of the NVIDIA wheels the libraries, not the headers', () => {
    const keep = platforms['linux-x64']?.variants.cuda?.extraKeep
    expect(keep?.test('nvidia/cudnn/lib/libcudnn.so.9')).toBe(true)
    expect(keep?.test('nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc')).toBe(true)
    expect(keep?.test('nvidia/cudnn/include/cudnn.h')).toBe(false)
    expect(keep?.test('nvidia/cudnn/lib/__init__.py')).toBe(false)
  })
})

describe('variant', () => {
  const choose = (override: string | undefined, gpu: boolean, platform = 'linux-x64') => chooseVariant({ platform, override, hasGpu: () => gpu })

  it('follows the GPU, and DACN_RUNTIME before it', async () => {
    expect(await choose(undefined, false)).toBe('cpu')
    expect(await choose(undefined, true)).toBe('cuda')
    expect(await choose('', true)).toBe('cuda')
    expect(await choose('cpu', true)).toBe('cpu')
    expect(await choose('cuda', false)).toBe('cuda')
  })

  it('is cpu where there is no CUDA build, whatever the GPU, and refuses what is asked for in vain', async () => {
    expect(await choose(undefined, true, 'darwin-arm64')).toBe('cpu')
    await expect(choose('cuda', true, 'darwin-arm64')).rejects.toThrow(/no such build for darwin-arm64/)
    await expect(choose('gpu', true)).rejects.toThrow(/DACN_RUNTIME is "gpu"/)
  })
})

describe('cache folder', () => {
  it('is where each system keeps such things, unless DACN_CACHE names another', () => {
    const home = '/home/a'
    expect(cacheFolder({ system: 'linux', env: {}, home })).toBe('/home/a/.cache/dacn-studio')
    expect(cacheFolder({ system: 'linux', env: { XDG_CACHE_HOME: '/c' }, home })).toBe('/c/dacn-studio')
    expect(cacheFolder({ system: 'darwin', env: {}, home })).toBe('/home/a/Library/Caches/dacn-studio')
    expect(cacheFolder({ system: 'win32', env: { LOCALAPPDATA: '/l' }, home })).toBe('/l/dacn-studio')
    expect(cacheFolder({ system: 'linux', env: { DACN_CACHE: '/elsewhere' }, home })).toBe('/elsewhere')
  })
})

describe('Node version', () => {
  it('is refused below 20, in words', () => {
    expect(() => { checkNode('18.15.0') }).toThrowError(expect.objectContaining({ message: expect.stringContaining('18.15.0') as string, remedy: expect.stringContaining('Install') as string }))
    for (const old of ['20.18.1', '21.7.3', '22.11.0']) expect(() => { checkNode(old) }, old).toThrow('20.19')
    for (const fits of ['20.19.0', '22.12.0', '23.0.0']) expect(() => { checkNode(fits) }, fits).not.toThrow()
    expect(() => { checkNode('24.11.1') }).not.toThrow()
  })
})
