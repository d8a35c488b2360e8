import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { SampleType } from '../../src/main/cube/sample-type'
import { gdalPython, hasGdal } from './gdal'
import { gdalViews, testHeader, testOptions, testSamples, writeWhole } from './geotiff-writing'

const folder = mkdtempSync(join(tmpdir(), 'dacn-geotiff-overviews-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

interface Case {
  type: SampleType
  interleave: 'bsq' | 'bip'
  nodata: number | null
  rows: number
  cols: number
}

const BANDS = 2

async function write({ type, interleave, nodata, rows, cols }: Case): Promise<string> {
  const samples = testSamples(rows, cols, BANDS, type)
  // single gaps, a gap of several whole 4 x 4 blocks, and one in the last row and column
  for (let i = 0; i < samples.length; i += 7) if (nodata !== null && i % 3 === 0) samples[i] = nodata
  for (let row = 0; row < 9; row++) for (let col = 0; col < 9; col++) if (nodata !== null) samples[(row * cols + col) * BANDS] = nodata
  if (nodata !== null) samples[samples.length - 1] = nodata
  const path = join(folder, `${type}-${interleave}-${rows}x${cols}.tif`)
  const header = testHeader(rows, cols, BANDS, type, { nodata: [nodata, nodata] })
  await writeWhole(path, header, testOptions({ interleave, compression: type === 'uint8' ? 'none' : 'zstd', blockSize: 256 }), samples)
  return path
}

describe.skipIf(!hasGdal)('overviews', () => {
  it('are means of 2 x 2 pixels of the finer level, without nodata', async () => {
    const cases: Case[] = [
      { type: 'int16', interleave: 'bsq', nodata: -32768, rows: 39, cols: 1047 },
      { type: 'int16', interleave: 'bip', nodata: 0, rows: 1025, cols: 33 },
      { type: 'float32', interleave: 'bsq', nodata: NaN, rows: 1051, cols: 270 },
      { type: 'float64', interleave: 'bip', nodata: -9999, rows: 17, cols: 1100 },
      { type: 'uint8', interleave: 'bsq', nodata: null, rows: 3, cols: 4099 },
      { type: 'uint32', interleave: 'bip', nodata: 4294967295, rows: 1, cols: 1026 },
    ]
    const paths = await Promise.all(cases.map(write))
    const differences = gdalPython<{ sizes: number[][]; worst: number; nodata: boolean }[]>(`
import numpy as np, warnings
warnings.simplefilter('ignore')
out = []
for path in input:
    d = gdal.Open(path)
    worst, sizes, same = 0.0, [], True
    for i in range(d.RasterCount):
        b = d.GetRasterBand(i + 1)
        none = b.GetNoDataValue()
        integer = np.issubdtype(b.ReadAsArray().dtype, np.integer)
        def masked(a):
            v = a.astype(np.float64)
            if none is not None: v[a == none] = np.nan
            return v
        fine = masked(b.ReadAsArray())
        for k in range(b.GetOverviewCount()):
            raw = b.GetOverview(k).ReadAsArray()
            rows, cols = (fine.shape[0] + 1) // 2, (fine.shape[1] + 1) // 2
            padded = np.full((rows * 2, cols * 2), np.nan)
            padded[:fine.shape[0], :fine.shape[1]] = fine
            want = np.nanmean(padded.reshape(rows, 2, cols, 2).transpose(0, 2, 1, 3).reshape(rows, cols, 4), axis=2)
            if integer:
                want = np.sign(want) * np.floor(np.abs(want) + 0.5)
                if none is not None: want[want == none] = none - 1 if none > np.iinfo(raw.dtype).min else none + 1
            seen = masked(raw)
            same = same and np.array_equal(np.isnan(seen), np.isnan(want)) and (none is None or b.GetOverview(k).GetNoDataValue() == none or none != none)
            worst = max(worst, float(np.nanmax(np.abs(seen - want), initial=0)))
            if i == 0: sizes.append([raw.shape[0], raw.shape[1]])
            fine = seen
    out.append(dict(sizes=sizes, worst=worst, nodata=bool(same)))
print(json.dumps(out))`, paths)
    expect(differences.map(({ sizes }) => sizes)).toEqual([
      [[20, 524], [10, 262]], [[513, 17], [257, 9]], [[526, 135], [263, 68]], [[9, 550], [5, 275]],
      [[2, 2050], [1, 1025], [1, 513], [1, 257]], [[1, 513], [1, 257]],
    ])
    differences.forEach(({ worst, nodata }, i) => {
      expect(nodata, paths[i]).toBe(true)
      expect(worst, paths[i]).toBeLessThan(cases[i]?.type === 'float32' ? 1e-3 : 1e-9)
    })
    const listed = JSON.parse(execFileSync('gdalinfo', ['-json', paths[0] as string]).toString()) as { bands: { overviews: { size: number[] }[] }[] }
    expect(listed.bands.map(({ overviews }) => overviews.map(({ size }) => size))).toEqual([[[524, 20], [262, 10]], [[524, 20], [262, 10]]])
  })

  it('are absent up to 1024 pixels and on demand', async () => {
    const sizes: [number, number, 'auto' | 'none'][] = [[1024, 20, 'auto'], [20, 1100, 'none']]
    const paths = await Promise.all(sizes.map(async ([rows, cols, overviews]) => {
      const path = join(folder, `without-${rows}.tif`)
      await writeWhole(path, testHeader(rows, cols, 1, 'uint8'), testOptions({ overviews }), testSamples(rows, cols, 1, 'uint8'))
      return path
    }))
    expect(gdalViews(paths).map(({ overviews }) => overviews)).toEqual([[], []])
  })
})
