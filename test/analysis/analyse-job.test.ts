import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeMap } from '../../src/main/analysis/write-map'
import { computedMap } from '../../src/main/analysis/compute-map'
import { mapHeader } from '../../src/main/analysis/map-header'
import { readPhysical } from '../../src/main/analysis/physical-values'
import { quietContext } from '../../src/main/common/job-context'
import { resourcePath } from '../../src/main/common/project-root'
import { readWindow } from '../../src/main/cube/cube-reader'
import { openCube } from '../../src/main/formats/registry'
import { runAnalyseJob } from '../../src/main/workers/analyse-job'
import { gdalPython, hasGdal } from '../formats/gdal'
import { temporaryFolder } from '../scenes/scene-files'
import { reference, result, scene, whole } from './cubes'

const SAMPLE = resourcePath('sample-scene', 'dlr-hysu.tif')

describe('the file of a map', () => {
  it.runIf(hasGdal)('lies where its pixels are, and GDAL reads its numbers, names and missing values', async () => {
    const file = join(await temporaryFolder(), 'angle.tif')
    const material = { scene: scene((values) => { values.fill(NaN, 0, 6) }), result: { reader: result(), window: { row: 0, col: 0, rows: 14, cols: 12 }, bands: [0, 1, 2, 3, 4, 5], scale: 2, kernel: { kind: 'block' as const } } }
    const map = await computedMap({ kind: 'bicubic-angle' }, material, new AbortController().signal)
    await writeMap(map, mapHeader(map, material.scene.header, 'test'), file, quietContext())
    const read = gdalPython<{ values: (number | null)[]; transform: number[]; epsg: string; nodata: string; name: string }>(`
import math
data = gdal.Open(input)
band = data.GetRasterBand(1)
values = [None if math.isnan(v) else v for row in band.ReadAsArray().tolist() for v in row]
print(json.dumps(dict(values=values, transform=data.GetGeoTransform(), epsg=data.GetSpatialRef().GetAuthorityCode(None), nodata=str(band.GetNoDataValue()), name=band.GetDescription())))`, file)
    expect(read).toMatchObject({ transform: [500_000, 5, 0, 5_800_000, 0, -5], epsg: '32633', nodata: 'nan', name: 'angle to bicubic, degrees' })
    // four fine pixels of the missing one
    expect(read.values.filter((value) => value === null).length).toBe(4)
    expect(Math.abs((read.values[24 * 20 + 10] as number) - (reference.bicubicAngle[24 * 20 + 10] as number))).toBeLessThan(2e-4)
  })

  it('comes from the job with the numbers that the scene gives', async () => {
    const out = join(await temporaryFolder(), 'ndvi.tif')
    const done = await runAnalyseJob({ kind: 'analyse', analysis: { kind: 'formula', formula: '(860nm - 650nm) / (860nm + 650nm)' }, scene: SAMPLE, out }, quietContext())
    const [source, written] = [await openCube(SAMPLE), await openCube(out)]
    expect(done).toMatchObject({ file: out, rows: source.header.rows, cols: source.header.cols, origin: { row: 0, col: 0 }, pixelSize: 1 })
    expect(written.header.georeference?.transform).toEqual(source.header.georeference?.transform)
    const pixel = { row: 40, col: 60, rows: 1, cols: 1 }
    const nearest = (nm: number): number => (source.header.wavelengthNm ?? []).reduce((best, at, band, all) => (Math.abs(at - nm) < Math.abs((all[best] as number) - nm) ? band : best), 0)
    const [near = NaN, red = NaN] = await readPhysical(source, pixel, [nearest(860), nearest(650)])
    expect((await readWindow(written, pixel))[0]).toBeCloseTo((near - red) / (near + red), 6)
    await Promise.all([source.close(), written.close()])
  })

  it('is never the scene itself, and nothing is left when it fails', async () => {
    const folder = await temporaryFolder()
    await mkdir(folder, { recursive: true })
    await expect(runAnalyseJob({ kind: 'analyse', analysis: { kind: 'components' }, scene: SAMPLE, out: SAMPLE }, quietContext())).rejects.toMatchObject({ tag: 'invalid-argument' })
    const stopped = new AbortController()
    stopped.abort()
    const out = join(folder, 'map.tif')
    await expect(runAnalyseJob({ kind: 'analyse', analysis: { kind: 'spectral-angle', window: { ...whole, rows: 1, cols: 1 } }, scene: SAMPLE, out }, quietContext(stopped.signal))).rejects.toMatchObject({ tag: 'cancelled' })
    await expect(openCube(out)).rejects.toMatchObject({ tag: 'not-found' })
  })
})
