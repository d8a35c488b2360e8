import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { CubeReader } from '../../src/main/cube/cube-reader'
import { allBands } from '../../src/main/cube/cube-reader'
import type { Interleave } from '../../src/main/cube/cube-header'
import { fromPixelOrder } from '../../src/main/cube/interleave'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { bytesFromSamples } from '../../src/main/cube/sample-bytes'
import type { SampleArray, SampleType } from '../../src/main/cube/sample-type'

/** A folder that lives as long as the test that asks for it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dacn-envi-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export function plainHeader(fields: Record<string, string | number>): string {
  return `ENVI\n${Object.entries(fields).map(([key, value]) => `${key} = ${value}\n`).join('')}`
}

export interface MadeScene {
  rows: number
  cols: number
  bands: number
  type: SampleType
  code: number
  interleave: Interleave
  byteOrder: 'little' | 'big'
  headerOffset?: number
  samples: SampleArray
}

/** Writes NAME.img and NAME.hdr; returns the path of the data file. */
export async function writeScene(folder: string, name: string, scene: MadeScene, extra: Record<string, string | number> = {}): Promise<string> {
  const { rows, cols, bands, type, code, interleave, byteOrder, headerOffset = 0, samples } = scene
  const body = bytesFromSamples(fromPixelOrder(samples, interleave, { rows, cols, bands }), type, byteOrder)
  const data = join(folder, `${name}.img`)
  await writeFile(data, Buffer.concat([Buffer.alloc(headerOffset, 0xee), body]))
  await writeFile(join(folder, `${name}.hdr`), plainHeader({
    samples: cols, lines: rows, bands, 'header offset': headerOffset, 'file type': 'ENVI Standard', 'data type': code, interleave,
    'byte order': byteOrder === 'big' ? 1 : 0, ...extra,
  }))
  return data
}

export async function readAll(reader: CubeReader): Promise<SampleArray> {
  return reader.readSamples(wholeWindow(reader.header), allBands(reader.header))
}

export function sha256(samples: SampleArray): string {
  return createHash('sha256').update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)).digest('hex')
}

export interface GdalFacts {
  error?: string
  driver: string
  rows: number
  cols: number
  bands: number
  type: string
  sha256: string
  geotransform: number[] | null
  proj4: string | null
  gcps: number[][]
  nodata: string | null
  envi: Record<string, string>
  bandMetadata: Record<string, string>
  names: string[]
  scales: (number | null)[]
  offsets: (number | null)[]
}

const PYTHON = '/usr/bin/python3'

export const gdalMissing = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import numpy; from osgeo import gdal']).status === 0
  ? null
  : 'needs GDAL for Python (Debian python3-gdal), which is not installed'

/** GDAL's view of `paths`, in one call; see envi-gdal.py. */
export function gdalFacts(paths: readonly string[]): GdalFacts[] {
  const script = join(dirname(fileURLToPath(import.meta.url)), 'envi-gdal.py')
  const answer = spawnSync(PYTHON, [script], { input: JSON.stringify(paths), encoding: 'utf8', maxBuffer: 2 ** 27 })
  if (answer.status !== 0) throw new Error(answer.stderr)
  return JSON.parse(answer.stdout) as GdalFacts[]
}
