import type { ElectronApplication, Page } from 'playwright-core'
import { expect } from 'vitest'
import { cutOff } from './layout-check'
import { keepPicture } from './launched-app'
import { patience } from './user-walk'

const THEMES = ['light', 'dark'] as const
const SIZES = [[1440, 900], [1100, 700]] as const

interface Look {
  theme: (typeof THEMES)[number]
  width: number
  height: number
  zoom: number
}

/** In both themes and sizes, and at twice the size of everything. */
const LOOKS: Look[] = [
  ...THEMES.flatMap((theme) => SIZES.map(([width, height]) => ({ theme, width, height, zoom: 1 }))),
  { theme: 'light', width: 1440, height: 900, zoom: 2 },
]

/**
 * Keeps pictures of what the page shows now, in all looks, as `NAME-THEME-SIZE.png`.
 * @returns what is cut off in one of them, see `cutOff`
 */
export async function keepLooks(electronApp: ElectronApplication, page: Page, name: string): Promise<string[]> {
  const found: string[] = []
  for (const look of LOOKS) {
    await wear(electronApp, page, look)
    const title = `${name}-${look.theme}-${look.width}x${look.height}${look.zoom === 1 ? '' : '-zoom'}`
    await keepPicture(page, title)
    found.push(...(await cutOff(page)).map((cut) => `${title}: ${cut}`))
  }
  await wear(electronApp, page, LOOKS[0] as Look)
  return found
}

async function wear(electronApp: ElectronApplication, page: Page, look: Look): Promise<void> {
  await electronApp.evaluate(({ BrowserWindow, nativeTheme }, { theme, width, height, zoom }) => {
    nativeTheme.themeSource = theme
    const window = BrowserWindow.getAllWindows()[0]
    window?.setContentSize(width, height)
    window?.webContents.setZoomFactor(zoom)
  }, look)
  await expect.poll(() => page.evaluate(() => [document.documentElement.dataset.theme, innerWidth, innerHeight]), patience)
    .toEqual([look.theme, look.width / look.zoom, look.height / look.zoom])
  await expect.poll(() => page.getByText('Reading pixels').filter({ visible: true }).count(), patience).toBe(0)
}
