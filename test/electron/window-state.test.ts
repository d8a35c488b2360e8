import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import { describe, expect, it, onTestFinished } from 'vitest'
import { boundsFor, readWindowState, saveWindowState } from '../../src/main/electron/window-state'

const screen = { x: 0, y: 25, width: 1920, height: 1055 }
const second = { x: 1920, y: 0, width: 1280, height: 1024 }
const state = (x: number, y: number, width: number, height: number) => ({ bounds: { x, y, width, height }, maximised: false })

describe('bounds of a new window', () => {
  it.each([
    ['centred the first time', null, [screen], { x: 240, y: 103, width: 1440, height: 900 }],
    ['as they were', state(100, 100, 1200, 800), [screen], { x: 100, y: 100, width: 1200, height: 800 }],
    ['on the second screen, too', state(1950, 50, 1100, 700), [screen, second], { x: 1950, y: 50, width: 1100, height: 700 }],
    ['back on the first when the second is gone', state(1950, 50, 1100, 700), [screen], { x: 410, y: 203, width: 1100, height: 700 }],
    ['moved in when part of it left the screen', state(1000, 500, 1200, 800), [screen], { x: 720, y: 280, width: 1200, height: 800 }],
    ['no larger than a smaller screen', state(0, 0, 1800, 1000), [{ x: 0, y: 0, width: 1366, height: 728 }], { x: 0, y: 0, width: 1366, height: 728 }],
    ['no smaller than the page can fill', state(100, 100, 300, 200), [screen], { x: 100, y: 100, width: 1000, height: 640 }],
  ])('are %s', (_what, remembered, screens, expected) => {
    expect(boundsFor(remembered, screens)).toEqual(expected)
  })
})

it('keeps the place of a window in a file; one that is not readable counts as none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dacn-window-'))
  onTestFinished(() => { rmSync(folder, { recursive: true }) })
  const file = join(folder, 'window.json')
  expect(readWindowState(file)).toBeNull()
  const bounds = { x: 1, y: 2, width: 1100, height: 700 }
  await saveWindowState(file, { getNormalBounds: () => bounds, isMaximized: () => true } as BrowserWindow)
  expect(readWindowState(file)).toEqual({ bounds, maximised: true })
  writeFileSync(file, '{"bounds": {"x": "left"}}')
  expect(readWindowState(file)).toBeNull()
})
