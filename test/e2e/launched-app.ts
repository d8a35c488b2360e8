import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ElectronApplication, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { projectRoot } from '../../src/main/common/project-root'

export interface LaunchOptions {
  /** Folder of a project to open. */
  project?: string
  /** Folder for settings that is kept; else one of the launch's own, removed at its end. */
  userData?: string
  args?: string[]
  env?: Record<string, string>
  theme?: 'light' | 'dark'
  /** Of the page. */
  width?: number
  height?: number
}

export interface LaunchedApp {
  electronApp: ElectronApplication
  page: Page
  /** Errors that the page has told so far. */
  problems: string[]
  userData: string
  close: () => Promise<void>
}

interface LaunchScript {
  launchApp: (options?: LaunchOptions) => Promise<LaunchedApp>
}

const script = (await import(pathToFileURL(join(projectRoot, 'scripts', 'app', 'launch-app.mjs')).href)) as LaunchScript

/** Starts the built application; whoever starts it closes it. */
export const launchApp = script.launchApp

/** As `launchApp`, for one test: closed at its end, whatever happens. */
export async function launchForTest(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const app = await launchApp(options)
  onTestFinished(() => app.close())
  return app
}

/** Keeps a picture of the page with the artefacts of the run. `name` without extension. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = join(projectRoot, 'test', 'artifacts')
  mkdirSync(folder, { recursive: true })
  await settled(page)
  // Playwright's own picture shows a quarter of a page that is zoomed to 200 %
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'png' })
  await session.detach()
  writeFileSync(join(folder, `${name}.png`), data, 'base64')
}

/** Resolves when what moves on the page has come to rest and is drawn; turning marks never do. */
export function settled(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const nextFrame = (): Promise<number> => new Promise((resolve) => { requestAnimationFrame(resolve) })
    // a change begins to move with the frame after it
    for (let frame = 0; frame < 3; frame++) await nextFrame()
    const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(moving.map(({ finished }) => finished))
    for (let frame = 0; frame < 2; frame++) await nextFrame()
  })
}
