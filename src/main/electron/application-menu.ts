import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { ACCELERATORS } from '../../preload/accelerators-contract'
import type { Command, ProjectView } from '../../preload/contract'
import { text } from './text'

/** What makes no sense without an open project. */
const NEED_PROJECT: readonly Command[] = ['close-project', 'import-scenes', 'fine-tune', 'upscale', 'next-page', 'previous-page']

export interface MenuActions {
  command(command: Command): void
  openLog(): void
}

/** Puts up the application's menu; without a project until `followProject` tells of one. */
export function setApplicationMenu(actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, actions)))
  followProject(null)
}

/** Enables the commands that go with the project. */
export function followProject(project: ProjectView | null): void {
  const menu = Menu.getApplicationMenu()
  for (const id of NEED_PROJECT) enable(menu, id, project !== null)
  enable(menu, 'undo', project?.undo !== null && project?.undo !== undefined)
}

function enable(menu: Menu | null, id: Command, enabled: boolean): void {
  const item = menu?.getMenuItemById(id)
  if (item) item.enabled = enabled
}

/** The menus as each system has them: on a Mac the application's own menu holds settings, about and quit. */
export function menuTemplate(platform: NodeJS.Platform, actions: MenuActions): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const item = (command: Command): MenuItemConstructorOptions => ({
    id: command,
    label: text.commands[command],
    click: () => { actions.command(command) },
    ...(ACCELERATORS[command] === undefined ? {} : { accelerator: ACCELERATORS[command] }),
  })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const own: MenuItemConstructorOptions = {
    label: app.name,
    submenu: [item('about'), line, item('settings'), line, { role: 'services' }, line, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, line, { role: 'quit' }],
  }
  return [
    ...(isMac ? [own] : []),
    {
      label: text.menus.file,
      submenu: [
        item('new-project'), item('open-project'), item('open-sample'), line, item('import-scenes'), line, item('close-project'),
        ...(isMac ? [] : [line, item('settings'), line, { role: 'quit' } as const]),
      ],
    },
    {
      label: text.menus.edit,
      submenu: [{ role: 'undo' }, { role: 'redo' }, line, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }, line, item('undo')],
    },
    { label: text.menus.scene, submenu: [item('fine-tune'), item('upscale')] },
    {
      label: text.menus.view,
      submenu: [
        item('command-palette'), line, item('next-page'), item('previous-page'), line, item('toggle-theme'), line,
        { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, line, { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [line, { role: 'toggleDevTools' } as const]),
      ],
    },
    { label: text.menus.window, role: 'window', submenu: [{ role: 'minimize' }, { role: 'zoom' }, ...(isMac ? [line, { role: 'front' } as const] : [{ role: 'close' } as const])] },
    {
      label: text.menus.help,
      role: 'help',
      submenu: [item('shortcuts'), { label: text.openLog, click: () => { actions.openLog() } }, ...(isMac ? [] : [line, item('about')])],
    },
  ]
}
