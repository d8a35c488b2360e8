import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A folder that goes away with the test file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dacn-cli-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The value that `writeEnvi` stores at a pixel: all different, so that a misplaced one shows. */
export function valueAt(row: number, col: number, band: number): number {
  return band * 1000 + row * 37 + col
}

export interface EnviScene {
  rows: number
  cols: number
  bands: number
  /** Replaces values of `valueAt`. */
  value?: (row: number, col: number, band: number) => number
  nodata?: number | null
}

/** Writes an int16 band-sequential ENVI scene with wavelengths, nodata (-9999 unless told) and a place on the map; gives the header's path. */
export async function writeEnvi(base: string, { rows, cols, bands, value = valueAt, nodata = -9999 }: EnviScene): Promise<string> {
  const data = new Int16Array(rows * cols * bands)
  for (let band = 0, at = 0; band < bands; band++) {
    for (let row = 0; row < rows; row++) for (let col = 0; col < cols; col++) data[at++] = value(row, col, band)
  }
  const wavelengths = Array.from({ length: bands }, (_, band) => 400 + 10 * band).join(', ')
  await writeFile(`${base}.img`, data)
  await writeFile(`${base}.hdr`, `ENVI
samples = ${cols}
lines = ${rows}
bands = ${bands}
header offset = 0
file type = ENVI Standard
data type = 2
interleave = bsq
byte order = 0
${nodata === null ? '' : `data ignore value = ${nodata}\n`}map info = {UTM, 1, 1, 600000, 5300000, 2, 2, 32, North, WGS-84}
wavelength units = Nanometers
wavelength = {${wavelengths}}
`)
  return `${base}.hdr`
}
