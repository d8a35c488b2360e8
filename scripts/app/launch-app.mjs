import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron } from 'playwright-core'
import { findElectron } from '../setup/electron.mjs'
import { hasDisplay, startVirtualDisplay } from './virtual-display.mjs'

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))
let virtual

/** The environment of a program with a window: on a screen in memory where there is no other. @param {Record<string, string>} [env] */
export async function windowEnvironment(env = {}) {
  if (hasDisplay({ ...process.env, ...env })) return { ...process.env, ...env }
  virtual ??= startVirtualDisplay()
  return { ...process.env, ...env, DISPLAY: (await virtual).display }
}

/** On Linux: makes `folder` the home of the user's documents, where new projects are proposed. */
function documentsIn(folder) {
  const documents = join(folder, 'documents')
  mkdirSync(documents, { recursive: true })
  writeFileSync(join(folder, 'user-dirs.dirs'), `XDG_DOCUMENTS_DIR="${documents}"\n`)
  return { XDG_CONFIG_HOME: folder }
}

/**
 * Starts the built application under Playwright's control, with settings and documents of its own that are gone afterwards.
 * @param {{project?: string, userData?: string, args?: string[], env?: Record<string, string>, theme?: 'light' | 'dark', width?: number, height?: number}} [options]
 *   `project`: folder to open; `userData`: folder for settings and documents, kept; `width`, `height`: of the page
 * @returns {Promise<{electronApp: import('playwright-core').ElectronApplication, page: import('playwright-core').Page,
 *   problems: string[], userData: string, close: () => Promise<void>}>} `problems`: errors of the page so far
 */
export async function launchApp({ project, userData, args = [], env = {}, theme, width, height } = {}) {
  const executablePath = findElectron(root)
  if (executablePath === null) throw new Error('There is no Electron yet: run `npm run setup`.')
  const folder = userData ?? mkdtempSync(join(tmpdir(), 'dacn-window-'))
  const electronApp = await _electron.launch({
    executablePath,
    // Playwright's own choice of a colour scheme would hide the one that the application takes
    colorScheme: null,
    // root may not use Chromium's sandbox
    chromiumSandbox: process.getuid?.() !== 0,
    args: [root, ...(project === undefined ? [] : [project]), `--user-data-dir=${folder}`, ...args],
    env: await windowEnvironment({ ...documentsIn(folder), ...env }),
  })
  const problems = []
  const close = async () => {
    const hard = setTimeout(() => electronApp.process().kill('SIGKILL'), 30_000)
    // nobody is there to answer what becomes of running jobs: the third answer cancels them; it may have ended already
    await electronApp.evaluate(({ dialog }) => { dialog.showMessageBox = () => Promise.resolve({ response: 2, checkboxChecked: false }) }).catch(() => undefined)
    await electronApp.close()
    clearTimeout(hard)
    if (userData === undefined) rmSync(folder, { recursive: true, force: true })
  }
  try {
    const page = await electronApp.firstWindow()
    page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()) })
    page.on('pageerror', (error) => problems.push(error.stack ?? error.message))
    if (theme !== undefined) await electronApp.evaluate(({ nativeTheme }, source) => { nativeTheme.themeSource = source }, theme)
    if (width !== undefined && height !== undefined) {
      await electronApp.evaluate(({ BrowserWindow }, size) => { BrowserWindow.getAllWindows()[0].setContentSize(size.width, size.height) }, { width, height })
    }
    await page.waitForLoadState('load')
    return { electronApp, page, problems, userData: folder, close }
  } catch (error) {
    electronApp.process().kill('SIGKILL')
    throw error
  }
}
