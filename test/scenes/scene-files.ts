import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Interleave } from '../../src/main/cube/cube-header'
import type { WriteOptions } from '../../src/main/cube/cube-writer'
import type { SampleType } from '../../src/main/cube/sample-type'
import { allocateSamples } from '../../src/main/cube/sample-type'
import { createWriter } from '../../src/main/formats/create-writer'
import { writeByStrips } from '../../src/main/formats/block-strips'
import { plainHeader } from '../memory-scene'

export const NODATA = -9999

/** A folder that lives as long as the test that asks for it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dacn-scenes-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** All different, so that a misplaced one shows; every seventh pixel of a row has no data. */
export function valueAt(row: number, col: number, band: number): number {
  return (row + col) % 7 === 3 ? NODATA : band * 900 + row * 31 + col - 4000
}

/** What a reader must give: NaN for nodata. */
export function expectedAt(row: number, col: number, band: number): number {
  const value = valueAt(row, col, band)
  return value === NODATA ? NaN : value
}

export interface MadeScene {
  rows: number
  cols: number
  bands: number
  type?: SampleType
  options?: Partial<WriteOptions>
  /** Where there is no data: as `valueAt` says, or in the eight columns at the left edge. */
  gaps?: 'spread' | 'edge'
}

/** Writes a scene of `valueAt` to `path`, as the extension and options say, with wavelengths from 400 nm in steps of 10. */
export async function writeScene(path: string, { rows, cols, bands, type = 'int16', options = {}, gaps = 'spread' }: MadeScene): Promise<string> {
  const header = plainHeader(rows, cols, bands, type)
  header.nodata.fill(NODATA)
  header.wavelengthNm = Array.from({ length: bands }, (_, band) => 400 + 10 * band)
  const writer = await createWriter(path, header, options)
  await writeByStrips(writer, bands * 8, (window) => {
    const samples = allocateSamples(type, window.rows * window.cols * bands)
    let at = 0
    for (let row = window.row; row < window.row + window.rows; row++) {
      for (let col = window.col; col < window.col + window.cols; col++) {
        for (let band = 0; band < bands; band++) samples[at++] = gaps === 'spread' ? valueAt(row, col, band) : col < 8 ? NODATA : row + col * band
      }
    }
    return Promise.resolve(samples)
  }, { signal: new AbortController().signal, progress: () => undefined })
  await writer.finish()
  return path
}

/** Storage in all the ways that are read differently. */
export const STORAGE: [name: string, file: string, options: Partial<WriteOptions>][] = [
  ...(['bsq', 'bil', 'bip'] as Interleave[]).map((interleave): [string, string, Partial<WriteOptions>] => [`ENVI ${interleave}`, 'scene.img', { interleave }]),
  ['GeoTIFF in compressed planes', 'scene.tif', { interleave: 'bsq', compression: 'deflate', blockSize: 16 }],
  ['GeoTIFF with pixels compressed together', 'scene.tif', { interleave: 'bip', compression: 'zstd', blockSize: 32 }],
  ['plain GeoTIFF', 'scene.tif', { interleave: 'bsq', compression: 'none', blockSize: 16 }],
]
