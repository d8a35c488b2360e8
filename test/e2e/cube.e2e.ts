import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { FIELD_OF_VIEW_DEGREES, fitDistance } from '../../src/renderer/cube/camera-place'
import { colourTable } from '../../src/renderer/shared/colour/colour-map'
import { toWorld, worldLengths } from '../../src/renderer/cube/cube-box'
import { request } from './bridge'
import { watchGraphics } from './graphics-watch'
import { keepPicture, launchForTest, type LaunchedApp } from './launched-app'

// A cube whose every value is known: the limits of its colours are 0 and 255, so that a value is its place in the table.
const ROWS = 8
const COLS = 10
const BANDS = 6
const size = { rows: ROWS, cols: COLS, slices: BANDS }
const lengths = worldLengths(size, 0.6)

function valueAt(row: number, col: number, band: number): number {
  const pixel = row * COLS + col
  if (pixel % 9 === 0) return 0
  return pixel % 9 === 1 ? 255 : (row * 37 + col * 11 + band * 53) % 256
}

function writeCube(value = valueAt, more = ''): string {
  const folder = mkdtempSync(join(tmpdir(), 'dacn-cube-'))
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }) })
  const values = new Float32Array(ROWS * COLS * BANDS)
  for (let band = 0; band < BANDS; band++) for (let row = 0; row < ROWS; row++) for (let col = 0; col < COLS; col++) values[(band * ROWS + row) * COLS + col] = value(row, col, band)
  writeFileSync(join(folder, 'known.img'), new Uint8Array(values.buffer))
  const path = join(folder, 'known.hdr')
  writeFileSync(path, `ENVI\nsamples = ${COLS}\nlines = ${ROWS}\nbands = ${BANDS}\nheader offset = 0\nfile type = ENVI Standard\ndata type = 4\ninterleave = bsq\nbyte order = 0\nwavelength units = Nanometers\nwavelength = {${Array.from({ length: BANDS }, (_, band) => 450 + 100 * band).join(', ')}}\n${more}`)
  return path
}

async function openCube(page: Page): Promise<Locator> {
  await page.getByRole('option', { name: 'known' }).or(page.getByText('known', { exact: true })).first().click({ button: 'right' })
  await page.getByText('3-D cube', { exact: true }).first().click()
  const canvas = page.locator('canvas[data-state="ready"]')
  await canvas.waitFor()
  return canvas
}

async function launchWithCube(path = writeCube()): Promise<LaunchedApp & { canvas: Locator }> {
  const app = await launchForTest({ width: 1440, height: 900, theme: 'light' })
  const { page } = app
  await request(page, 'project.openSample', null)
  const [candidate] = await request(page, 'import.inspect', { paths: [path] })
  if (candidate === undefined) throw new Error('nothing to import')
  await request(page, 'import.accept', { handle: candidate.handle, name: 'known', repairs: {} })
  return { ...app, canvas: await openCube(page) }
}

/** Colours on the canvas as the screen shows them. */
async function colours(page: Page, canvas: Locator): Promise<(x: number, y: number) => number[]> {
  await page.waitForTimeout(500)
  const image = await loadImage(await canvas.screenshot())
  const drawing = createCanvas(image.width, image.height).getContext('2d')
  drawing.drawImage(image, 0, 0)
  return (x, y) => Array.from(drawing.getImageData(Math.round(x), Math.round(y), 1, 1).data.subarray(0, 3))
}

/** Where a place on a plane across the view lies, seen from the front or the top: right and up of the middle, and nearer by `near`. */
async function projection(canvas: Locator): Promise<(right: number, up: number, near: number) => { x: number; y: number }> {
  const box = await canvas.boundingBox()
  if (box === null) throw new Error('no canvas')
  const { width, height } = box
  const distance = fitDistance(lengths, { width, height })
  const half = Math.tan((FIELD_OF_VIEW_DEGREES * Math.PI) / 360)
  return (right, up, near) => {
    const scale = height / 2 / half / (distance - near)
    return { x: width / 2 + right * scale, y: height / 2 - up * scale }
  }
}

const tableColour = (value: number): number[] => Array.from(colourTable('viridis').subarray(value * 4, value * 4 + 3))

describe('the 3-D cube', () => {
  it('shows every value of its faces and cuts in the predicted colour, and reads it back', async () => {
    const { page, canvas, problems } = await launchWithCube()
    await keepPicture(page, 'cube-known')
    const at = await projection(canvas)

    /** Of a row seen from the front. */
    const expectFront = async (row: number): Promise<void> => {
      const near = toWorld(size, lengths, 'row', row + 1)
      const seen = await colours(page, canvas)
      for (let slice = 0; slice < BANDS; slice++) {
        for (let col = 0; col < COLS; col++) {
          // a quarter off the middle of a cell: the handle lies in the middle of the face
          const { x, y } = at(toWorld(size, lengths, 'col', col + 0.3), toWorld(size, lengths, 'slice', slice + 0.3), near)
          expect(seen(x, y), `row ${row} col ${col} slice ${slice}`).toEqual(tableColour(valueAt(row, col, slice)))
        }
      }
    }
    await page.getByRole('button', { name: 'Front', exact: true }).click()
    await expectFront(ROWS - 1)
    const lastRow = page.locator('.handles').getByRole('slider', { name: 'Last row' })
    for (let i = 0; i < 3; i++) await lastRow.press('ArrowDown')
    await expectFront(ROWS - 4)

    const box = await canvas.boundingBox()
    const cell = at(toWorld(size, lengths, 'col', 2.3), toWorld(size, lengths, 'slice', 1.3), toWorld(size, lengths, 'row', ROWS - 3))
    await page.mouse.move((box?.x ?? 0) + cell.x, (box?.y ?? 0) + cell.y)
    const status = page.getByLabel('Under the cursor')
    await expect.poll(() => status.locator('b').textContent()).toBe(String(valueAt(ROWS - 4, 2, 1)))
    expect(await status.textContent()).toMatch(new RegExp(`Row ${ROWS - 3} *Col 3 *550\\s?nm`))

    await page.getByText('Show all').click()
    await page.getByLabel('Colour picture on top').last().click()
    await page.getByRole('button', { name: 'Top', exact: true }).click()
    const seen = await colours(page, canvas)
    for (let row = 0; row < ROWS; row++) {
      for (let col = 0; col < COLS; col++) {
        const { x, y } = at(toWorld(size, lengths, 'col', col + 0.3), -toWorld(size, lengths, 'row', row + 0.3), lengths[1] / 2)
        expect(seen(x, y), `top row ${row} col ${col}`).toEqual(tableColour(valueAt(row, col, 0)))
      }
    }
    expect(problems).toEqual([])
  })

  it('greys bad bands, sees through what has no data, and points at what is seen', async () => {
    // band 3 is bad and empty in one column; a block of the last rows has no data at all
    const isHole = (row: number, col: number): boolean => row >= 4 && col < 4
    const { page, canvas, problems } = await launchWithCube(writeCube((row, col, band) => (isHole(row, col) || (band === 3 && col === 8) ? NaN : valueAt(row, col, band)), 'bbl = {1, 1, 1, 0, 1, 1}\n'))
    const at = await projection(canvas)
    await page.getByRole('button', { name: 'Front', exact: true }).click()
    const near = toWorld(size, lengths, 'row', ROWS)
    const far = toWorld(size, lengths, 'row', 0)
    const place = (col: number, slice: number, depth: number): { x: number; y: number } => at(toWorld(size, lengths, 'col', col + 0.3), toWorld(size, lengths, 'slice', slice + 0.3), depth)
    await keepPicture(page, 'cube-bad-bands')
    const seen = await colours(page, canvas)
    for (let col = 4; col < COLS; col++) {
      const { x, y } = place(col, 3, near)
      const [r = 0, g = 0, b = 0] = tableColour(col === 8 ? 0 : valueAt(ROWS - 1, col, 3))
      const grey = 0.35 + (0.3 * (0.299 * r + 0.587 * g + 0.114 * b)) / 255
      // the lines of the hatch are darker
      expect([1, 0.6].map((line) => Math.round(255 * line * grey))).toContainEqual(expect.closeTo(seen(x, y)[0] ?? 0, -0.5))
      expect(new Set(seen(x, y)).size, `col ${col}`).toBe(1)
      const good = place(col, 2, near)
      expect(seen(good.x, good.y)).toEqual(tableColour(valueAt(ROWS - 1, col, 2)))
    }
    // through the hole: the inner side of the first row
    const through = place(2, 1, far)
    expect(seen(through.x, through.y)).toEqual(tableColour(valueAt(0, 2, 1)))
    const box = await canvas.boundingBox()
    await page.mouse.move((box?.x ?? 0) + through.x, (box?.y ?? 0) + through.y)
    const status = page.getByLabel('Under the cursor')
    await expect.poll(() => status.locator('b').textContent()).toBe(String(valueAt(0, 2, 1)))
    expect(await status.textContent()).toMatch(/Row 1 *Col 3/)

    await page.getByLabel('Bad bands').last().click()
    await page.getByText(`${BANDS - 1} bands`).first().waitFor()
    expect(problems).toEqual([])
  })

  it('shows as a volume the greatest value along each ray', async () => {
    const { page, canvas, problems } = await launchWithCube()
    const at = await projection(canvas)
    await page.getByText('Volume', { exact: true }).click()
    await page.getByText('Greatest value').click()
    await page.getByRole('button', { name: 'Top', exact: true }).click()
    await page.getByText(`${COLS} × ${ROWS} × ${BANDS} voxels`).waitFor()
    // the fine picture at rest
    await page.waitForTimeout(1500)
    await keepPicture(page, 'cube-volume')
    const seen = await colours(page, canvas)
    const middleOf = (row: number, col: number): number[] => {
      const { x, y } = at(toWorld(size, lengths, 'col', col + 0.5), -toWorld(size, lengths, 'row', row + 0.5), lengths[1] / 2)
      return seen(x, y)
    }
    // near the middle, where rays go straight down: a pixel that is 0 in all bands, and its neighbour that is 255
    const [red = 0, green = 0] = middleOf(4, 5)
    expect(red + green).toBeLessThan(200)
    expect(middleOf(4, 6)).toEqual(tableColour(255).map((channel) => expect.closeTo(channel, -1.5) as number))
    // beside the cube there is the page's ground
    expect(seen(4, 4)).toEqual([0xdf, 0xe4, 0xe8])
    expect(problems).toEqual([])
  })

  it('comes back after the graphics processor was lost', async () => {
    const { page, canvas } = await launchWithCube()
    const before = await colours(page, canvas)
    const found = await canvas.elementHandle()
    const loser = await page.evaluateHandle((element) => ((element as HTMLCanvasElement).getContext('webgl2') as WebGL2RenderingContext).getExtension('WEBGL_lose_context'), found)
    await loser.evaluate((extension) => { extension?.loseContext() })
    await page.locator('canvas[data-state="lost"]').waitFor()
    await page.waitForTimeout(300)
    await loser.evaluate((extension) => { extension?.restoreContext() })
    await page.locator('canvas[data-state="ready"]').waitFor()
    const after = await colours(page, canvas)
    const box = await canvas.boundingBox()
    const [width, height] = [box?.width ?? 0, box?.height ?? 0]
    for (let i = 1; i < 20; i++) expect(after((width * i) / 20, height * 0.42)).toEqual(before((width * i) / 20, height * 0.42))
  })

  it('leaves nothing on the graphics processor, however often it is opened and cut', async () => {
    const app = await launchWithCube()
    const { page, problems } = app
    const warnings: string[] = []
    page.on('console', (message) => { if (message.type() === 'warning') warnings.push(message.text()) })
    const live = await watchGraphics(page)
    for (let i = 0; i < 50; i++) {
      await page.getByRole('button', { name: 'To the scene' }).click()
      await page.getByRole('button', { name: 'Back', exact: true }).click()
      await page.locator('canvas[data-state="ready"]').waitFor()
    }
    expect((await live()).contexts).toBe(1)
    const lastRow = page.locator('.handles').getByRole('slider', { name: 'Last row' })
    await lastRow.press('ArrowDown')
    await page.waitForTimeout(400)
    const { textures } = await live()
    for (let i = 0; i < 20; i++) await lastRow.press(i % 2 === 0 ? 'ArrowUp' : 'ArrowDown')
    await page.waitForTimeout(600)
    expect((await live()).textures).toBe(textures)
    expect(warnings.filter((text) => text.includes('Too many active WebGL contexts'))).toEqual([])
    expect(problems).toEqual([])
  })
})
