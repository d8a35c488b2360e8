import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assertRoom, freeDiskBytes } from '../../src/main/ipc/free-disk'
import { temporaryFolder } from '../scenes/scene-files'

describe('room for results', () => {
  it('is there for what fits', async () => {
    const folder = await temporaryFolder()
    await assertRoom([join(folder, 'a.tif'), join(folder, 'b.tif')], [1000, 1000])
  })

  it('is refused for files that fit one by one and not together', async () => {
    const folder = await temporaryFolder()
    const most = (await freeDiskBytes(folder)) * 0.6
    await assertRoom([join(folder, 'a.tif')], [most])
    const together = assertRoom([join(folder, 'a.tif'), join(folder, 'b.tif')], [most, most])
    await expect(together).rejects.toMatchObject({ tag: 'too-large', file: folder, remedy: expect.stringContaining('another disk') as string })
    await expect(together).rejects.toThrow(/: \d.* are needed, \d.* are free/)
  })

  it('can not be known of a folder that is not there', async () => {
    await expect(assertRoom(['/nowhere/a.tif'], [1])).rejects.toMatchObject({ tag: 'not-found', file: '/nowhere' })
  })
})
