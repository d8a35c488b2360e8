import { dialog, type BrowserWindow } from 'electron'
import type { Settings } from '../project/settings'
import { text } from './text'

type OnClose = Exclude<Settings['onClose'], 'ask'>

/** What the user wants of the jobs that run while the window is closed; null = don't close. `always`: not to be asked again. */
export interface CloseAnswer {
  choice: OnClose | null
  always: boolean
}

const CHOICES: readonly (OnClose | null)[] = ['background', 'stop', 'cancel', null]

/** Asks what becomes of `jobs` running or waiting jobs. */
export async function askAboutJobs(window: BrowserWindow | null, jobs: number): Promise<CloseAnswer> {
  const { closing } = text
  const options = {
    type: 'question' as const, title: text.product, message: closing.question(jobs), detail: closing.detail,
    buttons: [closing.background, closing.stop, closing.cancel, closing.stay], defaultId: 0, cancelId: 3, noLink: true,
    checkboxLabel: closing.always,
  }
  const { response, checkboxChecked } = await (window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options))
  return { choice: CHOICES[response] ?? null, always: checkboxChecked }
}

/** While jobs are being ended and the user wants to leave once more: whether to quit at once. */
export async function askWhetherToQuitNow(window: BrowserWindow | null): Promise<boolean> {
  const { closing } = text
  const options = { type: 'question' as const, title: text.product, message: closing.impatient, detail: closing.impatientDetail, buttons: [closing.wait, closing.quitNow], defaultId: 0, cancelId: 0, noLink: true }
  const { response } = await (window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options))
  return response === 1
}
