import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { UpscalePlan } from '../../src/main/project/project-file'
import { colourTable, DIVERGING_MAP } from '../../src/renderer/shared/colour/colour-map'
import { request } from './bridge'
import { saveTo } from './file-dialogs'
import { keepPicture, launchForTest, type LaunchedApp } from './launched-app'
import { openSample, patience } from './user-walk'
import { watchGraphics } from './graphics-watch'

const PLAN: UpscalePlan = {
  modelId: 'studio-2x', window: { row: 8, col: 16, rows: 32, cols: 40 }, format: 'geotiff', sampleType: 'source', compression: 'none', interleave: null, bands: [5, 40, 80, 120], consistency: true, precision: 'float32',
}

/** The cube of a result for a part of the sample scene. */
async function openResultCube(): Promise<LaunchedApp & { resultId: string }> {
  const app = await launchForTest({ width: 1440, height: 900, theme: 'light' })
  const { electronApp, page, userData } = app
  await openSample(page)
  const current = async () => (await request(page, 'project.current', null)) ?? { scenes: [], results: [] }
  await saveTo(electronApp, join(userData, 'documents', 'part.tif'))
  await request(page, 'upscale.start', { sceneIds: [(await current()).scenes[0]?.id ?? ''], plan: PLAN })
  await expect.poll(async () => (await current()).results[0]?.derived, patience).toBe(true)
  await page.getByRole('list', { name: 'Results', exact: true }).getByRole('listitem').first().locator('[data-line]').first().click({ button: 'right' })
  await page.locator('.n-dropdown-option').filter({ hasText: '3-D cube' }).click()
  await ready(page, 1)
  return { ...app, resultId: (await current()).results[0]?.id ?? '' }
}

async function ready(page: Page, cubes: number): Promise<void> {
  await expect.poll(() => page.locator('canvas[data-state="ready"]').count(), patience).toBe(cubes)
  await expect.poll(() => page.getByText('Reading…').count(), patience).toBe(0)
}

async function choose(page: Page, index: number, kind: string): Promise<void> {
  await page.locator('.bar .n-select').nth(index).click()
  await page.locator('.n-base-select-option:visible').filter({ hasText: kind }).click()
}

async function picture(canvas: Locator): Promise<(x: number, y: number) => number[]> {
  const image = await loadImage(await canvas.screenshot())
  const drawing = createCanvas(image.width, image.height).getContext('2d')
  drawing.drawImage(image, 0, 0)
  return (x, y) => Array.from(drawing.getImageData(Math.round(x), Math.round(y), 1, 1).data.subarray(0, 3))
}

it('shows a result beside bicubic and their difference, with one camera, cut and pointer', async () => {
  const { page, problems } = await openResultCube()
  await page.getByRole('button', { name: 'Side by side' }).click()
  await choose(page, 1, 'Difference')
  await ready(page, 2)
  const canvases = page.locator('canvas[data-state]')
  const [left, right] = [await canvases.nth(0).boundingBox(), await canvases.nth(1).boundingBox()]
  if (left === null || right === null) throw new Error('no canvas')
  expect([right.width, right.height]).toEqual([left.width, left.height])

  // the legend of the difference is symmetric about zero and has its signs
  expect(await page.locator('.bar').nth(1).locator('.legend').innerText()).toMatch(/^−([\d.]+)\s+\+\1\s/)

  // one camera: turned on the left, drawn alike on the right
  const labels = (index: number): Promise<string[]> => page.locator('.stage').nth(index).locator('.labels span').evaluateAll((all) => all.map((one) => (one as HTMLElement).style.transform))
  await page.getByRole('button', { name: 'Top', exact: true }).click()
  await page.waitForTimeout(600)
  expect(await labels(1)).toEqual(await labels(0))
  const before = await labels(1)
  await canvases.nth(0).press('ArrowRight')
  await page.waitForTimeout(600)
  expect(await labels(1)).not.toEqual(before)
  expect(await labels(1)).toEqual(await labels(0))
  await page.getByRole('button', { name: 'Top', exact: true }).click()
  // one cut: the last band but one on top of both
  await page.locator('.handles').nth(1).getByRole('slider', { name: 'First wavelength' }).press('ArrowUp')
  await page.waitForTimeout(1000)
  await ready(page, 2)

  // one pointer: values of both, and what is drawn of the difference is what it says
  await page.mouse.move(right.x + right.width * 0.45, right.y + right.height * 0.47)
  await page.locator('.stage').nth(0).locator('i').last().waitFor()
  const values = page.getByLabel('Under the cursor').locator('b')
  await expect.poll(() => values.count()).toBe(2)
  await expect.poll(() => values.nth(1).textContent(), patience).toMatch(/^[−+]?\d/)
  const difference = Number((await values.nth(1).textContent())?.replace('−', '-'))
  const limit = Number(/\+([\d.]+)/.exec(await page.locator('.bar').nth(1).locator('.legend').innerText())?.[1])
  const level = Math.min(255, Math.max(0, Math.round(((difference + limit) / (2 * limit)) * 255)))
  const table = colourTable(DIVERGING_MAP)
  const seen = (await picture(canvases.nth(1)))(right.width * 0.45, right.height * 0.47)
  // limits are rounded in the legend
  for (const channel of [0, 1, 2]) expect(Math.abs((seen[channel] ?? 0) - (table[4 * level + channel] ?? 0))).toBeLessThan(8)
  await keepPicture(page, 'cube-pair')

  // a step on the finer grid is not lost in the rounding of the coarser one beside it
  await choose(page, 0, 'Source')
  await page.getByRole('button', { name: 'Isometric', exact: true }).click()
  await ready(page, 2)
  const handle = page.locator('.handles').nth(1).getByRole('slider', { name: 'Last row' })
  const last = Number(await handle.getAttribute('aria-valuenow'))
  await handle.press('ArrowDown')
  await expect.poll(() => handle.getAttribute('aria-valuenow')).toBe(String(last - 1))
  await handle.press('ArrowDown')
  await expect.poll(() => handle.getAttribute('aria-valuenow')).toBe(String(last - 2))

  await page.getByText('Volume', { exact: true }).click()
  await ready(page, 2)
  await keepPicture(page, 'cube-pair-volume')
  expect(problems).toEqual([])
})

it('leaves nothing on the graphics processor of two cubes, however often they stand side by side', async () => {
  const { page, problems } = await openResultCube()
  const live = await watchGraphics(page)
  const button = page.getByRole('button', { name: 'Side by side' })
  const turn = async (): Promise<void> => {
    await button.click()
    await ready(page, 2)
    await button.click()
    await ready(page, 1)
  }
  await turn()
  await page.waitForTimeout(500)
  const { textures } = await live()
  for (let i = 0; i < 20; i++) await turn()
  await page.waitForTimeout(500)
  const after = await live()
  // the first cube's context was made before anyone counted
  expect(after.contexts).toBe(0)
  expect(after.textures).toBe(textures)
  expect(problems).toEqual([])
})
