import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { JobView } from '../../src/preload/contract'
import { defaultSettings, type Settings } from '../../src/main/project/settings'
import type { Application } from '../../src/main/ipc/application'
import { Leaving } from '../../src/main/electron/leaving'

const desktop = vi.hoisted(() => ({ app: null as unknown as EventEmitter & { quit: () => void }, answers: [] as { response: number; checkboxChecked: boolean }[], asked: 0 }))
vi.mock('electron', () => ({
  get app() { return desktop.app },
  powerMonitor: { on: () => undefined },
  dialog: { showMessageBox: () => { desktop.asked++; return Promise.resolve(desktop.answers.shift()) } },
}))

let log: string[]
let jobs: JobView[]
let settings: Settings
let failsToSave: boolean
let hurry: Promise<void>

beforeEach(() => {
  log = []
  jobs = []
  settings = defaultSettings
  failsToSave = false
  hurry = Promise.resolve()
  desktop.answers = []
  desktop.asked = 0
  const app = new EventEmitter()
  // as Electron does: quitting asks everybody first
  desktop.app = Object.assign(app, {
    quit: () => {
      let stopped = false
      app.emit('before-quit', { preventDefault: () => { stopped = true } })
      if (!stopped) log.push('gone')
    },
  })
})
afterEach(() => { vi.restoreAllMocks() })

function begin(): { close: () => boolean } {
  const application = {
    get settings() { return settings },
    runningJobs: () => jobs,
    endJobs: async (how: string) => { log.push(`end jobs: ${how}`); await hurry },
    close: () => { log.push('close'); return failsToSave ? Promise.reject(new Error('disk full')) : Promise.resolve() },
    handlers: { 'settings.change': (change: Partial<Settings>) => { log.push(`remember ${String(change.onClose)}`); return Promise.resolve(settings) } },
  } as unknown as Application
  const leaving = new Leaving(application, {
    window: () => null,
    hide: () => { log.push('hide') },
    show: () => { log.push('show') },
    finish: () => { log.push('finish'); return Promise.resolve() },
    reportFailure: (error) => { log.push(`failed: ${(error as Error).message}`) },
  })
  const window = new EventEmitter()
  leaving.watch(window as unknown as BrowserWindow)
  return {
    close: () => {
      let closes = true
      window.emit('close', { preventDefault: () => { closes = false } })
      return closes
    },
  }
}

const job = {} as JobView
const settled = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 5) })

it('without jobs, has everything written and ends', async () => {
  const { close } = begin()
  expect(close()).toBe(process.platform === 'darwin')
  await settled()
  expect(log).toEqual(['close', 'finish', 'gone'])
  expect(desktop.asked).toBe(0)
  expect(close()).toBe(true)
})

it.each([
  ['keep them running', 0, ['hide']],
  ['stop them', 1, ['end jobs: stop', 'close', 'finish', 'gone']],
  ['cancel them', 2, ['end jobs: cancel', 'close', 'finish', 'gone']],
  ['not close', 3, []],
])('with jobs, asks and does what the user wants: %s', async (_what, response, expected) => {
  jobs = [job]
  desktop.answers = [{ response, checkboxChecked: false }]
  const { close } = begin()
  close()
  close()
  await settled()
  expect(log).toEqual(expected)
  expect(desktop.asked).toBe(1)
})

it('remembers the answer when told to, and does not ask when it is known', async () => {
  jobs = [job]
  desktop.answers = [{ response: 0, checkboxChecked: true }]
  const { close } = begin()
  close()
  await settled()
  expect(log).toEqual(['remember background', 'hide'])
  settings = { ...settings, onClose: 'background' }
  close()
  await settled()
  expect(log).toEqual(['remember background', 'hide', 'hide'])
  expect(desktop.asked).toBe(1)
})

it('asks who quits even when closing means the background', async () => {
  jobs = [job]
  settings = { ...settings, onClose: 'background' }
  desktop.answers = [{ response: 2, checkboxChecked: false }]
  begin()
  desktop.app.quit()
  await settled()
  expect(log).toEqual(['end jobs: cancel', 'close', 'finish', 'gone'])
})

it('while jobs are being ended, quits at once only when asked for it, and ends once', async () => {
  jobs = [job]
  let finished: () => void = () => undefined
  hurry = new Promise((resolve) => { finished = resolve })
  settings = { ...settings, onClose: 'stop' }
  desktop.answers = [{ response: 0, checkboxChecked: false }, { response: 1, checkboxChecked: false }]
  const { close } = begin()
  close()
  await settled()
  close()
  await settled()
  expect(log).toEqual(['end jobs: stop'])
  close()
  await settled()
  finished()
  await settled()
  expect(log).toEqual(['end jobs: stop', 'close', 'finish', 'gone'])
})

it('stays, and says why, when the disk refuses to save; then tries again', async () => {
  failsToSave = true
  begin()
  desktop.app.quit()
  await settled()
  expect(log).toEqual(['close', 'show', 'failed: disk full'])
  failsToSave = false
  desktop.app.quit()
  await settled()
  expect(log.slice(3)).toEqual(['close', 'finish', 'gone'])
})
