import type { MenuItemConstructorOptions } from 'electron'
import { expect, it, vi } from 'vitest'
import { COMMANDS } from '../../src/preload/contract'
import { menuTemplate } from '../../src/main/electron/application-menu'

vi.mock('electron', () => ({ app: { name: 'DACN Studio', isPackaged: false }, Menu: {} }))

function items(template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])])
}

it.each(['linux', 'darwin', 'win32'] as const)('offers every command once, with its own shortcut: %s', (platform) => {
  const heard: string[] = []
  const all = items(menuTemplate(platform, { command: (command) => heard.push(command), openLog: () => undefined }))
  const commands = all.filter(({ id }) => id !== undefined)
  expect(commands.map(({ id }) => id).sort()).toEqual([...COMMANDS].sort())
  for (const { click } of commands) (click as (() => void) | undefined)?.()
  expect(heard).toEqual(commands.map(({ id }) => id))
  const shortcuts = all.flatMap(({ accelerator }) => accelerator ?? [])
  expect(new Set(shortcuts).size).toBe(shortcuts.length)
  // Electron's roles bring these
  for (const taken of ['CmdOrCtrl+Z', 'CmdOrCtrl+C', 'CmdOrCtrl+V', 'CmdOrCtrl+A', 'CmdOrCtrl+W', 'CmdOrCtrl+M', 'CmdOrCtrl+Q', 'CmdOrCtrl+0']) expect(shortcuts).not.toContain(taken)
})

it('has settings, about and quit in the application\'s own menu on a Mac, and there only', () => {
  const [own, file] = menuTemplate('darwin', { command: () => undefined, openLog: () => undefined })
  const ids = (menu: MenuItemConstructorOptions | undefined) => items([menu ?? {}]).map(({ id, role }) => id ?? role)
  expect(ids(own)).toEqual(expect.arrayContaining(['about', 'settings', 'quit']))
  expect(ids(file)).not.toEqual(expect.arrayContaining(['settings']))
})
