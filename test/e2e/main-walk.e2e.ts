import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { builtEntry, resourcePath } from '../../src/main/common/project-root'
import { gdalPython, hasGdal } from '../formats/gdal'
import { dropFiles } from './dropped-files'
import { writeEnviPair } from './envi-pair'
import { choose, saveTo } from './file-dialogs'
import { jobProcess } from './job-process'
import { keepPicture, launchApp, type LaunchedApp } from './launched-app'
import { contentOf, fineTune, lineOf, openLine, patience, stepOf, stopAndKeep, unfold, wordsOf } from './user-walk'

// The one path that must feel effortless, as a user walks it: each test goes on where the one before ended.

const waiting = { timeout: patience.timeout }
let folder: string
let scene: string
let project: string
let result: string
let app: LaunchedApp
let page: Page
let electronApp: ElectronApplication
let stranded = false

// what follows a failed step would only wait for pages that never come
beforeEach(({ skip, onTestFailed }) => {
  skip(stranded, 'an earlier step failed')
  onTestFailed(async () => {
    stranded = true
    await keepPicture(page, 'failed-main-walk')
  })
})
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'dacn-walk-')))
  project = join(folder, 'Potsdam field')
  result = join(folder, 'sharper.tif')
  mkdirSync(join(folder, 'scenes'))
  scene = join(folder, 'scenes', 'hysu.tif')
  copyFileSync(resourcePath('sample-scene', 'dlr-hysu.tif'), scene)
  app = await launchApp({ userData: join(folder, 'user') })
  ;({ electronApp, page } = app)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('from a new project to a sharper map', () => {
  it('makes a project', async () => {
    await saveTo(electronApp, project)
    await page.getByRole('button', { name: 'New project' }).click()
    await page.getByText('From scene to sharper map').waitFor(waiting)
    await expect.poll(() => page.title(), patience).toContain('Potsdam field')
  })

  it('imports an ENVI scene by dialog, by its header', async () => {
    const { header } = writeEnviPair(join(folder, 'scenes', 'fields'))
    await choose(electronApp, [header])
    await page.getByRole('button', { name: 'Import scenes…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('40 × 48 px').waitFor(waiting)
    await expect.poll(() => wordsOf(dialog), patience).toContain('450–900 nm')
    expect(await wordsOf(dialog)).toContain('EPSG:32633')
    await dialog.getByRole('button', { name: 'Import 1 scene' }).click()
    await dialog.waitFor({ state: 'hidden', ...waiting })
    await expect.poll(() => lineOf(page, 'Scenes', 'fields').count(), patience).toBe(1)
  })

  it('imports a GeoTIFF that is dropped on the window', async () => {
    await dropFiles(page, [scene])
    const dialog = page.getByRole('dialog')
    await dialog.getByText('EPSG:32632').waitFor(waiting)
    await dialog.getByRole('button', { name: 'Import 1 scene' }).click()
    await dialog.waitFor({ state: 'hidden', ...waiting })
    // its page is open
    await page.getByRole('heading', { name: 'hysu' }).waitFor(waiting)
    await openLine(page, 'Scenes', 'hysu')
    await expect.poll(() => hasPicture(page), patience).toBe(true)
  })

  it('fine-tunes it: values come, pause and resume are obeyed within a second', async () => {
    await fineTune(page, 300)
    await expect.poll(() => stepOf(page), patience).toBeGreaterThan(2)
    // both charts are drawn
    await expect.poll(() => page.locator('.uplot canvas').count(), patience).toBe(2)

    await contentOf(page).getByRole('button', { name: 'Pause' }).click()
    await contentOf(page).getByRole('button', { name: 'Resume' }).waitFor({ timeout: 1000 })
    expect(await page.locator('.state.paused').first().innerText()).toBe('Paused')
    // the step that was under way may still be told
    await page.waitForTimeout(1000)
    const paused = await stepOf(page)
    await page.waitForTimeout(1500)
    expect(await stepOf(page)).toBe(paused)
    await contentOf(page).getByRole('button', { name: 'Resume' }).click()
    await contentOf(page).getByRole('button', { name: 'Pause' }).waitFor({ timeout: 1000 })
    await expect.poll(() => stepOf(page), patience).toBeGreaterThan(paused)
  })

  it('shows the network\'s picture of held-out ground beside the input, bicubic and truth', async () => {
    await expect.poll(() => page.locator('.patches canvas').count(), patience).toBe(4)
  })

  it('leaves the processor to the training: charts take new values, and nothing moves frame after frame', async () => {
    const charts = await page.locator('.uplot canvas').elementHandles()
    const picturesOfCharts = () => Promise.all(charts.map((chart) => chart.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())))
    const [before, step] = [await picturesOfCharts(), await stepOf(page)]
    await expect.poll(() => stepOf(page), patience).toBeGreaterThan(step + 3)
    await expect.poll(async () => (await picturesOfCharts()).some((picture, i) => picture !== before[i]), patience).toBe(true)
    expect(await Promise.all(charts.map((chart) => chart.evaluate((canvas) => canvas.isConnected)))).toEqual([true, true])
    const smooth = await page.evaluate(() => document.getAnimations().filter(({ effect }) => effect instanceof KeyframeEffect
      && effect.getTiming().iterations === Infinity && effect.getKeyframes().some(({ easing }) => !easing.startsWith('steps'))).length)
    expect(smooth).toBe(0)
  })

  it('stops, keeps the best and says in words and numbers how it turned out', async () => {
    await stopAndKeep(page)
    const verdict = await wordsOf(page.locator('.verdict'))
    expect(verdict).toMatch(/The fine-tuned model is used|No gain from fine-tuning: kept/)
    expect(verdict).toMatch(/[+−]\d+\.\d ± \d+\.\d dB over bicubic, spectral angle \d+ % (lower|higher)/)
    await expect.poll(() => page.locator('.verdict tbody tr').count(), patience).toBeGreaterThanOrEqual(3)
    await page.getByText('stopped by you').waitFor()
    await unfold(page, 'Log')
    await expect.poll(() => page.locator('.log li').count(), patience).toBeGreaterThan(0)
    // the job's process is gone with it
    await expect.poll(() => jobProcess(electronApp), patience).toBeUndefined()
    // run and model are in the lists
    await expect.poll(() => wordsOf(lineOf(page, 'Runs', 'hysu 2x')), patience).toMatch(/[+−]\d+\.\d dB/)
    await expect.poll(() => lineOf(page, 'Models', 'hysu 2x').count(), patience).toBe(1)
  })

  it('upscales and exports it, and shows the receipt', async () => {
    await contentOf(page).getByRole('button', { name: 'Upscale & export', exact: true }).click()
    await page.getByText('Nothing is lost').waitFor(waiting)
    expect(await wordsOf(page.locator('body'))).toContain('246 × 172')
    await saveTo(electronApp, result)
    await contentOf(page).getByRole('button', { name: 'Upscale & export…' }).click()
    await page.getByText('All checks passed').waitFor(waiting)
    await expect.poll(() => page.getByText(result).count(), patience).toBe(1)
    await expect.poll(() => lineOf(page, 'Results', /./).count(), patience).toBe(1)
    // source and result, side by side
    await page.locator('.swipe').waitFor(waiting)
  })

  it.skipIf(!hasGdal)('wrote a file that GDAL reads, with the very numbers that the command line gives', () => {
    const twin = join(folder, 'twin.tif')
    const models = join(project, 'models')
    const [model] = readdirSync(models)
    execFileSync(process.execPath, [builtEntry('cli'), 'upscale', scene, twin, '--model', join(models, model ?? '')], { stdio: 'pipe' })
    const [ours, theirs, source] = gdalPython<Opened[]>(`
import hashlib
def opened(path):
    ds = gdal.Open(path)
    return {'size': [ds.RasterXSize, ds.RasterYSize, ds.RasterCount], 'type': gdal.GetDataTypeName(ds.GetRasterBand(1).DataType), 'place': ds.GetGeoTransform(),
      'epsg': ds.GetSpatialRef().GetAuthorityCode(None), 'nodata': ds.GetRasterBand(1).GetNoDataValue(), 'pixels': hashlib.sha256(ds.ReadRaster()).hexdigest(),
      'wavelengths': [ds.GetRasterBand(b + 1).GetMetadataItem('wavelength') for b in range(ds.RasterCount)]}
print(json.dumps([opened(path) for path in input]))`, [result, twin, scene]) as [Opened, Opened, Opened]
    expect(ours).toEqual(theirs)
    expect(ours.size).toEqual([2 * source.size[0], 2 * source.size[1], source.size[2]])
    expect({ type: ours.type, epsg: ours.epsg, nodata: ours.nodata }).toEqual({ type: source.type, epsg: source.epsg, nodata: source.nodata })
    expect(ours.place).toEqual(source.place.map((value, index) => (index === 1 || index === 5 ? value / 2 : value)))
    expect(ours.wavelengths).toEqual(source.wavelengths)
  })

  it('closed and opened again, has everything where it was', async () => {
    expect(app.problems).toEqual([])
    await app.close()
    app = await launchApp({ userData: join(folder, 'user') })
    ;({ electronApp, page } = app)
    await page.getByRole('button', { name: `Potsdam field ${project}` }).click()
    await page.getByText('From scene to sharper map').waitFor(waiting)
    for (const [list, name] of [['Scenes', 'fields'], ['Scenes', 'hysu'], ['Models', /hysu/], ['Runs', /hysu/], ['Results', /./]] as const) {
      await expect.poll(() => lineOf(page, list, name).count(), { ...patience, message: `${list}: ${String(name)}` }).toBe(1)
    }
    await openLine(page, 'Runs', /hysu/)
    await expect.poll(() => page.locator('.uplot canvas').count(), patience).toBe(2)
    await expect.poll(() => page.locator('.verdict').count(), patience).toBe(1)
    await expect.poll(() => stepOf(page), patience).toBeGreaterThan(2)
    await openLine(page, 'Results', /./)
    await page.getByText('All checks passed').waitFor(waiting)
    expect(app.problems).toEqual([])
  })
})

interface Opened {
  size: [number, number, number]
  type: string
  place: number[]
  epsg: string
  nodata: number | null
  pixels: string
  wavelengths: (string | null)[]
}

/** Whether the first map on the page shows more than one colour. */
function hasPicture(of: Page): Promise<boolean> {
  return of.evaluate(() => [...document.querySelectorAll('main canvas')].some((element) => {
    const canvas = element as HTMLCanvasElement
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    const colours = new Set<number>()
    for (let at = 0; at < pixels.length; at += 4 * 97) colours.add(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0))
    return colours.size > 20
  }))
}
