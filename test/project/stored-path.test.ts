import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join, posix, win32 } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resourcePath } from '../../src/main/common/project-root'
import { isStoredFile, locateStored, resolveStored, storePath } from '../../src/main/project/stored-path'
import { temporaryFolder } from '../setup/temporary-folder'

const names = fc.array(fc.stringMatching(/^[A-Za-z0-9 _:-][A-Za-z0-9 ._:-]{0,8}$/), { minLength: 1, maxLength: 6 })

describe('stored paths', () => {
  it('lead back to the same file, from any project folder', () => {
    fc.assert(fc.property(names, names, (folderNames, fileNames) => {
      const folder = posix.join('/', ...folderNames)
      const path = posix.join('/', ...fileNames)
      const stored = storePath(folder, path, posix)
      expect(resolveStored(folder, stored.file, posix)).toBe(path)
      expect(stored.lastPath).toBe(path)
    }))
  })

  it('lead to the file after project and scene were moved together', () => {
    fc.assert(fc.property(names, names, names, names, (before, after, project, scene) => {
      const file = storePath(posix.join('/', ...before, ...project), posix.join('/', ...before, ...scene), posix).file
      // a common start of the two outside of what was moved would be no move together
      if (file.startsWith('/') || project[0] === scene[0]) return
      expect(resolveStored(posix.join('/', ...after, ...project), file, posix)).toBe(posix.join('/', ...after, ...scene))
    }))
  })

  it('are written with / on Windows, and absolute on another drive', () => {
    expect(storePath('C:\\work\\project', 'C:\\work\\scenes\\a.hdr', win32)).toEqual({ file: '../scenes/a.hdr', lastPath: 'C:\\work\\scenes\\a.hdr' })
    expect(storePath('C:\\work\\project', 'D:\\scenes\\a.hdr', win32)).toEqual({ file: 'D:\\scenes\\a.hdr', lastPath: 'D:\\scenes\\a.hdr' })
    expect(resolveStored('C:\\work\\project', '../scenes/a.hdr', win32)).toBe('C:\\work\\scenes\\a.hdr')
    expect(resolveStored('C:\\work\\project', 'D:\\scenes\\a.hdr', win32)).toBe('D:\\scenes\\a.hdr')
  })

  it('name what comes with the program by its place there', () => {
    expect(storePath('/somewhere', resourcePath('sample-scene', 'dlr-hysu.tif'))).toEqual({ file: 'resource:sample-scene/dlr-hysu.tif' })
    expect(resolveStored('/somewhere', 'resource:sample-scene/dlr-hysu.tif')).toBe(resourcePath('sample-scene', 'dlr-hysu.tif'))
  })

  it('tell a file from a resource of the same spelling', () => {
    const { file } = storePath('/p', '/p/resource:x', posix)
    expect(file).toBe('./resource:x')
    expect(resolveStored('/p', file, posix)).toBe('/p/resource:x')
  })

  it('never leave the resources by a resource name', () => {
    for (const file of ['resource:', 'resource:../package.json', 'resource:a/../../b', 'resource:a//b', 'resource:/etc/passwd', 'resource:a\\..\\b', 'resource:C:/x', '', 'a\0b']) {
      expect(isStoredFile(file), file).toBe(false)
    }
    for (const file of ['resource:sample-scene/dlr-hysu.tif', '../a.hdr', '/a/b', 'C:\\a']) expect(isStoredFile(file), file).toBe(true)
  })

  it('find a file by the relative path first, then where it was last seen', async () => {
    const root = temporaryFolder()
    const folder = join(root, 'project')
    const scene = join(root, 'a.hdr')
    mkdirSync(folder)
    writeFileSync(scene, '')
    const stored = storePath(folder, scene)
    expect(await locateStored(folder, stored)).toEqual({ path: scene, found: true })
    mkdirSync(join(root, 'deep', 'er'), { recursive: true })
    const moved = join(root, 'deep', 'er', 'project')
    renameSync(folder, moved)
    expect(await locateStored(moved, stored)).toEqual({ path: scene, found: true })
    renameSync(scene, join(root, 'b.hdr'))
    expect(await locateStored(moved, stored)).toEqual({ path: join(root, 'deep', 'er', 'a.hdr'), found: false })
  })
})
