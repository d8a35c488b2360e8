import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from './run'
import { temporaryFolder, writeEnvi } from './scenes'

const folder = await temporaryFolder()
const texture = (row: number, col: number, band: number): number => Math.round(2000 + 900 * Math.sin(row / 3 + band) + 700 * Math.cos((col + row) / 2.5))
const truth = await writeEnvi(join(folder, 'truth'), { rows: 33, cols: 40, bands: 3, value: texture })
/** Off by exactly 10 everywhere, with a hole. */
const estimate = await writeEnvi(join(folder, 'estimate'), {
  rows: 32, cols: 40, bands: 3, value: (r, c, b) => (r === 0 && c < 5 ? -9999 : texture(r, c, b) + 10),
})

interface Row {
  name: string
  quality: Record<string, number>
  consistencyDb: number | null
}

describe('dacn evaluate', () => {
  it('measures over the pixels that are valid in both', async () => {
    const { exitCode, err, lines } = await run(['evaluate', '--reference', truth, '--estimate', estimate, '--scale', '2', '--data-range', '1000', '--json'])
    expect(err).toBe('')
    expect(exitCode).toBe(0)
    const result = lines.at(-1) as { validPixels: number; rows: Row[]; quality: Record<string, number> }
    expect(result).toMatchObject({ type: 'result', scale: 2, convention: 'standard', bands: 3, pixels: 32 * 40, validPixels: 32 * 40 - 5, dataRange: 1000 })
    expect(result.quality.psnr).toBeCloseTo(40, 6)
    expect(result.quality.correlation).toBeCloseTo(1, 6)
    expect(result.rows).toHaveLength(1)
  })

  it('puts the methods without learning beside when the input is given', async () => {
    const coarse = join(folder, 'coarse.tif')
    await run(['degrade', truth, coarse, '--scale', '2'])
    const { exitCode, lines } = await run(['evaluate', '--reference', truth, '--estimate', estimate, '--low-res', coarse, '--scale', '2', '--json'])
    expect(exitCode).toBe(0)
    const { rows } = lines.at(-1) as unknown as { rows: Row[] }
    expect(rows.map(({ name }) => name)).toEqual(['estimate', 'nearest', 'bicubic', 'lanczos', 'back-projection'])
    const [ours, nearest, bicubic, lanczos, projected] = rows as [Row, Row, Row, Row, Row]
    const psnrs = [nearest, bicubic, lanczos, projected].map(({ quality }) => quality.psnr as number)
    expect(psnrs).toEqual([...psnrs].sort((p, q) => p - q))
    expect(new Set(psnrs).size).toBe(4)
    expect(projected.consistencyDb).toBeGreaterThan(bicubic.consistencyDb as number)
    expect(ours.consistencyDb).not.toBeNull()
  })

  it('counts how often expected errors hold', async () => {
    // the error is 10 everywhere; by columns: too little told, half of it, all of it, nothing
    const told = [4, 6, 12, -9999]
    const expected = await writeEnvi(join(folder, 'expected'), { rows: 32, cols: 40, bands: 1, value: (_, col) => told[Math.floor(col / 10)] as number })
    const words = ['evaluate', '--reference', truth, '--estimate', estimate, '--scale', '2', '--uncertainty', expected]
    const { lines } = await run([...words, '--json'])
    const pixels = 32 * 30 - 5
    const { coverage } = lines.at(-1) as unknown as { coverage: { pixels: number; withinOne: number; withinTwo: number } }
    expect(coverage.pixels).toBe(pixels)
    expect(coverage.withinOne).toBeCloseTo(320 / pixels, 9)
    expect(coverage.withinTwo).toBeCloseTo(640 / pixels, 9)
    const { out } = await run(words)
    expect(out).toContain(`33.5 % of ${pixels} pixels err by at most theirs, 67.0 % by at most twice that`)
  })

  it('refuses expected errors of another result with code 4', async () => {
    const { exitCode, err } = await run(['evaluate', '--reference', truth, '--estimate', estimate, '--scale', '2', '--uncertainty', truth])
    expect(exitCode).toBe(4)
    expect(err).toContain('one band of 32 x 40 pixels')
  })

  it('leaves out bands that a scene declares bad', async () => {
    const header = await readFile(truth, 'latin1')
    const spoilt = await writeEnvi(join(folder, 'spoilt'), { rows: 33, cols: 40, bands: 3, value: (r, c, b) => (b === 1 ? 7 * r : texture(r, c, b)) })
    await writeFile(spoilt, `${header}bbl = {1, 0, 1}\n`)
    const { lines } = await run(['evaluate', '--reference', truth, '--estimate', spoilt, '--scale', '2', '--json'])
    const { bands, quality } = lines.at(-1) as unknown as { bands: number; quality: Record<string, number> }
    expect(bands).toBe(2)
    expect(quality.samDegrees).toBeCloseTo(0, 4)
  })

  it.each([
    ['sizes', { rows: 30, cols: 40, bands: 3 }],
    ['bands', { rows: 33, cols: 40, bands: 2 }],
  ])('refuses other %s with code 4', async (name, size) => {
    const other = await writeEnvi(join(folder, `other-${name}`), size)
    const { exitCode, err } = await run(['evaluate', '--reference', truth, '--estimate', other, '--scale', '2'])
    expect(exitCode).toBe(4)
    expect(err).toContain(`${size.rows} x ${size.cols} pixels in ${size.bands} bands`)
  })

  it('refuses a low-resolution scene of another scale with code 4', async () => {
    const { exitCode, err } = await run(['evaluate', '--reference', truth, '--estimate', estimate, '--low-res', truth, '--scale', '2'])
    expect(exitCode).toBe(4)
    expect(err).toContain('The low-resolution scene has 33 x 40')
  })
})
