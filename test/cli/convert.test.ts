import { copyFile, link, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allBands } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { openCube } from '../../src/main/formats/registry'
import { run } from './run'
import { temporaryFolder, valueAt, writeEnvi } from './scenes'

const folder = await temporaryFolder()
const scene = await writeEnvi(join(folder, 'scene'), { rows: 70, cols: 45, bands: 7, value: (r, c, b) => (r === 3 && c === 4 ? -9999 : valueAt(r, c, b)) })

async function readBack(path: string): Promise<{ header: Awaited<ReturnType<typeof openCube>>['header']; values: number[] }> {
  const reader = await openCube(path)
  try {
    const { header } = reader
    return { header, values: Array.from(await reader.readSamples(wholeWindow(header), allBands(header))) }
  } finally {
    await reader.close()
  }
}

/** What `scene` holds in a window and bands, as [rows, cols, bands]. */
function expected(row: number, col: number, rows: number, cols: number, bands: number[]): number[] {
  const values: number[] = []
  for (let r = row; r < row + rows; r++) {
    for (let c = col; c < col + cols; c++) for (const b of bands) values.push(r === 3 && c === 4 ? -9999 : valueAt(r, c, b))
  }
  return values
}

const everyBand = [0, 1, 2, 3, 4, 5, 6]

describe('dacn info', () => {
  it('says what the scene is', async () => {
    const { exitCode, out } = await run(['info', scene, '--all-bands'])
    expect(exitCode).toBe(0)
    for (const text of ['70 rows x 45 columns x 7 bands', 'int16, bsq', '400.0 to 460.0 nm', '-9999', 'UTM zone 32N', '2 x 2', '600000, 5300000', '410.00 nm']) expect(out).toContain(text)
  })

  it('gives programs one object', async () => {
    const { lines } = await run(['info', scene, '--json'])
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ type: 'result', rows: 70, cols: 45, bands: 7, sampleType: 'int16', nodata: everyBand.map(() => -9999) })
  })
})

describe('dacn convert', () => {
  it('declares no nodata where the scene\'s own can not occur, so that no zero goes missing', async () => {
    const zeros = await writeEnvi(join(folder, 'zeros'), { rows: 4, cols: 3, bands: 2, value: (r, c) => r * c, nodata: 70000 })
    for (const name of ['zeros-out.tif', 'zeros-out.img']) {
      expect((await run(['convert', zeros, join(folder, name)])).exitCode).toBe(0)
      expect((await readBack(join(folder, name))).header.nodata).toEqual([null, null])
    }
  })

  it('keeps NaN as the nodata value of a float scene', async () => {
    const floats = join(folder, 'floats.tif')
    await run(['convert', scene, floats, '--type', 'float32'])
    const envi = join(folder, 'floats.img')
    await run(['convert', floats, envi])
    const text = await readFile(join(folder, 'floats.hdr'), 'utf8')
    await writeFile(join(folder, 'floats.hdr'), text.replace('data ignore value = -9999', 'data ignore value = nan'))
    await run(['convert', envi, join(folder, 'floats-again.tif')])
    expect((await readBack(join(folder, 'floats-again.tif'))).header.nodata).toEqual(everyBand.map(() => NaN))
  })

  it.each([
    ['out.tif', []],
    ['planar.tif', ['--interleave', 'bsq', '--compression', 'zstd', '--block-size', '32']],
    ['plain.tif', ['--interleave', 'bip', '--compression', 'none', '--block-size', '16']],
    ['blocks.img', ['--block-size', '32']],
    ['lines.bil', []],
    ['pixels.dat', ['--interleave', 'bip']],
  ])('keeps every stored value: %s %j', async (name, options) => {
    const out = join(folder, name)
    const { exitCode, err } = await run(['convert', scene, out, ...options])
    expect(err).not.toContain('Error')
    expect(exitCode).toBe(0)
    const { header, values } = await readBack(out)
    expect(values).toEqual(expected(0, 0, 70, 45, everyBand))
    expect(header).toMatchObject({ sampleType: 'int16', wavelengthNm: [400, 410, 420, 430, 440, 450, 460], nodata: everyBand.map(() => -9999) })
    expect(header.georeference?.transform).toEqual({ a: 2, b: 0, c: 600000, d: 0, e: -2, f: 5300000 })
  })

  it('takes a window and bands', async () => {
    const out = join(folder, 'part.tif')
    const { lines } = await run(['convert', scene, out, '--window', '2,3,40,20', '--bands', '5-6,0', '--block-size', '16', '--json'])
    expect(lines.at(-1)).toMatchObject({ type: 'result', files: [out], rows: 40, cols: 20, bands: 3 })
    const { header, values } = await readBack(out)
    expect(values).toEqual(expected(2, 3, 40, 20, [5, 6, 0]))
    expect(header.wavelengthNm).toEqual([450, 460, 400])
    expect(header.georeference?.transform).toEqual({ a: 2, b: 0, c: 600006, d: 0, e: -2, f: 5299996 })
  })

  it('changes the type by rounding and clamping, and nodata with it', async () => {
    const out = join(folder, 'bytes.tif')
    expect((await run(['convert', scene, out, '--type', 'uint8', '--bands', '0', '--window', '0,0,8,8'])).exitCode).toBe(0)
    const { header, values } = await readBack(out)
    expect(header).toMatchObject({ sampleType: 'uint8', nodata: [0] })
    // 0 is nodata now, so the one valid 0 becomes its neighbour
    expect(values).toEqual(expected(0, 0, 8, 8, [0]).map((value) => (value === -9999 ? 0 : value === 0 ? 1 : Math.min(255, value))))
  })

  it('keeps numbers beyond float32 when widening', async () => {
    const wide = join(folder, 'wide.tif')
    const back = join(folder, 'back.tif')
    await run(['convert', scene, wide, '--type', 'float64'])
    await run(['convert', wide, back, '--type', 'int32'])
    const { header, values } = await readBack(back)
    expect(header.sampleType).toBe('int32')
    expect(values).toEqual(expected(0, 0, 70, 45, everyBand))
  })

  it('warns when missing pixels get a value', async () => {
    for (const [name, nodata, warned] of [['bare', null, true], ['declared', -9999, false]] as const) {
      const source = await writeEnvi(join(folder, name), { rows: 4, cols: 4, bands: 1, nodata })
      const floats = join(folder, `${name}-floats.img`)
      await run(['convert', source, floats, '--type', 'float32'])
      const { exitCode, err } = await run(['convert', floats, join(folder, `${name}.tif`), '--type', 'int16'])
      expect(exitCode).toBe(0)
      expect(err.includes('missing pixels become 0')).toBe(warned)
    }
  })

  it('never writes over its input, by whatever name', async () => {
    const base = join(folder, 'precious')
    const precious = await writeEnvi(base, { rows: 6, cols: 6, bands: 2 })
    const before = await readFile(`${base}.img`)
    await link(`${base}.img`, join(folder, 'alias.img'))
    for (const out of [precious, `${base}.img`, join(folder, '.', 'precious.dat'), join(folder, 'alias.img')]) {
      const { exitCode, err } = await run(['convert', precious, out, '--force'])
      expect([out, exitCode]).toEqual([out, 2])
      expect(err).toContain('is the input itself')
    }
    expect(await readFile(`${base}.img`)).toEqual(before)
  })

  it('replaces an existing file only by force', async () => {
    const out = join(folder, 'existing.tif')
    await copyFile(scene, out)
    const refused = await run(['convert', scene, out])
    expect(refused.exitCode).toBe(2)
    expect(refused.err).toContain('--force')
    expect((await run(['convert', scene, out, '--force'])).exitCode).toBe(0)
    expect((await readBack(out)).values).toEqual(expected(0, 0, 70, 45, everyBand))
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const place = join(folder, 'cancelled')
    await mkdir(place)
    const controller = new AbortController()
    const running = run(['convert', scene, join(place, 'x.tif'), '--block-size', '16'], { signal: controller.signal })
    controller.abort()
    const { exitCode } = await running
    expect(exitCode).toBe(130)
    expect(await readdir(place)).toEqual([])
  })

  it('says where no folder is', async () => {
    const { exitCode, err } = await run(['convert', scene, join(folder, 'no', 'such', 'x.tif')])
    expect(exitCode).toBe(3)
    expect(err).toContain('the folder does not exist')
    await expect(stat(join(folder, 'no'))).rejects.toThrow()
  })
})
