import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/main/common/project-root'
import { keepPicture, launchForTest } from './launched-app'

describe('the built application', () => {
  it.each([['light', 1440, 900], ['light', 1100, 700], ['dark', 1440, 900], ['dark', 1100, 700]] as const)('opens its window without an error: %s, %i x %i', async (theme, width, height) => {
    const { page, problems } = await launchForTest({ theme, width, height })
    expect(page.url()).toBe('app://dacn/index.html')
    expect(await page.title()).toContain('DACN Studio')
    await expect.poll(() => page.evaluate(() => document.querySelector('#app')?.childElementCount)).toBeGreaterThan(0)
    expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height])
    await keepPicture(page, `start-${theme}-${width}x${height}`)
    // nothing is cut off
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    expect(problems).toEqual([])
  })

  it('takes no window smaller than it can fill', async () => {
    const { electronApp } = await launchForTest()
    expect(await electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getMinimumSize())).toEqual([1000, 640])
  })

  it('started a second time, brings the first window to the front and ends', async () => {
    const { electronApp, userData } = await launchForTest()
    const isVisible = (): Promise<boolean | undefined> => electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
    await electronApp.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.hide() })
    expect(await isVisible()).toBe(false)
    const executable = await electronApp.evaluate(() => process.execPath)
    const second = spawn(executable, [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), projectRoot, `--user-data-dir=${userData}`], { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    second.stderr.setEncoding('utf8').on('data', (text: string) => { said += text })
    const [status] = (await once(second, 'close')) as [number | null]
    expect(status).toBe(0)
    expect(said).toContain('running already')
    await expect.poll(isVisible).toBe(true)
  })

  it('remembers where the window was', async () => {
    const first = await launchForTest({ width: 1210, height: 760 })
    const size = (): Promise<number[] | undefined> => first.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize())
    const before = await size()
    await first.electronApp.close()
    const second = await launchForTest({ userData: first.userData })
    expect(await second.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize())).toEqual(before)
  })

  it('whose page crashes says so and loads it again', async () => {
    const { electronApp } = await launchForTest()
    await electronApp.evaluate(({ BrowserWindow, dialog }) => {
      const asked: string[] = []
      Object.assign(globalThis, { asked })
      dialog.showMessageBox = (...args: unknown[]) => {
        asked.push((args[args.length - 1] as { message: string }).message)
        return Promise.resolve({ response: 0, checkboxChecked: false })
      }
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      contents?.on('did-finish-load', () => { asked.push('loaded') })
      contents?.forcefullyCrashRenderer()
    })
    await expect.poll(() => electronApp.evaluate(() => (globalThis as unknown as { asked: string[] }).asked), { timeout: 20_000 }).toEqual(['The window\'s process has ended.', 'loaded'])
  })

  it('shows and logs an error that nothing else caught', async () => {
    const { electronApp, userData } = await launchForTest()
    const shown = await electronApp.evaluate(({ dialog }) => new Promise((resolve) => {
      dialog.showMessageBox = (...args: unknown[]) => {
        resolve((args[args.length - 1] as { detail: string }).detail)
        return Promise.resolve({ response: 0, checkboxChecked: false })
      }
      setTimeout(() => { throw new Error('a mistake of a test') })
    }))
    expect(shown).toContain('a mistake of a test')
    expect(readFileSync(join(userData, 'logs', 'main.log'), 'utf8')).toMatch(/error {3}Error: a mistake of a test\n {8}at /)
  })
})
