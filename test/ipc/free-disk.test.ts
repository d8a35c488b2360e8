import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkRoom, freeDiskBytes } from '../../src/main/ipc/free-disk'
import { temporaryFolder } from '../scenes/scene-files'

const plain = (bytes: number) => ({ sizeBytes: bytes, leastBytes: bytes })

describe('room for results', () => {
  it('is there for what fits', async () => {
    const folder = await temporaryFolder()
    expect(await checkRoom([join(folder, 'a.tif'), join(folder, 'b.tif')], [plain(1000), plain(1000)])).toBeNull()
  })

  it('is refused for files that fit one by one and not together', async () => {
    const folder = await temporaryFolder()
    const most = (await freeDiskBytes(folder)) * 0.6
    expect(await checkRoom([join(folder, 'a.tif')], [plain(most)])).toBeNull()
    const together = checkRoom([join(folder, 'a.tif'), join(folder, 'b.tif')], [plain(most), plain(most)])
    await expect(together).rejects.toMatchObject({ tag: 'too-large', file: folder, remedy: expect.stringContaining('another disk') as string })
    await expect(together).rejects.toThrow(/: at least \d.* are needed, \d.* are free/)
  })

  it('is doubted, not refused, where it depends on compression', async () => {
    const folder = await temporaryFolder()
    const free = await freeDiskBytes(folder)
    const warning = await checkRoom([join(folder, 'a.tif'), join(folder, 'b.tif')], [{ sizeBytes: 0.8 * free, leastBytes: 0.4 * free }, { sizeBytes: 0.8 * free, leastBytes: 0.4 * free }])
    expect(warning).toMatch(/: \d.* before compression, \d.* free on this disk/)
  })

  it('can not be known of a folder that is not there', async () => {
    await expect(checkRoom(['/nowhere/a.tif'], [plain(1)])).rejects.toMatchObject({ tag: 'not-found', file: '/nowhere' })
  })
})
