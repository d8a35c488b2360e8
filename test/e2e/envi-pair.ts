import { writeFileSync } from 'node:fs'

export interface EnviPair {
  header: string
  data: string
}

/**
 * Writes a small ENVI scene, 48 x 40 pixels, 16 bands, int16 by line (BIL), in UTM 33N, with a smooth ground and a grid of
 * bright fields on it. The application's own writers have no part in it. Lines of `extra` are added to the header.
 * @param stem path without extension
 */
export function writeEnviPair(stem: string, extra: string[] = []): EnviPair {
  const rows = 48, cols = 40, bands = 16
  const samples = new Int16Array(rows * bands * cols)
  for (let row = 0; row < rows; row++) {
    for (let band = 0; band < bands; band++) {
      for (let col = 0; col < cols; col++) {
        const field = (row % 12 < 7 && col % 10 < 6) ? 900 + 60 * band : 0
        samples[(row * bands + band) * cols + col] = Math.round(1500 + 40 * band + 300 * Math.sin(row / 7) * Math.cos(col / 9) + field)
      }
    }
  }
  const wavelengths = Array.from({ length: bands }, (_, band) => (450 + 30 * band).toFixed(1))
  const lines = [
    'ENVI', 'description = { written by a test }', `samples = ${cols}`, `lines = ${rows}`, `bands = ${bands}`, 'header offset = 0',
    'file type = ENVI Standard', 'data type = 2', 'interleave = bil', 'byte order = 0',
    'map info = { UTM, 1, 1, 360000, 5810000, 30, 30, 33, North, WGS-84 }', 'wavelength units = Nanometers',
    `wavelength = { ${wavelengths.join(', ')} }`, ...extra,
  ]
  const pair = { header: `${stem}.hdr`, data: `${stem}.img` }
  writeFileSync(pair.header, lines.join('\n') + '\n')
  writeFileSync(pair.data, samples)
  return pair
}
