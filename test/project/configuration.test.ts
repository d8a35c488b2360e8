import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RecentProjects } from '../../src/main/project/recent-projects'
import { defaultSettings } from '../../src/main/project/settings'
import { SettingsFile } from '../../src/main/project/settings-file'
import { temporaryFolder } from '../setup/temporary-folder'

describe('settings', () => {
  it('are the defaults at first and stay as changed', async () => {
    const folder = join(temporaryFolder(), 'not', 'yet')
    const settings = await SettingsFile.open(folder)
    expect(settings.current).toEqual(defaultSettings)
    expect(existsSync(folder)).toBe(false)
    await Promise.all([settings.change({ theme: 'dark' }), settings.change({ threads: 3 })])
    expect(settings.current).toEqual({ ...defaultSettings, theme: 'dark', threads: 3 })
    expect((await SettingsFile.open(folder)).current).toEqual(settings.current)
  })

  it('refuse a value that can not be and stay as they are', async () => {
    const settings = await SettingsFile.open(temporaryFolder())
    await expect(settings.change({ memoryBudgetMb: 3 })).rejects.toMatchObject({ tag: 'invalid-argument', message: expect.stringContaining('memoryBudgetMb') as string })
    expect(settings.current).toEqual(defaultSettings)
  })

  it('take over what is understood in a file of another version', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ theme: 'light', threads: 'many', formerly: true, onClose: 'stop' }))
    const settings = await SettingsFile.open(folder)
    expect(settings.current).toEqual({ ...defaultSettings, theme: 'light', onClose: 'stop' })
    expect(settings.notice).toBeNull()
  })

  it.each(['{"theme": "da', 'null and void', '{"__proto__": {"theme": "dark"}}'])('put a damaged file aside: %s', async (text) => {
    const folder = temporaryFolder()
    const path = join(folder, 'settings.json')
    writeFileSync(path, text)
    const settings = await SettingsFile.open(folder)
    expect(settings.current).toEqual(defaultSettings)
    expect(settings.notice).toContain(`put aside as ${path}.broken`)
    expect(readFileSync(`${path}.broken`, 'utf8')).toBe(text)
    await settings.change({ theme: 'dark' })
    expect((await SettingsFile.open(folder)).notice).toBeNull()
  })
})

describe('recent projects', () => {
  function projectFolder(root: string, name: string): string {
    mkdirSync(join(root, name))
    writeFileSync(join(root, name, 'project.json'), '{}')
    return join(root, name)
  }

  it('are listed newest first, once each, with the missing ones marked', async () => {
    const root = temporaryFolder()
    const recent = new RecentProjects(join(root, 'config'))
    expect(await recent.list()).toEqual([])
    const [a, b] = [projectFolder(root, 'a'), projectFolder(root, 'b')]
    await recent.add({ id: 'project-a', name: 'A', folder: a })
    await recent.add({ id: 'project-b', name: 'B', folder: b })
    await recent.add({ id: 'project-a', name: 'A renamed', folder: a })
    rmSync(b, { recursive: true })
    expect((await recent.list()).map(({ name, folder, missing }) => [name, folder, missing])).toEqual([['A renamed', a, false], ['B', b, true]])
    const forgotten = (await recent.list())[1]?.id ?? ''
    expect(await recent.folderOf(forgotten)).toBe(b)
    await recent.forget(forgotten)
    expect((await recent.list()).map(({ name }) => name)).toEqual(['A renamed'])
    await expect(recent.folderOf(forgotten)).rejects.toMatchObject({ tag: 'not-found' })
  })

  it('follow a project that was moved, and tell it from a copy', async () => {
    const root = temporaryFolder()
    const recent = new RecentProjects(root)
    const [a, copy] = [projectFolder(root, 'a'), projectFolder(root, 'copy')]
    await recent.add({ id: 'project-a', name: 'A', folder: a })
    await recent.add({ id: 'project-a', name: 'A', folder: copy })
    expect((await recent.list()).map(({ folder }) => folder)).toEqual([copy, a])
    expect(new Set((await recent.list()).map(({ id }) => id)).size).toBe(2)
    rmSync(a, { recursive: true })
    await recent.add({ id: 'project-a', name: 'A', folder: projectFolder(root, 'moved') })
    expect((await recent.list()).map(({ folder }) => folder)).toEqual([join(root, 'moved'), copy])
  })

  it('are 20 at most, also when many are added at once', async () => {
    const recent = new RecentProjects(temporaryFolder())
    await Promise.all(Array.from({ length: 25 }, (_, i) => recent.add({ id: `project-${i}`, name: `P${i}`, folder: `/nowhere/${i}` })))
    const listed = await recent.list()
    expect(listed).toHaveLength(20)
    expect(listed[0]?.name).toBe('P24')
  })

  it('survive a damaged file and damaged entries', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'recent.json')
    writeFileSync(path, JSON.stringify([{ folder: 3 }, null, { projectId: 'p', name: 'P', folder: '/p', openedUtc: '' }]))
    expect((await new RecentProjects(folder).list()).map(({ name }) => name)).toEqual(['P'])
    writeFileSync(path, '[{"folder":')
    expect(await new RecentProjects(folder).list()).toEqual([])
    expect(existsSync(`${path}.broken`)).toBe(true)
  })
})
