import { readFileSync } from 'node:fs'
import type { CubeReader } from '../../src/main/cube/cube-reader'
import { memoryReader, plainHeader } from '../memory-scene'

export const [ROWS, COLS, BANDS] = [14, 12, 6]
const NM = [450, 560, 650, 705, 860, 1610]

/** What numpy says: see reference.py. */
export const reference = JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as Record<
  'angle' | 'ndvi' | 'consistency' | 'bicubicAngle' | 'components' | 'shares' | 'regionMean' | 'regionDeviation' | 'star' | 'starPixels' | 'starMean' | 'starDeviation', number[]>

/** The formula of reference.py. */
function cube(rows: number, cols: number, bands: number): Float32Array {
  return Float32Array.from({ length: rows * cols * bands }, (_, i) => {
    const b = i % bands
    const c = Math.floor(i / bands) % cols
    const r = Math.floor(i / bands / cols)
    const noise = ((i * 7919) % 1009) / 1009 - 0.5
    return 1000 + 400 * Math.sin(0.3 * r + 0.5 * b) + 300 * Math.cos(0.2 * c - 0.3 * b) + 20 * b + 100 * noise
  })
}

/** The scene: its fourth band is bad, its values have a gain and an offset. `change` edits a copy of the pixels. */
export function scene(change: (values: Float32Array) => void = () => undefined): CubeReader {
  const values = cube(ROWS, COLS, BANDS)
  change(values)
  const header = {
    ...plainHeader(ROWS, COLS, BANDS), wavelengthNm: NM, badBands: NM.map((nm) => nm === 705), gain: new Array<number>(BANDS).fill(0.01), offset: new Array<number>(BANDS).fill(-0.5),
    georeference: {
      transform: { a: 10, b: 0, c: 500_000, d: 0, e: -10, f: 5_800_000 }, crs: { epsg: 32633, wkt: null, name: 'WGS 84 / UTM zone 33N', kind: 'projected' as const, geoKeys: null },
      pixelIsPoint: false, groundControlPoints: [],
    },
  }
  return memoryReader(header, values)
}

/** A result of the whole scene at 2x with all bands, or the pixels of a part of it. */
export function result(): CubeReader {
  const coarse = cube(ROWS, COLS, BANDS)
  const detail = cube(2 * ROWS, 2 * COLS, BANDS)
  const fine = detail.map((value, i) => {
    const b = i % BANDS
    const c = Math.floor(i / BANDS) % (2 * COLS)
    const r = Math.floor(i / BANDS / (2 * COLS))
    return (coarse[(Math.floor(r / 2) * COLS + Math.floor(c / 2)) * BANDS + b] as number) + (value - 1000) * 0.1
  })
  return memoryReader(plainHeader(2 * ROWS, 2 * COLS, BANDS), fine)
}

export const whole = { row: 0, col: 0, rows: ROWS, cols: COLS }
