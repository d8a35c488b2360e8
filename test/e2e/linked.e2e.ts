import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { UpscalePlan } from '../../src/main/project/project-file'
import { gdalPython, hasGdal } from '../formats/gdal'
import { request } from './bridge'
import { keepPicture, launchForTest } from './launched-app'

const patience = { timeout: 120_000, interval: 200 }

async function current(page: Page) {
  const project = await request(page, 'project.current', null)
  if (project === null) throw new Error('no project is open')
  return project
}

it('compares the sample scene with its result: linked maps, spectra, and layers that GDAL reads', async () => {
  const { electronApp, page, problems, userData } = await launchForTest({ width: 1440, height: 900, theme: 'dark' })
  const sceneId = (await request(page, 'project.openSample', null)).scenes[0]?.id ?? ''
  await expect.poll(async () => (await current(page)).scenes[0]?.state, patience).toBe('ready')
  const answerSave = (filePath: string): Promise<void> => electronApp.evaluate(({ dialog }, path) => { dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path }) }, filePath)
  await answerSave(join(userData, 'documents', 'sharp.tif'))
  const plan: UpscalePlan = { modelId: 'studio-2x', window: null, format: 'geotiff', sampleType: 'source', compression: 'deflate', interleave: null, bands: 'all', consistency: true, precision: 'float32' }
  await request(page, 'upscale.start', { sceneIds: [sceneId], plan })
  await expect.poll(async () => (await current(page)).results[0]?.paths.length, patience).toBe(1)

  await page.locator('.lists button.line', { hasText: 'dlr-hysu' }).first().click()
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  const maps = page.locator('canvas[role=application]')
  await expect.poll(() => maps.count(), patience).toBe(2)

  // one cursor in all maps, and the place in degrees
  const box = await maps.first().boundingBox()
  if (box === null) throw new Error('the map has no place')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await expect.poll(() => page.locator('svg.cross').count(), patience).toBe(1)
  await expect.poll(() => page.locator('.status').innerText(), patience).toMatch(/EPSG:32632[\s\S]*WGS 84[\s\S]*48\.0\d+°\s?N/)
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  await expect.poll(() => page.locator('i.pin').count(), patience).toBe(2)

  // what the result adds, and the mean over a polygon
  await page.getByRole('button', { name: 'Add a view' }).click()
  await page.getByRole('button', { name: 'Add a view' }).click()
  await expect.poll(() => maps.count(), patience).toBe(4)
  await expect.poll(() => page.locator('footer .legend').innerText(), patience).toMatch(/^−[\d.]+\s*[\d.]+\s*stored$/)
  const small = await maps.first().boundingBox()
  if (small === null) throw new Error('the map has no place')
  await page.getByRole('button', { name: 'Polygon' }).click()
  for (const [right, down] of [[0.5, 0.4], [0.65, 0.4], [0.6, 0.6]] as const) await page.mouse.click(small.x + right * small.width, small.y + down * small.height)
  await page.keyboard.press('Enter')
  const region = page.getByRole('listitem').filter({ hasText: 'Region 1' })
  await expect.poll(() => region.innerText(), patience).toMatch(/\d+\u2009px · \d+\u2009m²[\s\S]*E\u2009669/)
  const table = join(userData, 'documents', 'regions.csv')
  await answerSave(table)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByText('Regions: n, mean, std (CSV)').click()
  await expect.poll(() => existsSync(table) && readFileSync(table, 'utf8').split('\n').length, patience).toBe(1 + 4 * 135 + 1)
  const picture = join(userData, 'documents', 'view.png')
  await answerSave(picture)
  await page.getByRole('button', { name: 'Save as picture for a report' }).last().click()
  await expect.poll(() => existsSync(picture) && readFileSync(picture).subarray(1, 4).toString(), patience).toBe('PNG')
  await keepPicture(page, 'linked-four-dark-1440x900')
  for (let left = 2; left > 0; left--) await page.getByRole('button', { name: 'Close this view' }).last().click()

  // layers, as a user asks for them
  await page.getByRole('tab', { name: 'Layers' }).click()
  const compute = async (kind: string, count: number): Promise<void> => {
    await page.locator('form .n-select').first().click()
    await page.locator('.n-base-select-option', { hasText: kind }).first().click()
    await expect.poll(() => page.locator('form').getByRole('button', { name: 'Compute' }).isEnabled(), patience).toBe(true)
    await page.locator('form').getByRole('button', { name: 'Compute' }).click()
    await expect.poll(async () => (await current(page)).layers.length, patience).toBe(count)
  }
  await compute('Consistency', 1)
  await compute('Index or formula', 2)
  await expect.poll(() => maps.count(), patience).toBe(4)
  await keepPicture(page, 'linked-layers-dark-1440x900')

  const ndvi = (await current(page)).layers[1]
  expect(ndvi).toMatchObject({ name: 'NDVI of sharp', pixelSize: 0.5, missing: false })
  await answerSave(join(userData, 'documents', 'ndvi.tif'))
  await page.getByRole('button', { name: 'Export as GeoTIFF' }).first().click()
  if (hasGdal) {
    const found = gdalPython<{ most: number; sides: number[] }>(`
import numpy
path, sharp, exported = input
values = gdal.Open(path).ReadAsArray()
bands = gdal.Open(sharp)
nm = [float(bands.GetRasterBand(i + 1).GetMetadataItem('wavelength') or bands.GetRasterBand(i + 1).GetMetadataItem('CENTRAL_WAVELENGTH_UM', 'IMAGERY') or 0) for i in range(bands.RasterCount)]
nm = [v * 1000 if v < 10 else v for v in nm]
at = lambda wanted: bands.GetRasterBand(1 + min(range(len(nm)), key=lambda i: abs(nm[i] - wanted))).ReadAsArray().astype(float)
near, red = at(860), at(650)
expected = (near - red) / (near + red)
again = gdal.Open(exported)
print(json.dumps(dict(most=float(numpy.nanmax(abs(values - expected))), sides=[again.RasterXSize, again.RasterYSize])))`,
    [ndvi?.path, (await current(page)).results[0]?.paths[0], join(userData, 'documents', 'ndvi.tif')])
    expect(found.sides).toEqual([246, 172])
    expect(found.most).toBeLessThan(1e-5)
  }

  for (const arrangement of ['Swipe', 'Flicker']) {
    await page.locator('.tools').getByText(arrangement, { exact: true }).click()
    await expect.poll(() => maps.count(), patience).toBe(2)
    await keepPicture(page, `linked-${arrangement.toLowerCase()}-dark-1440x900`)
  }
  expect(problems).toEqual([])
})
