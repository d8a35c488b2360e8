import type { Random } from '../common/random'
import type { Image } from '../cube/image'

/** Softness of a material's border in standard deviations of the colour. */
const NARROWEST = 0.5
const WIDEST = 1.6

/**
 * Images as the weaker components of a hyperspectral scene look: where a material lies, whose colour is that of a random
 * pixel of `components` [rows, cols, count] (standardised), with soft borders in colour. Returns the given components with
 * `count` such maps behind them, each with mean 0 and deviation 1; a map without contrast is left out.
 */
export function withMaterialMaps(components: Image, count: number, random: Random): Image {
  const { rows, cols, bands, data } = components
  const pixels = rows * cols
  const maps: Float32Array[] = []
  for (let map = 0; map < count; map++) {
    const centre = random.integer(pixels) * bands
    const width = NARROWEST + (WIDEST - NARROWEST) * random.uniform()
    // a material differs from others in some directions of colour only
    const weights = Array.from({ length: bands }, () => random.uniform())
    const values = new Float32Array(pixels)
    for (let pixel = 0; pixel < pixels; pixel++) {
      let distance = 0
      for (let band = 0; band < bands; band++) {
        distance += (weights[band] as number) * ((data[pixel * bands + band] as number) - (data[centre + band] as number)) ** 2
      }
      values[pixel] = Math.exp(-distance / (2 * width * width))
    }
    if (standardise(values)) maps.push(values)
  }
  const wide = bands + maps.length
  const out = new Float32Array(pixels * wide)
  for (let pixel = 0; pixel < pixels; pixel++) {
    out.set(data.subarray(pixel * bands, (pixel + 1) * bands), pixel * wide)
    maps.forEach((values, map) => (out[pixel * wide + bands + map] = values[pixel] as number))
  }
  return { rows, cols, bands: wide, data: out }
}

/** In place; false for an image without contrast. */
function standardise(values: Float32Array): boolean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  if (deviation < 1e-3) return false
  values.forEach((value, i) => (values[i] = (value - mean) / deviation))
  return true
}
