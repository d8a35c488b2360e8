import { ACCELERATORS } from '../../preload/accelerators-contract'
import type { Command } from '../../preload/contract'
import { text } from '../text'

export interface Shortcut {
  name: string
  /** Each does the same. */
  accelerators: string[]
}

/** All keys that do something, by group, for the page that lists them. */
export function shortcutGroups(): { title: string; shortcuts: Shortcut[] }[] {
  const { shortcuts: words, commands } = text.workspace
  const command = (name: Command, ...more: string[]): Shortcut => ({ name: commands[name], accelerators: [...(ACCELERATORS[name] === undefined ? [] : [ACCELERATORS[name]]), ...more] })
  const cube = text.cube.keys
  const key = (name: string, ...accelerators: string[]): Shortcut => ({ name, accelerators })
  return [
    { title: words.groups.program, shortcuts: [command('command-palette', 'CmdOrCtrl+Shift+P'), command('settings'), command('toggle-theme'), command('shortcuts')] },
    { title: words.groups.project, shortcuts: [command('new-project'), command('open-project'), command('close-project'), command('import-scenes'), key(words.paste, 'CmdOrCtrl+V'), command('fine-tune'), command('upscale'), key(words.undo, 'CmdOrCtrl+Z', 'CmdOrCtrl+Shift+U')] },
    { title: words.groups.pages, shortcuts: [key(words.back, 'Alt+Left'), key(words.forward, 'Alt+Right'), command('next-page'), command('previous-page')] },
    { title: words.groups.maps, shortcuts: [key(words.pan, '←', '→', '↑', '↓'), key(words.zoom, '+', '−'), key(words.fit, '0'), key(words.cursor, 'Shift+Arrows'), key(words.pin, 'Enter')] },
    { title: words.groups.compare, shortcuts: [key(words.nextBand, '.'), key(words.previousBand, ','), key(words.flicker, 'F'), key(words.rectangle, 'R'), key(words.polygon, 'P'), key(words.corner, 'Space'), key(words.takeBack, 'Backspace'), key(words.closePolygon, 'Enter'), key(words.cancelPolygon, 'Esc')] },
    { title: cube.title, shortcuts: [key(cube.turn, '←', '→', '↑', '↓'), key(cube.move, 'Shift+Arrows'), key(cube.zoom, '+', '−'), key(cube.top, '1'), key(cube.front, '2'), key(cube.isometric, '3', '0'), key(cube.cut, '↑', '↓', 'Shift+↑', 'Shift+↓')] },
    { title: words.groups.lists, shortcuts: [key(words.up, '↑', '↓'), key(words.openItem, 'Enter'), key(words.range, 'Shift+↑', 'Shift+↓'), key(words.rename, 'F2'), key(words.remove, 'Delete'), key(words.menu, 'Shift+F10')] },
  ]
}
