import { Random } from '../src/main/common/random'
import type { CubeHeader } from '../src/main/cube/cube-header'
import type { CubeReader } from '../src/main/cube/cube-reader'
import type { SampleType } from '../src/main/cube/sample-type'
import { allocateSamples } from '../src/main/cube/sample-type'

/** A header with nothing but what a scene must have. */
export function plainHeader(rows: number, cols: number, bands: number, sampleType: SampleType = 'float32'): CubeHeader {
  return {
    rows, cols, bands, sampleType, interleave: 'bip', byteOrder: 'little', wavelengthNm: null, fwhmNm: null, badBands: null, bandNames: null,
    nodata: new Array<number | null>(bands).fill(null), gain: null, offset: null, georeference: null, description: null, defaultBands: null,
    metadata: { kind: 'envi', fields: [] }, notices: [],
  }
}

/** A scene that lives in memory: `values` [rows, cols, bands] as stored. */
export function memoryReader(header: CubeHeader, values: Float32Array): CubeReader {
  return {
    header,
    files: [],
    readSamples: (window, bands) => {
      const out = allocateSamples(header.sampleType, window.rows * window.cols * bands.length)
      let at = 0
      for (let row = window.row; row < window.row + window.rows; row++) {
        for (let col = window.col; col < window.col + window.cols; col++) {
          for (const band of bands) out[at++] = values[(row * header.cols + col) * header.bands + band] as number
        }
      }
      return Promise.resolve(out)
    },
    close: () => Promise.resolve(),
  }
}

/**
 * A picture with edges and texture at all scales, mixed from `materials` smooth spectra: values of some thousands, as
 * reflectance times 10,000.
 */
export function syntheticScene(rows: number, cols: number, bands: number, seed: number, materials = 4): Float32Array {
  const random = Random.fromSeed(seed)
  const spectra = Array.from({ length: materials }, () => {
    const base = 800 + 2500 * random.uniform()
    const waves = Array.from({ length: 3 }, () => [random.uniform() * 900, random.uniform() * 6, random.uniform() * 6] as const)
    return Float32Array.from({ length: bands }, (_, band) => base + waves.reduce((sum, [size, rate, phase]) => sum + size * Math.sin((rate * band) / bands * 6 + phase), 0))
  })
  const shapes = Array.from({ length: 60 }, () => ({
    row: random.uniform() * rows, col: random.uniform() * cols, height: 2 + random.uniform() * rows * 0.2, width: 2 + random.uniform() * cols * 0.2,
    tilt: random.uniform() * 3, material: random.integer(materials), shade: 0.8 + 0.4 * random.uniform(),
  }))
  const data = new Float32Array(rows * cols * bands)
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      let material = 0
      let shade = 1
      for (const shape of shapes) {
        const u = (row - shape.row) * Math.cos(shape.tilt) + (col - shape.col) * Math.sin(shape.tilt)
        const v = (col - shape.col) * Math.cos(shape.tilt) - (row - shape.row) * Math.sin(shape.tilt)
        if (Math.abs(u) < shape.height && Math.abs(v) < shape.width) ({ material, shade } = shape)
      }
      const spectrum = spectra[material] as Float32Array
      for (let band = 0; band < bands; band++) data[(row * cols + col) * bands + band] = (spectrum[band] as number) * shade + 4 * random.normal()
    }
  }
  return data
}
