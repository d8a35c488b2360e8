import type { Command } from './contract'

/** Keys of the commands as the menus name them, for the menus and for the window's list of shortcuts. */
export const ACCELERATORS: Partial<Record<Command, string>> = {
  'new-project': 'CmdOrCtrl+N',
  'open-project': 'CmdOrCtrl+O',
  'close-project': 'CmdOrCtrl+Shift+W',
  'import-scenes': 'CmdOrCtrl+I',
  'fine-tune': 'CmdOrCtrl+T',
  upscale: 'CmdOrCtrl+E',
  undo: 'CmdOrCtrl+Shift+U',
  'command-palette': 'CmdOrCtrl+K',
  settings: 'CmdOrCtrl+,',
  shortcuts: 'CmdOrCtrl+/',
  'next-page': 'Ctrl+Tab',
  'previous-page': 'Ctrl+Shift+Tab',
  'toggle-theme': 'CmdOrCtrl+Shift+L',
}
