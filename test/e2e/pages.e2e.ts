import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Command } from '../../src/preload/contract'
import type { TrainingPlan, UpscalePlan } from '../../src/main/project/project-file'
import { request } from './bridge'
import { dropFiles } from './dropped-files'
import { writeEnviPair } from './envi-pair'
import { saveTo } from './file-dialogs'
import { launchApp, type LaunchedApp } from './launched-app'
import { keepLooks } from './looks'
import { contentOf, lineOf, openLine, openSample, patience, stepOf, unfold } from './user-walk'

// Pictures of every page in both themes and two sizes, kept as artefacts of the run; nothing on them may be cut off, at
// twice the size of everything neither.

const plan: TrainingPlan = { scale: 2, preset: 'studio', minutes: 5, steps: 30, seed: 1, precision: 'float32', validation: null, baseModelId: null, gaussianSigma: null }
const waiting = { timeout: patience.timeout }
let folder: string
let app: LaunchedApp
let page: Page
let electronApp: ElectronApplication

const command = (name: Command): Promise<void> => electronApp.evaluate(({ Menu }, id) => { Menu.getApplicationMenu()?.getMenuItemById(id)?.click() }, name)
const runs = async () => (await request(page, 'project.current', null))?.runs ?? []

/** Keeps the spectrum of a pixel of the map that the page shows, left of the divider where there is one. */
async function pinSpectrum(): Promise<void> {
  const map = await page.locator('main canvas').first().boundingBox()
  if (map === null) throw new Error('The page shows no map.')
  await page.mouse.click(map.x + 0.4 * map.width, map.y + 0.45 * map.height)
}

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'dacn-pages-')))
  app = await launchApp({ userData: join(folder, 'user'), theme: 'light', width: 1440, height: 900 })
  ;({ electronApp, page } = app)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

it('first screen, with and without projects', async () => {
  await page.getByRole('button', { name: 'New project' }).waitFor(waiting)
  expect.soft(await keepLooks(electronApp, page, 'start-first')).toEqual([])
  await openSample(page)
  await command('close-project')
  await page.getByRole('button', { name: 'New project' }).waitFor(waiting)
  expect.soft(await keepLooks(electronApp, page, 'start-recent')).toEqual([])
})

it('import dialog, with a good file and one that is none', async () => {
  await openSample(page)
  const notes = join(folder, 'notes.tif')
  writeFileSync(notes, 'These are notes.\n')
  await dropFiles(page, [writeEnviPair(join(folder, 'fields'), ['band names = { dark }']).header, notes])
  const dialog = page.getByRole('dialog')
  await dialog.getByText('40 × 48 px').waitFor(waiting)
  expect.soft(await keepLooks(electronApp, page, 'import')).toEqual([])
  await dialog.getByRole('button', { name: 'Corrections' }).click()
  expect.soft(await keepLooks(electronApp, page, 'import-corrections')).toEqual([])
  await dialog.getByRole('button', { name: 'Import 1 scene' }).click()
  await dialog.waitFor({ state: 'hidden', ...waiting })
})

it('scene, with each of its tabs', async () => {
  await openLine(page, 'Scenes', 'dlr-hysu')
  await page.locator('main canvas').first().waitFor(waiting)
  await pinSpectrum()
  const tabs = await page.getByRole('tab').allInnerTexts()
  for (const tab of tabs) {
    await page.getByRole('tab', { name: tab }).click()
    expect.soft(await keepLooks(electronApp, page, `scene-${tab.toLowerCase()}`)).toEqual([])
  }
})

it('plan of a fine-tuning, folded and open', async () => {
  await contentOf(page).getByRole('button', { name: 'Fine-tune…' }).click()
  await contentOf(page).getByText('at most', { exact: false }).first().waitFor(waiting)
  expect.soft(await keepLooks(electronApp, page, 'plan')).toEqual([])
  await unfold(page, 'Plan')
  expect.soft(await keepLooks(electronApp, page, 'plan-open')).toEqual([])
})

it('run while it goes on and when it is done; two runs compared; model', async () => {
  const sceneId = (await request(page, 'project.current', null))?.scenes.find(({ name }) => name === 'dlr-hysu')?.id ?? ''
  await request(page, 'training.start', { sceneIds: [sceneId], plan: { ...plan, steps: 4 } })
  const { runId } = await request(page, 'training.start', { sceneIds: [sceneId], plan: { ...plan, steps: 500, seed: 2 } })
  await page.locator(`[data-line="${runId}"]`).click()
  await expect.poll(() => stepOf(page), patience).toBeGreaterThan(8)
  expect.soft(await keepLooks(electronApp, page, 'run')).toEqual([])
  await contentOf(page).getByRole('button', { name: 'Stop and keep best' }).click()
  await expect.poll(async () => (await runs()).map(({ state }) => state), patience).toEqual(['done', 'done'])
  await page.locator('.verdict').waitFor(waiting)
  expect.soft(await keepLooks(electronApp, page, 'run-done')).toEqual([])

  const lines = lineOf(page, 'Runs', /./).locator('[data-line]')
  await lines.first().click()
  await lines.nth(1).click({ modifiers: ['Control'] })
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor(waiting)
  expect.soft(await keepLooks(electronApp, page, 'compare-runs')).toEqual([])

  await page.locator(`[data-line="${(await runs()).find(({ id }) => id === runId)?.modelId ?? ''}"]`).click()
  await contentOf(page).getByText('Model card').waitFor(waiting)
  expect.soft(await keepLooks(electronApp, page, 'model')).toEqual([])
})

it('upscaling and its result', async () => {
  const sceneId = (await request(page, 'project.current', null))?.scenes.find(({ name }) => name === 'dlr-hysu')?.id ?? ''
  await openLine(page, 'Scenes', 'dlr-hysu')
  await contentOf(page).getByRole('button', { name: 'Upscale & export…' }).click()
  await page.getByText('Nothing is lost').waitFor(waiting)
  expect.soft(await keepLooks(electronApp, page, 'upscale')).toEqual([])

  await saveTo(electronApp, join(folder, 'sharper.tif'))
  const upscale: UpscalePlan = {
    modelId: (await runs())[0]?.modelId ?? '', window: null, format: 'geotiff', sampleType: 'source', compression: 'deflate', interleave: null, bands: 'all', consistency: true, quality: 'best', uncertainty: true, precision: 'float32',
  }
  await request(page, 'upscale.start', { sceneIds: [sceneId], plan: upscale })
  await openLine(page, 'Results', /./)
  await contentOf(page).getByText('All checks passed').waitFor(waiting)
  await expect.poll(async () => (await request(page, 'project.current', null))?.layers.map(({ name, missing }) => [name, missing]), patience).toEqual([['Expected error of sharper', false]])
  await pinSpectrum()
  await contentOf(page).locator('.uplot').first().waitFor(waiting)
  expect.soft(await keepLooks(electronApp, page, 'result')).toEqual([])
})

it('overview, settings, about, command palette and shortcuts', async () => {
  await page.getByRole('button', { name: 'Overview' }).click()
  expect.soft(await keepLooks(electronApp, page, 'overview')).toEqual([])
  for (const name of ['settings', 'about', 'command-palette', 'shortcuts'] as const) {
    await command(name)
    expect.soft(await keepLooks(electronApp, page, name)).toEqual([])
    if (name === 'command-palette') await page.keyboard.press('Escape')
  }
  expect(app.problems).toEqual([])
})
