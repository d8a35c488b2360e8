import { mkdirSync } from 'node:fs'
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
  // transitions settle
  await page.waitForTimeout(400)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
