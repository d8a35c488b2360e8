import { createHash } from 'node:crypto'
import type { CubeHeader } from '../../src/main/cube/cube-header'
import type { WriteOptions, WrittenFile } from '../../src/main/cube/cube-writer'
import type { PixelWindow } from '../../src/main/cube/pixel-window'
import { allocateSamples, SAMPLE_TYPES, type SampleArray, type SampleType } from '../../src/main/cube/sample-type'
import { createGeoTiffWriter } from '../../src/main/formats/geotiff/writer'
import { gdalPython } from './gdal'

export function testHeader(rows: number, cols: number, bands: number, sampleType: SampleType, more: Partial<CubeHeader> = {}): CubeHeader {
  return {
    rows, cols, bands, sampleType,
    interleave: 'bip', byteOrder: 'big',
    wavelengthNm: null, fwhmNm: null, badBands: null, bandNames: null,
    nodata: new Array<null>(bands).fill(null), gain: null, offset: null,
    georeference: null, description: null, defaultBands: null,
    metadata: { kind: 'mat', variable: 'cube' }, notices: [],
    ...more,
  }
}

export function testOptions(more: Partial<WriteOptions> = {}): WriteOptions {
  return { interleave: 'bsq', compression: 'deflate', blockSize: 64, overviews: 'auto', history: [], resumable: false, identity: '', ...more }
}

/** Samples [rows, cols, bands]: a smooth surface with noise, different in each band, that uses the type's range. */
export function testSamples(rows: number, cols: number, bands: number, type: SampleType): SampleArray {
  const samples = allocateSamples(type, rows * cols * bands)
  const { integer, min, max } = SAMPLE_TYPES[type]
  let state = 12345
  let i = 0
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      for (let band = 0; band < bands; band++, i++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0
        const value = 0.5 + 0.4 * Math.sin(row / 9 + band / 5) * Math.cos(col / 7) + (state / 2 ** 32 - 0.5) / 10
        samples[i] = integer ? Math.floor(min + value * (max - min)) : (value - 0.5) * 1e4
      }
    }
  }
  if (integer && samples.length > 1) [samples[0], samples[samples.length - 1]] = [min, max]
  return samples
}

export function cutWindow(samples: SampleArray, cols: number, bands: number, window: PixelWindow): SampleArray {
  const rows: SampleArray[] = []
  for (let row = window.row; row < window.row + window.rows; row++) {
    rows.push(samples.slice((row * cols + window.col) * bands, (row * cols + window.col + window.cols) * bands))
  }
  const out = new (samples.constructor as new (length: number) => SampleArray)(window.rows * window.cols * bands)
  rows.forEach((values, index) => {
    out.set(values, index * window.cols * bands)
  })
  return out
}

export async function writeWhole(path: string, header: CubeHeader, options: WriteOptions, samples: SampleArray): Promise<WrittenFile> {
  const writer = await createGeoTiffWriter(path, header, options)
  for (let block = writer.blocksDone; block < writer.blockCount; block++) {
    await writer.writeBlock(block, cutWindow(samples, header.cols, header.bands, writer.blockWindow(block)))
  }
  return writer.finish()
}

/** Of the values [rows, cols, bands] in little-endian bytes. */
export function samplesHash(samples: SampleArray): string {
  return createHash('sha256').update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)).digest('hex')
}

export interface GdalView {
  rows: number
  cols: number
  bands: number
  type: string
  /** Of the values [rows, cols, bands]. */
  hash: string
  /** For each overview, coarsest last. */
  overviews: { rows: number; cols: number; hash: string }[]
  block: [number, number]
  structure: Record<string, string>
  transform: number[] | null
  wkt: string
  epsg: string | null
  gcps: [number, number, number, number, number][]
  metadata: Record<string, Record<string, string>>
  band: { description: string; scale: number | null; offset: number | null; nodata: number | string | null; metadata: Record<string, Record<string, string>> }[]
}

/** What GDAL says of the files, pixels included. */
export function gdalViews(paths: string[]): GdalView[] {
  return gdalPython<GdalView[]>(`
import hashlib, math
import numpy as np
def sha(bands):
    return hashlib.sha256(np.ascontiguousarray(np.stack([b.ReadAsArray() for b in bands], axis=-1)).tobytes()).hexdigest()
def domains(o):
    return {d: o.GetMetadata(d) for d in (o.GetMetadataDomainList() or []) if d not in ('DERIVED_SUBDATASETS', 'COLOR_PROFILE')}
def number(v):
    return v if v is None or math.isfinite(v) else str(v)
out = []
for path in input:
    d = gdal.Open(path)
    bands = [d.GetRasterBand(i + 1) for i in range(d.RasterCount)]
    s = d.GetSpatialRef()
    levels = [[b.GetOverview(i) for b in bands] for i in range(bands[0].GetOverviewCount())]
    out.append(dict(rows=d.RasterYSize, cols=d.RasterXSize, bands=d.RasterCount, type=gdal.GetDataTypeName(bands[0].DataType),
        hash=sha(bands), overviews=[dict(rows=l[0].YSize, cols=l[0].XSize, hash=sha(l)) for l in levels],
        block=bands[0].GetBlockSize(), structure=d.GetMetadata('IMAGE_STRUCTURE'),
        transform=d.GetGeoTransform(can_return_null=True), wkt='' if s is None else s.ExportToWkt(),
        epsg=None if s is None else s.GetAuthorityCode(None),
        gcps=[[g.GCPPixel, g.GCPLine, g.GCPX, g.GCPY, g.GCPZ] for g in d.GetGCPs()],
        metadata=domains(d),
        band=[dict(description=b.GetDescription(), scale=b.GetScale(), offset=b.GetOffset(), nodata=number(b.GetNoDataValue()), metadata=domains(b)) for b in bands]))
print(json.dumps(out))`, paths)
}
