import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { degradeWindow } from '../../src/main/cli/degrade-window'
import { allBands, readWindow } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { degrade, type Kernel } from '../../src/main/dataset/degrade'
import { openCube } from '../../src/main/formats/registry'
import { run } from './run'
import { temporaryFolder, writeEnvi } from './scenes'

const folder = await temporaryFolder()
const NODATA = -9999

/** Smooth with single peaks, and a hole in the second band. */
function value(row: number, col: number, band: number): number {
  if (band === 1 && row >= 4 && row < 7 && col >= 4 && col < 9) return NODATA
  return Math.round(500 * Math.sin(row / 5 + band) * Math.cos(col / 4)) + (row % 9 === 0 && col % 7 === 0 ? 1000 : 0)
}

const scene = await writeEnvi(join(folder, 'scene'), { rows: 75, cols: 62, bands: 2, value })

describe('dacn degrade', () => {
  it.each([2, 3, 4])('%i times: means of whole blocks in the same type, nodata where most is missing', async (scale) => {
    const out = join(folder, `coarse-${scale}.tif`)
    expect((await run(['degrade', scene, out, '--scale', String(scale), '--block-size', '16'])).exitCode).toBe(0)
    const reader = await openCube(out)
    const { header } = reader
    const samples = Array.from(await reader.readSamples(wholeWindow(header), allBands(header)))
    await reader.close()
    const rows = Math.floor(75 / scale)
    const cols = Math.floor(62 / scale)
    expect(header).toMatchObject({ rows, cols, bands: 2, sampleType: 'int16', wavelengthNm: [400, 410], nodata: [NODATA, NODATA] })
    expect(header.georeference?.transform).toEqual({ a: 2 * scale, b: 0, c: 600000, d: 0, e: -2 * scale, f: 5300000 })
    const expected: number[] = []
    for (let row = 0; row < rows; row++) {
      for (let col = 0; col < cols; col++) {
        for (let band = 0; band < 2; band++) {
          const valid = Array.from({ length: scale * scale }, (_, i) => value(row * scale + Math.floor(i / scale), col * scale + (i % scale), band)).filter((v) => v !== NODATA)
          const mean = Math.fround(valid.reduce((sum, v) => sum + v, 0) / valid.length)
          expected.push(valid.length < (scale * scale) / 2 ? NODATA : Math.sign(mean) * Math.round(Math.abs(mean)) + 0)
        }
      }
    }
    expect(samples).toEqual(expected)
    expect(samples).toContain(NODATA)
  })

  it.each<[Kernel, number]>([
    [{ kind: 'block' }, 3],
    [{ kind: 'gaussian', sigma: 1.3 }, 2],
    [{ kind: 'gaussian', sigma: 2.1 }, 4],
  ])('window by window gives the numbers of the whole: %j, scale %i', async (kernel, scale) => {
    const reader = await openCube(scene)
    const { rows, cols, bands } = reader.header
    const whole = degrade({ rows, cols, bands, data: await readWindow(reader, wholeWindow(reader.header)) }, scale, kernel)
    const tiled = new Float32Array(whole.data.length)
    for (let row = 0; row < whole.rows; row += 5) {
      for (let col = 0; col < whole.cols; col += 7) {
        const window = { row, col, rows: Math.min(5, whole.rows - row), cols: Math.min(7, whole.cols - col) }
        const part = await degradeWindow(reader, window, scale, kernel)
        for (let r = 0; r < window.rows; r++) {
          tiled.set(part.subarray(r * window.cols * bands, (r + 1) * window.cols * bands), ((row + r) * whole.cols + col) * bands)
        }
      }
    }
    await reader.close()
    expect(tiled).toEqual(whole.data)
  })

  it('refuses a scene that is smaller than one coarse pixel', async () => {
    const tiny = await writeEnvi(join(folder, 'tiny'), { rows: 3, cols: 9, bands: 1 })
    const { exitCode, err } = await run(['degrade', tiny, join(folder, 'x.tif'), '--scale', '4'])
    expect(exitCode).toBe(2)
    expect(err).toContain("can't be reduced 4 times")
  })
})
