import { execFileSync } from 'node:child_process'
import { chmod, copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { selectBands, type CubeHeader } from '../../src/main/cube/cube-header'
import { coarsenHeader, refineHeader, windowHeader } from '../../src/main/cube/derive-header'
import type { CubeWriter, WriteOptions, WrittenFile } from '../../src/main/cube/cube-writer'
import { allocateSamples, SAMPLE_TYPES, type SampleArray, type SampleType } from '../../src/main/cube/sample-type'
import { crsFromEpsg, crsFromWkt } from '../../src/main/formats/crs'
import { createWriter } from '../../src/main/formats/create-writer'
import { SAMPLE_TYPE_BY_CODE } from '../../src/main/formats/envi/data-types'
import { openCube } from '../../src/main/formats/registry'
import { sharedData, sharedDataReason } from '../shared-data'
import { gdalFacts, gdalMissing, readAll, sha256, temporaryFolder } from './envi-files'

if (gdalMissing !== null) console.info(`ENVI writer against GDAL: ${gdalMissing}`)

function bareHeader(rows: number, cols: number, bands: number, sampleType: SampleType): CubeHeader {
  return {
    rows, cols, bands, sampleType, interleave: 'bsq', byteOrder: 'little', wavelengthNm: null, fwhmNm: null, badBands: null, bandNames: null,
    nodata: new Array<null>(bands).fill(null), gain: null, offset: null, georeference: null, description: null, defaultBands: null,
    metadata: { kind: 'mat', variable: 'data' }, notices: [],
  }
}

function ramp(type: SampleType, count: number): SampleArray {
  const samples = allocateSamples(type, count)
  const { max, integer } = SAMPLE_TYPES[type]
  for (let i = 0; i < count; i++) samples[i] = integer ? (i * 37) % Math.min(max, 30_000) : i / 7 - 50
  return samples
}

function cut(samples: SampleArray, writer: CubeWriter, index: number): SampleArray {
  const { cols, bands } = writer.header
  const window = writer.blockWindow(index)
  const block = samples.slice(0, window.rows * window.cols * bands)
  for (let row = 0; row < window.rows; row++) {
    const from = ((window.row + row) * cols + window.col) * bands
    block.set(samples.subarray(from, from + window.cols * bands), row * window.cols * bands)
  }
  return block
}

async function writeAll(path: string, header: CubeHeader, samples: SampleArray, options: Partial<WriteOptions> = {}): Promise<WrittenFile & { writer: CubeWriter }> {
  const writer = await createWriter(path, header, options)
  for (let index = writer.blocksDone; index < writer.blockCount; index++) await writer.writeBlock(index, cut(samples, writer, index))
  const written = await writer.finish()
  await writer.close()
  return { ...written, writer }
}

async function headerText(file: WrittenFile): Promise<string> {
  return readFile(file.files[1] ?? '', 'utf8')
}

afterEach(() => vi.restoreAllMocks())

describe('ENVI writer', () => {
  it('writes every type and interleave, odd sizes and one band', async () => {
    const folder = await temporaryFolder()
    const made: { path: string; samples: SampleArray; type: SampleType }[] = []
    for (const [, type] of SAMPLE_TYPE_BY_CODE) {
      for (const interleave of ['bsq', 'bil', 'bip'] as const) {
        for (const [rows, cols, bands] of type === 'uint8' ? [[37, 23, 5], [1, 1, 1], [16, 33, 1]] as const : [[37, 23, 5]] as const) {
          const samples = ramp(type, rows * cols * bands)
          const path = join(folder, `${type}-${interleave}-${rows}.img`)
          const written = await writeAll(path, bareHeader(rows, cols, bands, type), samples, { interleave, blockSize: 16 })
          expect(written.files).toEqual([path, path.replace('.img', '.hdr')])
          const reader = await openCube(path)
          expect(reader.header).toMatchObject({ rows, cols, bands, sampleType: type, interleave })
          expect(await readAll(reader)).toEqual(samples)
          await reader.close()
          made.push({ path, samples, type })
        }
      }
    }
    expect((await readdir(folder)).filter((name) => !/\.(img|hdr)$/.test(name))).toEqual([])
    if (gdalMissing !== null) return
    // GDAL 3.6 knows no 64-bit integers and takes no file of a single byte for an image.
    const known = made.filter(({ type, samples }) => (!type.endsWith('64') || type === 'float64') && samples.byteLength > 1)
    gdalFacts(known.map(({ path }) => path)).forEach((facts, index) => {
      expect(facts.sha256).toBe(sha256(known[index]?.samples ?? new Uint8Array()))
    })
  })

  it('stores signed bytes as int16, and says so', async () => {
    const folder = await temporaryFolder()
    const written = await writeAll(join(folder, 's.img'), bareHeader(2, 2, 1, 'int8'), Int8Array.of(-128, -1, 0, 127))
    expect(written.writer.dropped.map(({ field }) => field)).toEqual(['data type'])
    const reader = await openCube(join(folder, 's.img'))
    expect(await readAll(reader)).toEqual(Int16Array.of(-128, -1, 0, 127))
    await reader.close()
  })

  it('numbers bands without a name, which an ENVI list can not hold', async () => {
    const folder = await temporaryFolder()
    const written = await writeAll(join(folder, 's.img'), { ...bareHeader(2, 2, 3, 'uint8'), bandNames: ['', 'red', ''] }, ramp('uint8', 12))
    expect(written.writer.dropped.map(({ field }) => field)).toEqual(['band names'])
    const reader = await openCube(join(folder, 's.img'))
    expect(reader.header.bandNames).toEqual(['Band 1', 'red', 'Band 3'])
    await reader.close()
  })

  it('keeps everything that a GeoTIFF source says, for GDAL too', async () => {
    const folder = await temporaryFolder()
    const item = (name: string, value: string, band: number | null = null, domain = '') => ({ name, value, band, domain, role: '' })
    const header: CubeHeader = {
      ...bareHeader(4, 6, 3, 'int16'),
      wavelengthNm: [417.4, 500, 902.79], fwhmNm: [4.76, 5, 4.8], badBands: [false, true, false], bandNames: ['blue', 'a, b {c}', 'nir'],
      nodata: [-9999, -9999, -9999], gain: [1e-4, 1e-4, 1e-4], offset: [0, 0, 0.5], defaultBands: [2, 1, 0], description: 'From a TIFF',
      georeference: { transform: { a: 0.7, b: 0, c: 669681.6, d: 0, e: -0.7, f: 5328085 }, crs: crsFromEpsg(32632), pixelIsPoint: true, groundControlPoints: [] },
      metadata: {
        kind: 'tiff',
        items: [item('sensor_type', 'HySpex', null, 'ENVI'), item('z_plot_titles', '{a, b}', null, 'ENVI'), item('CLOUDS', '3'), item('wavelength', '417.4', 0), item('STATISTICS_MEAN', '1', 0)],
        textTags: [[315, 'A. Uthor'], [270, 'From a TIFF']],
      },
    }
    const path = join(folder, 'scene.img')
    const written = await writeAll(path, header, ramp('int16', 72), { history: ['upscaled 2x', 'by DACN'] })
    expect(written.writer.dropped.map(({ field }) => field).sort()).toEqual(['Artist', 'CLOUDS', 'PixelIsPoint', 'band names'])
    const reader = await openCube(path)
    expect(reader.header).toMatchObject({
      wavelengthNm: header.wavelengthNm, fwhmNm: header.fwhmNm, badBands: header.badBands, bandNames: ['blue', 'a b (c)', 'nir'], nodata: header.nodata,
      gain: header.gain, offset: header.offset, defaultBands: header.defaultBands, description: 'From a TIFF\n  upscaled 2x; by DACN',
      georeference: { transform: header.georeference?.transform, crs: { epsg: 32632 } },
    })
    expect(await headerText(written)).toMatch(/^sensor type = HySpex\nz plot titles = \{a, b\}$/m)
    await reader.close()
    if (gdalMissing !== null) return
    const [gdal] = gdalFacts([path])
    expect(gdal?.geotransform).toEqual([669681.6, 0.7, 0, 5328085, 0, -0.7].map((value) => expect.closeTo(value, 6) as number))
    expect(gdal?.proj4).toContain('+proj=utm +zone=32 +datum=WGS84')
    expect([gdal?.nodata === null ? null : Number(gdal?.nodata), gdal?.scales, gdal?.offsets]).toEqual([-9999, header.gain, header.offset])
    expect(gdal?.envi).toMatchObject({ wavelength: '{417.4, 500, 902.79}', wavelength_units: 'Nanometers', fwhm: '{4.76, 5, 4.8}', bbl: '{1, 0, 1}' })
    expect(gdal?.names.map((name) => name.split(' (')[0])).toEqual(['blue', 'a b', 'nir'])
  })

  it('writes places in any system, rotated and south-up too', async () => {
    const folder = await temporaryFolder()
    const text = 'PROJCS["mine",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Azimuthal_Equal_Area"],PARAMETER["latitude_of_center",50],PARAMETER["longitude_of_center",12],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["Meter",1]]'
    const systems = [
      { crs: crsFromEpsg(3035), proj4: '+proj=laea +lat_0=52' }, { crs: crsFromEpsg(4326), proj4: '+proj=longlat +datum=WGS84' },
      { crs: crsFromWkt(text), proj4: '+proj=laea +lat_0=50 +lon_0=12' }, { crs: null, proj4: null },
    ]
    const angle = -0.4
    const transforms = [
      { a: 2, b: 0, c: 1000, d: 0, e: -3, f: 2000 },
      { a: 2, b: 0, c: 1000, d: 0, e: 3, f: 2000 },
      { a: 2 * Math.cos(angle), b: 2 * Math.sin(angle), c: 1000, d: 2 * Math.sin(angle), e: -2 * Math.cos(angle), f: 2000 },
    ]
    const made: { path: string; t: (typeof transforms)[number]; proj4: string | null }[] = []
    for (const { crs, proj4 } of systems) {
      for (const t of transforms) {
        const header = { ...bareHeader(2, 2, 1, 'uint8'), georeference: { transform: t, crs, pixelIsPoint: false, groundControlPoints: [] } }
        const { files } = await writeAll(join(folder, `s${made.length}`), header, Uint8Array.of(1, 2, 3, 4))
        made.push({ path: files[0] ?? '', t, proj4 })
      }
    }
    for (const { path, t } of made) {
      const reader = await openCube(path)
      const back = reader.header.georeference?.transform
      for (const key of ['a', 'b', 'c', 'd', 'e', 'f'] as const) expect(back?.[key]).toBeCloseTo(t[key], 9)
      await reader.close()
    }
    if (gdalMissing !== null) return
    gdalFacts(made.map(({ path }) => path)).forEach((facts, index) => {
      const { t, proj4 } = made[index] as (typeof made)[number]
      expect(facts.geotransform).toEqual([t.c, t.a, t.b, t.f, t.d, t.e].map((value) => expect.closeTo(value, 9) as number))
      if (proj4 !== null) expect(facts.proj4).toContain(proj4)
    })
  })

  it('reports what ENVI can\'t hold', async () => {
    const folder = await temporaryFolder()
    const header: CubeHeader = {
      ...bareHeader(2, 2, 2, 'int16'), nodata: [0, -1], wavelengthNm: [400, NaN],
      georeference: { transform: { a: 1, b: 0.5, c: 0, d: 0, e: -1, f: 0 }, crs: null, pixelIsPoint: false, groundControlPoints: [{ col: 1, row: 1, x: 5, y: 6, z: 0 }] },
    }
    const { writer } = await writeAll(join(folder, 's.img'), header, new Int16Array(8))
    expect(writer.dropped.map(({ field }) => field).sort()).toEqual(['geotransform', 'ground control points', 'nodata', 'wavelength'])
    for (const { reason } of writer.dropped) expect(reason.length).toBeGreaterThan(20)
  })

  it('chooses the format by the extension, and refuses others', async () => {
    const folder = await temporaryFolder()
    const header = bareHeader(2, 2, 1, 'uint8')
    const pixels = Uint8Array.of(1, 2, 3, 4)
    for (const [name, data, headerName] of [['a.hdr', 'a.img', 'a.hdr'], ['b', 'b', 'b.hdr'], ['c.DAT', 'c.DAT', 'c.hdr'], ['d.bil', 'd.bil', 'd.hdr']] as const) {
      expect((await writeAll(join(folder, name), header, pixels)).files).toEqual([join(folder, data), join(folder, headerName)])
    }
    expect(await readFile(join(folder, 'd.hdr'), 'utf8')).toContain('interleave = bil')
    const refusals: [string, Partial<WriteOptions>, string][] = [
      ['x.png', {}, 'invalid-argument'], ['x.bil', { interleave: 'bip' }, 'invalid-argument'], ['x.img', { blockSize: 100 }, 'invalid-argument'],
      ['none/x.img', {}, 'not-found'], ['b/x.img', {}, 'invalid-argument'],
    ]
    for (const [name, options, tag] of refusals) await expect(createWriter(join(folder, name), header, options)).rejects.toMatchObject({ tag })
    expect((await readdir(folder)).filter((name) => name.startsWith('x'))).toEqual([])
  })

  it('never takes the header of another file', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'scene.tif'), 'pixels')
    await writeFile(join(folder, 'scene.hdr'), 'its header')
    const header = bareHeader(1, 1, 1, 'uint8')
    await expect(createWriter(join(folder, 'scene.img'), header)).rejects.toMatchObject({ tag: 'invalid-argument', file: join(folder, 'scene.hdr') })
    await writeFile(join(folder, 'o.img.hdr'), 'ENVI\n')
    await expect(createWriter(join(folder, 'o.img'), header)).rejects.toMatchObject({ tag: 'invalid-argument', file: join(folder, 'o.img.hdr') })
    expect((await readdir(folder)).sort()).toEqual(['o.img.hdr', 'scene.hdr', 'scene.tif'])
  })

  it('refuses blocks out of order and unfinished files, and leaves nothing behind', async () => {
    const folder = await temporaryFolder()
    const writer = await createWriter(join(folder, 's.img'), bareHeader(32, 16, 1, 'uint8'), { blockSize: 16 })
    await expect(writer.writeBlock(1, new Uint8Array(256))).rejects.toMatchObject({ tag: 'invalid-argument' })
    await expect(writer.writeBlock(0, new Uint8Array(255))).rejects.toMatchObject({ tag: 'invalid-argument' })
    await writer.writeBlock(0, new Uint8Array(256))
    await expect(writer.finish()).rejects.toMatchObject({ tag: 'invalid-argument' })
    expect(await readdir(folder)).toEqual(['s.img.part'])
    await writer.close()
    await writer.close()
    expect(await readdir(folder)).toEqual([])
  })

  it('replaces an earlier pair only at the end', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 's.img')
    await writeAll(path, bareHeader(1, 2, 1, 'uint8'), Uint8Array.of(1, 2))
    const writer = await createWriter(path, bareHeader(1, 3, 1, 'uint8'))
    await writer.writeBlock(0, Uint8Array.of(7, 8, 9))
    expect([...await readFile(path)]).toEqual([1, 2])
    await writer.finish()
    await writer.close()
    expect([...await readFile(path)]).toEqual([7, 8, 9])
    expect(await readFile(join(folder, 's.hdr'), 'utf8')).toContain('samples = 3')
    expect((await readdir(folder)).sort()).toEqual(['s.hdr', 's.img'])
  })

  it('finds a full disk before the work', async () => {
    const folder = await temporaryFolder()
    await expect(createWriter(join(folder, 's.img'), bareHeader(2e6, 2e6, 200, 'float32'))).rejects.toMatchObject({ tag: 'io', message: /disk has only \d+ left/ })
    expect(await readdir(folder)).toEqual([])
  })

  it('says what a full disk did to a block', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 's.img')
    // The device that is always full stands in for the disk.
    await mkdir(join(folder, 'full'))
    execFileSync('ln', ['-s', '/dev/full', join(folder, 'full', 's.img.part')])
    const writer = await createWriter(join(folder, 'full', 's.img'), bareHeader(1, 2, 1, 'uint8'))
    await expect(writer.writeBlock(0, Uint8Array.of(1, 2))).rejects.toMatchObject({ tag: 'io', message: /the disk is full/ })
    await writer.close()
    await expect(stat(path)).rejects.toThrow()
  })

  it.skipIf(process.platform === 'win32')('refuses a folder that can\'t be written', async () => {
    const folder = await temporaryFolder()
    const locked = join(folder, 'locked')
    await mkdir(locked)
    await chmod(folder, 0o755)
    await chmod(locked, 0o555)
    const root = process.geteuid?.() === 0
    // permissions do not bind root
    if (root) process.seteuid?.(65534)
    try {
      await expect(createWriter(join(locked, 's.img'), bareHeader(1, 1, 1, 'uint8'))).rejects.toMatchObject({ tag: 'io', message: /permission denied/ })
    } finally {
      if (root) process.seteuid?.(0)
    }
    expect(await readdir(locked)).toEqual([])
  })
})

describe('continuing an ENVI file', () => {
  const header = bareHeader(40, 40, 3, 'int16')
  const samples = ramp('int16', 40 * 40 * 3)
  const options = { blockSize: 16, resumable: true, interleave: 'bsq' } as const

  async function interrupted(path: string, blocks: number): Promise<void> {
    const writer = await createWriter(path, header, options)
    for (let index = 0; index < blocks; index++) await writer.writeBlock(index, cut(samples, writer, index))
    await writer.close(true)
  }

  it('goes on at the first incomplete block and ends with the same bytes', async () => {
    const folder = await temporaryFolder()
    const undisturbed = await writeAll(join(folder, 'whole.img'), header, samples, options)
    for (const blocks of [1, 4, 8, 9]) {
      const path = join(folder, `b${blocks}.img`)
      await interrupted(path, blocks)
      const continued = await createWriter(path, header, options)
      expect(continued.blocksDone).toBe(blocks)
      await continued.close(true)
      await writeAll(path, header, samples, options)
      expect((await readFile(path)).equals(await readFile(undisturbed.files[0] ?? ''))).toBe(true)
    }
    expect((await readdir(folder)).filter((name) => /part|journal|previous/.test(name))).toEqual([])
  })

  it('starts anew for other options, another model or scene, another header, a cut file or a journal of something else', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 's.img')
    const done = async (with_: CubeHeader, opts: Partial<WriteOptions>): Promise<number> => {
      const writer = await createWriter(path, with_, opts)
      await writer.close(true)
      return writer.blocksDone
    }
    const anew: (() => Promise<number>)[] = [
      () => done(header, { ...options, blockSize: 32 }), () => done(header, { ...options, interleave: 'bil' }), () => done(header, { blockSize: 16 }),
      () => done({ ...header, nodata: [0, 0, 0] }, options),
      () => done(header, { ...options, history: ['with another model'] }), () => done(header, { ...options, identity: 'another scene' }),
      async () => { await writeFile(`${path}.part`, 'short'); return done(header, options) },
      async () => { await writeFile(`${path}.part.journal`, 'rubbish\nblocks 5\n'); return done(header, options) },
    ]
    for (const attempt of anew) {
      await interrupted(path, 5)
      expect(await attempt()).toBe(0)
    }
  })

  it('does not trust half a line of the journal', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 's.img')
    await interrupted(path, 5)
    const journal = `${path}.part.journal`
    const text = await readFile(journal, 'utf8')
    expect(text).toMatch(/^[0-9a-f]{64}\nblocks 5\n$/)
    await writeFile(journal, `${text}blocks 7`)
    const writer = await createWriter(path, header, options)
    expect(writer.blocksDone).toBe(5)
    for (let index = 5; index < writer.blockCount; index++) await writer.writeBlock(index, cut(samples, writer, index))
    await writer.close(true)
    expect(await readFile(journal, 'utf8')).toBe(`${text}blocks 9\n`)
  })

  it('syncs the pixels before it says that they are there', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 's.img')
    const now = vi.spyOn(Date, 'now')
    const writer = await createWriter(path, header, options)
    await writer.writeBlock(0, cut(samples, writer, 0))
    await expect(stat(`${path}.part.journal`)).rejects.toThrow()
    now.mockReturnValue(Date.now() + 5000)
    await writer.writeBlock(1, cut(samples, writer, 1))
    // as after kill -9: nothing is closed
    await copyFile(`${path}.part`, join(folder, 't.img.part'))
    await copyFile(`${path}.part.journal`, join(folder, 't.img.part.journal'))
    const other = await createWriter(join(folder, 't.img'), header, options)
    expect(other.blocksDone).toBe(2)
    await other.close()
    await writer.close()
  })
})

const jasper = sharedData('jasper-ridge', 'jasperRidge2_R198.hdr')
const hysu = sharedData('dlr-hysu', 'DLR_HySU_HS_full.tif')
if (jasper === null) console.info(sharedDataReason)

describe.skipIf(jasper === null || hysu === null)('real scenes through the writer', () => {
  it('keeps an ENVI header verbatim, apart from one line of history', async () => {
    const folder = await temporaryFolder()
    const reader = await openCube(jasper ?? '')
    const samples = await readAll(reader)
    const written = await writeAll(join(folder, 'copy.img'), reader.header, samples, { history: ['copied'] })
    await reader.close()
    expect(written.writer.dropped).toEqual([])
    expect((await readFile(join(folder, 'copy.img'))).equals(await readFile((jasper ?? '').replace('.hdr', '.img')))).toBe(true)
    const original = await readFile(jasper ?? '', 'utf8')
    const expected = original.replaceAll('\r\n', '\n').replace('[Thu Aug 30 08:58:47 2012]}', '[Thu Aug 30 08:58:47 2012]\n  copied}').replace(/^(\w[\w ]*?)\s*=\s*/gm, '$1 = ').trim()
    expect((await headerText(written)).trim().split('\n').sort()).toEqual(expected.split('\n').sort())
  })

  it('refines, coarsens and cuts the place on the map as GDAL measures it', async () => {
    const folder = await temporaryFolder()
    const reader = await openCube(hysu ?? '')
    const thin = selectBands(reader.header, [0, 134])
    await reader.close()
    const headers = [refineHeader(thin, 2), coarsenHeader(thin, 3), windowHeader(thin, { row: 10, col: 20, rows: 8, cols: 5 })]
    const paths: string[] = []
    for (const [index, header] of headers.entries()) {
      const { files } = await writeAll(join(folder, `${index}.bip`), header, ramp('int16', header.rows * header.cols * 2))
      paths.push(files[0] ?? '')
    }
    const back = await openCube(paths[0] ?? '')
    expect(back.header).toMatchObject({
      wavelengthNm: [417.4, 902.79], fwhmNm: [4.76, 4.8], nodata: [15000, 15000], gain: [1e-4, 1e-4], georeference: { crs: { epsg: 32632 } },
    })
    await back.close()
    if (gdalMissing !== null) return
    const facts = gdalFacts(paths)
    const expected = [[669639.6, 0.35, 5328106], [669639.6, 2.1, 5328106], [669653.6, 0.7, 5328099]] as const
    facts.forEach((fact, index) => {
      const [x, size, y] = expected[index] ?? [0, 0, 0]
      expect(fact.geotransform).toEqual([x, size, 0, y, 0, -size].map((value) => expect.closeTo(value, 6) as number))
      expect(fact.proj4).toContain('+proj=utm +zone=32')
      expect(fact.sha256).toBe(sha256(ramp('int16', fact.rows * fact.cols * 2)))
    })
  })
})
