import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { allocateSamples, type SampleArray, type SampleType } from '../../src/main/cube/sample-type'

/** Debian's Python, which is the one that sees python3-gdal. */
export const PYTHON = '/usr/bin/python3'

export const hasGdal = spawnSync(PYTHON, ['-c', 'from osgeo import gdal; import numpy']).status === 0
export const gdalReason = 'needs GDAL with its Python bindings (apt-get install gdal-bin python3-gdal), which are not here'

export interface GdalTruth {
  rows: number
  cols: number
  bands: number
  type: string
  interleave: string | null
  transform: [number, number, number, number, number, number] | null
  gcps: [number, number, number, number, number][]
  areaOrPoint: string | null
  epsg: string | null
  hasCrs: boolean
  nodata: (string | null)[]
  descriptions: string[]
  scales: (number | null)[]
  offsets: (number | null)[]
  bandItems: Record<string, string>[]
  imagery: Record<string, string>[]
  items: Record<string, string>
  envi: Record<string, string>
}

/** What GDAL says about each file (an error text where it refuses it), in one Python process; pixels in `folder`. */
export function gdalTruths(paths: readonly string[], folder: string): (GdalTruth | { error: string })[] {
  const output = execFileSync(PYTHON, [join(dirname(fileURLToPath(import.meta.url)), 'geotiff-reference.py')], {
    input: JSON.stringify({ paths, folder }), maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'ignore'],
  })
  return output.toString().trim().split('\n').map((line) => JSON.parse(line) as GdalTruth | { error: string })
}

/** GDAL's pixels of file `index`, [rows, cols, bands]. */
export function gdalPixels(folder: string, index: number, type: SampleType): SampleArray {
  const bytes = new Uint8Array(readFileSync(join(folder, `${index}.bin`)))
  const empty = allocateSamples(type, 0)
  return new (empty.constructor as new (buffer: ArrayBuffer) => SampleArray)(bytes.buffer)
}
