import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { projectRoot } from '../../src/main/common/project-root'
import type { CubeHeader } from '../../src/main/cube/cube-header'
import { allBands } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { openCube } from '../../src/main/formats/registry'
import { sharedData, sharedDataReason } from '../shared-data'
import { gdalReason, hasGdal } from './gdal'

interface GdalFacts {
  error?: string
  driver: string
  size: [number, number, number]
  type: string
  nodata: (string | null)[]
  transform: number[] | null
  epsg: number | null
  crs: string | null
  gain: number[]
  offset: number[]
  gcps: number
  sha256: string
}

interface Opened { header: CubeHeader; sha256: string; file: string }
interface Row { path: string; opened: Opened | null; refusal: StudioError | null; against: string; differences: string[] }
type Field = 'pixels' | 'size' | 'type' | 'nodata' | 'transform' | 'crs' | 'gain'

/** Files that must be refused, with the tag of the refusal and the word of its message that gives the reason. */
const REFUSED: Record<string, [tag: string, word: RegExp]> = {
  'envi-real/not-envi_arcgis.hdr': ['unsupported', /ESRI|ENVI/],
  'envi-real/bad-interleave_darkReference4.hdr': ['malformed', /bup/],
  'variants/envi/broken_complex.hdr': ['unsupported', /complex/i],
  'variants/envi/broken_complex.img': ['unsupported', /complex/i],
  'variants/geotiff/complex64_reject.tif': ['unsupported', /complex/i],
  'variants/geotiff/codec_lzma.tif': ['unsupported', /LZMA/i],
  'variants/geotiff/broken_truncated.tif': ['truncated', /./],
}

/** What the collection's README says of wavelengths: first and last band in nm, or none. */
const WAVELENGTHS: Record<string, [number, number] | null> = {
  'dlr-hysu/DLR_HySU_HS_full.tif': [417.4, 902.8],
  'enmap-potsdam/enmap_potsdam_64x128.tif': [418.2, 2445.5],
  'envi-real/EnMAP_BerlinUrbanGradient.hdr': [424, 2446],
  'envi-real/HyMap02_Berlin_Urban_Gradient_2009.hdr': [455.4, 2446.5],
  'envi-real/ang20170323t202244_rdn_7000-7010.hdr': [376.9, 2500.5],
  'jasper-ridge/jasperRidge2_R198.hdr': [399.4, 2457.2],
  'santa-barbara/santa_barbara.hdr': [365.9, 2496.2],
  'santa-barbara/a_hsi_img_for_VI_demo.mat': [365.9, 2496.2],
  'variants/envi/bil_int16_micrometers_fwhm_bbl.hdr': [417.4, 895.5],
  'variants/envi/messy_header.hdr': [417.4, 895.5],
  'variants/envi/broken_wavelength_count.hdr': null,
  'variants/envi/bsq_arbitrary_nomap.hdr': null,
}

/** Where GDAL 3.6 and this reader differ on purpose, and why. */
const INTENTIONAL: { files: RegExp; fields: Field[]; reason: string }[] = [
  {
    files: /^(dlr-hysu\/DLR_HySU_HS_|jasper-ridge\/|santa-barbara\/santa_barbara\.)/, fields: ['gain'],
    reason: "GDAL passes over 'reflectance scale factor = 10000', here it is the gain 0.0001",
  },
]

/** Files that GDAL 3.6 can't open at all; their pixels are compared with the reference crop. */
const GDAL_CANNOT: { files: RegExp; reason: string }[] = [
  { files: /^variants\/envi\/bip_int64\./, reason: 'GDAL 3.6 has no 64-bit integers in ENVI' },
  { files: /^variants\/envi\/messy_header\./, reason: 'GDAL 3.6 wants no blanks before keys' },
]

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return listFiles(path)
    return /\.(md|xml|txt|json)$/i.test(entry.name) ? [] : [path]
  }).sort()
}

function sha256(values: { buffer: ArrayBufferLike; byteOffset: number; byteLength: number }): string {
  return createHash('sha256').update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)).digest('hex')
}

async function openWhole(path: string, variable?: string): Promise<Opened> {
  const reader = await openCube(path, variable === undefined ? {} : { variable })
  try {
    const samples = await reader.readSamples(wholeWindow(reader.header), allBands(reader.header))
    return { header: reader.header, sha256: sha256(samples), file: reader.files[0] as string }
  } finally {
    await reader.close()
  }
}

function askGdal<T>(questions: [path: string, epsg: number | null][]): Record<string, T> {
  const script = join(__dirname, 'shared-import-gdal.py')
  const out = execFileSync('/usr/bin/python3', [script], { input: JSON.stringify(questions), maxBuffer: 2 ** 28, stdio: ['pipe', 'pipe', 'ignore'] })
  return JSON.parse(out.toString()) as Record<string, T>
}

function nearly(p: number, q: number): boolean {
  return Object.is(p, q) || Math.abs(p - q) <= 1e-9 * Math.max(Math.abs(p), Math.abs(q), 1e-3)
}

function compare({ header, sha256: pixels }: Opened, gdal: GdalFacts): [Field, string][] {
  const found: [Field, string][] = []
  const check = (field: Field, ours: unknown, theirs: unknown, equal: boolean): void => {
    if (!equal) found.push([field, `${field}: here ${JSON.stringify(ours)}, GDAL ${JSON.stringify(theirs)}`])
  }
  const size = [header.rows, header.cols, header.bands]
  check('size', size, gdal.size, size.every((n, i) => n === gdal.size[i]))
  check('type', header.sampleType, gdal.type, header.sampleType === gdal.type)
  check('pixels', pixels.slice(0, 12), gdal.sha256.slice(0, 12), pixels === gdal.sha256)
  const theirNodata = gdal.nodata.map((text) => (text === null ? null : text === 'nan' ? NaN : Number(text.replace('inf', 'Infinity'))))
  const sameNodata = header.nodata.every((value, band) => {
    const other = theirNodata[band] ?? null
    if (value === null || other === null) return value === other
    // GDAL rounds a float32 band's nodata to float32; here it stays as declared and is rounded when it is compared
    return header.sampleType === 'float32' ? Object.is(Math.fround(value), Math.fround(other)) : nearly(value, other)
  })
  check('nodata', [...new Set(header.nodata)], [...new Set(gdal.nodata)], sameNodata)
  const t = header.georeference?.transform ?? null
  const transform = t === null ? null : [t.c, t.a, t.b, t.f, t.d, t.e]
  const theirs = gdal.transform
  check('transform', transform, theirs, transform === null || theirs === null ? transform === theirs : transform.every((n, i) => nearly(n, theirs[i] as number)))
  const epsg = header.georeference?.crs?.epsg ?? null
  check('crs', epsg, gdal.epsg ?? gdal.crs, epsg === gdal.epsg)
  const gains = (header.gain ?? header.nodata.map(() => 1)).every((n, i) => nearly(n, gdal.gain[i] as number))
  const offsets = (header.offset ?? header.nodata.map(() => 0)).every((n, i) => nearly(n, gdal.offset[i] as number))
  check('gain', [header.gain?.[0] ?? null, header.offset?.[0] ?? null], [gdal.gain[0], gdal.offset[0]], gains && offsets)
  return found
}

function cells({ path, opened, refusal, against, differences }: Row): string[] {
  const outcome = differences.length > 0 ? 'DIFFERS' : opened === null ? 'refused' : 'opened'
  const verdict = differences.length > 0 ? differences.join('; ') : against
  if (opened === null) return [path, outcome, '', '', '', '', '', '', verdict, refusal === null ? '' : `${refusal.tag}: ${refusal.message.replace(/\/\S*\//g, '')}`]
  const { header } = opened
  const waves = header.wavelengthNm
  const span = waves === null ? '' : `${Math.min(...waves).toFixed(1)}-${Math.max(...waves).toFixed(1)} nm`
  const crs = header.georeference?.crs ?? null
  return [
    path, outcome, `${header.rows} x ${header.cols} x ${header.bands}`, `${header.sampleType}${header.byteOrder === 'big' ? ' be' : ''}`, header.interleave, span,
    [...new Set(header.nodata)].map((value) => (value === null ? '' : String(value))).join(', '),
    crs === null ? '' : crs.epsg === null ? crs.name : `EPSG:${crs.epsg}`, verdict, header.notices.map(({ code }) => code).join(', '),
  ]
}

const root = sharedData('README.md') === null ? null : (sharedData() as string)
if (root === null) console.info(sharedDataReason)
if (!hasGdal) console.info(gdalReason)

it.skipIf(root === null || !hasGdal)('every shared file is imported as GDAL and SciPy read it, or refused as its README says', async () => {
  const folder = root as string
  const expectedMat = (JSON.parse(readFileSync(join(__dirname, 'mat-fixtures', 'expected.json'), 'utf8')) as {
    shared: Record<string, Record<string, { shape: number[]; dtype: string; sha256: string }>>
  }).shared
  const crop = readFileSync(join(folder, 'variants', 'envi', 'bip_int16_le.img'))
  const reference = new Int16Array(crop.buffer, crop.byteOffset, crop.length / 2)

  const rows: Row[] = []
  for (const file of listFiles(folder)) {
    const path = relative(folder, file)
    const row: Row = { path, opened: null, refusal: null, against: '', differences: [] }
    rows.push(row)
    try {
      row.opened = await openWhole(file)
    } catch (error) {
      if (!(error instanceof StudioError)) throw error
      row.refusal = error
    }
  }

  const rasters = rows.filter(({ path, opened }) => opened !== null && !path.endsWith('.mat'))
  const gdal = askGdal<GdalFacts>(rasters.map(({ opened }) => [(opened as Opened).file, null]))
  const unnamed = rasters.filter(({ opened }) => {
    const facts = gdal[(opened as Opened).file]
    return (opened as Opened).header.georeference?.crs?.epsg != null && facts?.error === undefined && facts?.epsg === null
  })
  const equivalent = askGdal<{ same?: boolean }>(unnamed.map(({ opened }) => [(opened as Opened).file, (opened as Opened).header.georeference?.crs?.epsg ?? 0]))

  for (const row of rows) {
    const { path, opened, refusal } = row
    const refused = REFUSED[path]
    if (opened === null) {
      if (refused === undefined) row.differences.push(`unexpected refusal: ${refusal?.tag ?? ''}: ${refusal?.message ?? ''}`)
      else if (refusal?.tag !== refused[0] || !refused[1].test(refusal.message)) row.differences.push(`refused otherwise than expected (${refused[0]})`)
      else if (refusal.remedy === undefined) row.differences.push('refused without a remedy')
      row.against = 'README'
      continue
    }
    if (refused !== undefined) row.differences.push('opened, but should be refused')
    const waves = opened.header.wavelengthNm
    const stated = WAVELENGTHS[path]
    if (stated === null && waves !== null) row.differences.push('wavelengths: there should be none')
    if (stated != null && !stated.every((nm, i) => Math.abs(nm - (waves?.[i * (waves.length - 1)] ?? NaN)) <= 0.051)) {
      row.differences.push(`wavelengths: README says ${stated.join('-')} nm`)
    }
    if (opened.header.metadata.kind === 'mat') {
      const truth = expectedMat[path]?.[opened.header.metadata.variable]
      row.against = '= SciPy / h5py'
      if (truth?.sha256 !== opened.sha256) row.differences.push('pixels: differ from SciPy / h5py')
      continue
    }
    const facts = gdal[opened.file] as GdalFacts
    if (facts.error !== undefined) {
      const known = GDAL_CANNOT.find(({ files }) => files.test(path))
      if (known === undefined) {
        row.differences.push(`GDAL can't open it: ${facts.error}`)
        continue
      }
      row.against = `= reference crop (${known.reason})`
      const whole = opened.header.sampleType === 'int64' ? Float64Array.from(reference) : reference
      if (sha256(whole) !== opened.sha256) row.differences.push('pixels: differ from the reference crop')
      continue
    }
    const reasons: string[] = []
    for (const [field, text] of compare(opened, facts)) {
      const known = INTENTIONAL.find(({ files, fields }) => files.test(path) && fields.includes(field))
      if (known !== undefined) reasons.push(`${field}: ${known.reason}`)
      else if (field === 'crs' && equivalent[opened.file]?.same === true) reasons.push('crs: equivalent; GDAL names no code')
      else row.differences.push(text)
    }
    row.against = reasons.length === 0 ? `= GDAL ${facts.driver}` : `= GDAL ${facts.driver} except ${reasons.join('; ')}`
  }

  const heads = ['file', 'outcome', 'rows x cols x bands', 'type', 'interleave', 'wavelengths', 'nodata', 'CRS', 'compared', 'notices or reason']
  const line = (texts: string[]): string => `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`
  const table = [line(heads), line(heads.map(() => '---')), ...rows.map((row) => line(cells(row)))].join('\n')
  const artifacts = join(projectRoot, 'test', 'artifacts')
  mkdirSync(artifacts, { recursive: true })
  writeFileSync(join(artifacts, 'import-table.md'), `# Every shared file, imported\n\n${table}\n`)
  const opened = rows.filter((row) => row.opened !== null).length
  console.info(`${table}\n\n${rows.length} files: ${opened} opened, ${rows.length - opened} refused; ${statSync(join(artifacts, 'import-table.md')).size} bytes in test/artifacts/import-table.md`)

  for (const path of [...Object.keys(REFUSED), ...Object.keys(WAVELENGTHS)]) expect(rows.map((row) => row.path)).toContain(path)
  expect(rows.filter(({ differences }) => differences.length > 0).map(({ path, differences }) => `${path}: ${differences.join('; ')}`)).toEqual([])
})
