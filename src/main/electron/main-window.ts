import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { projectRoot } from '../common/project-root'
import { PAGE_URL } from './app-scheme'
import { PAGE_COLOURS } from './window-colours'
import { boundsFor, readWindowState, SMALLEST_WINDOW } from './window-state'

/** Opens the one window, hidden until its first picture is there. `stateFile` remembers its place. */
export function openMainWindow(stateFile: string): BrowserWindow {
  const state = readWindowState(stateFile)
  const { id } = screen.getPrimaryDisplay()
  const displays = [...screen.getAllDisplays()].sort((a, b) => Number(b.id === id) - Number(a.id === id))
  const window = new BrowserWindow({
    ...boundsFor(state, displays.map((display) => display.workArea)),
    minWidth: SMALLEST_WINDOW.width,
    minHeight: SMALLEST_WINDOW.height,
    title: 'DACN Studio',
    icon: join(projectRoot, 'resources', 'icon.png'),
    backgroundColor: pageColour(),
    show: false,
    webPreferences: {
      preload: join(projectRoot, 'out', 'preload', 'index.cjs'),
      contextIsolation: true,
      nodeIntegration: false,
      sandbox: true,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
      // the curves of a running job go on while another window covers this one
      backgroundThrottling: false,
    },
  })
  if (state?.maximised === true) window.maximize()
  const repaint = (): void => { window.setBackgroundColor(pageColour()) }
  nativeTheme.on('updated', repaint)
  window.on('closed', () => { nativeTheme.removeListener('updated', repaint) })
  window.once('ready-to-show', () => { window.show() })
  void window.loadURL(PAGE_URL)
  return window
}

function pageColour(): string {
  return nativeTheme.shouldUseDarkColors ? PAGE_COLOURS.dark : PAGE_COLOURS.light
}
