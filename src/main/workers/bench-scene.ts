import type { CubeHeader } from '../cube/cube-header'
import type { PixelWindow } from '../cube/pixel-window'
import { allocateSamples, type SampleArray, type SampleType } from '../cube/sample-type'

/** Mixed materials of the generated scene. */
const MATERIALS = 5
/** Sides, in pixels, of the fields and of the texture inside them. */
const FIELD = 37
const TEXTURE = 5

export type BenchType = 'int16' | 'float32'

/** A header with wavelengths and nothing else. */
export function benchHeader(rows: number, cols: number, bands: number, sampleType: BenchType): CubeHeader {
  return {
    rows, cols, bands, sampleType, interleave: 'bip', byteOrder: 'little',
    wavelengthNm: Array.from({ length: bands }, (_, band) => 400 + (2100 * band) / bands),
    fwhmNm: null, badBands: null, bandNames: null, nodata: new Array<number | null>(bands).fill(null), gain: null, offset: null,
    georeference: null, description: null, defaultBands: null, metadata: { kind: 'envi', fields: [] }, notices: [],
  }
}

/** 32 well mixed bits of two integers. */
function hash(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return (h ^ (h >>> 15)) >>> 0
}

function spectrum(material: number, bands: number): Float64Array {
  return Float64Array.from({ length: bands }, (_, band) => {
    const t = band / bands
    return 1200 + 500 * material + 900 * Math.sin(3 * t + material) + 300 * Math.sin((11 + 2 * material) * t)
  })
}

/**
 * Samples of `window` [rows, cols, bands]: tilted fields of a few materials with shading and noise, about 0 to 6000. They
 * depend on the place alone, so that a scene can be written block by block. float32 values are multiples of 1/8, whose sum
 * is exact. Cost: some 5 ns a sample.
 */
export function benchSamples(window: PixelWindow, bands: number, sampleType: SampleType): SampleArray {
  const spectra = Array.from({ length: MATERIALS }, (_, material) => spectrum(material, bands))
  const samples = allocateSamples(sampleType, window.rows * window.cols * bands)
  const step = sampleType === 'float32' ? 8 : 1
  let at = 0
  for (let row = window.row; row < window.row + window.rows; row++) {
    for (let col = window.col; col < window.col + window.cols; col++) {
      const u = Math.floor((0.8 * row + 0.6 * col) / FIELD)
      const v = Math.floor((0.8 * col - 0.6 * row) / FIELD)
      const field = hash(u, v)
      const own = spectra[field % MATERIALS] as Float64Array
      const mixed = spectra[(field >>> 8) % MATERIALS] as Float64Array
      const share = (hash(Math.floor(row / TEXTURE) + 7919, Math.floor(col / TEXTURE)) & 255) / 512
      const shade = (0.8 + (0.4 * ((field >>> 16) & 255)) / 255) * step
      let noise = hash(row + 104729, col)
      for (let band = 0; band < bands; band++) {
        noise = (Math.imul(noise, 1664525) + 1013904223) | 0
        const value = ((own[band] as number) * (1 - share) + (mixed[band] as number) * share) * shade + (noise >> 26) * step * 0.5
        samples[at++] = Math.round(value) / step
      }
    }
  }
  return samples
}
