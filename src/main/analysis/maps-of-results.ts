import { readWindow } from '../cube/cube-reader'
import { scaleWindow, type PixelWindow } from '../cube/pixel-window'
import { bicubicWindow } from '../dataset/bicubic-window'
import { degrade, kernelHalo } from '../dataset/degrade'
import { crop } from '../dataset/mirror'
import { assertFits } from '../dataset/result-place'
import type { ComputedMap, Material } from './computed-map'
import { goodBandsOf, requireResult } from './good-bands'
import { spectralAngle } from './spectral-angle'

/**
 * What is left between a result that is reduced by its kernel and its input: the root mean square over the good bands that both
 * hold, in stored units, one value an input pixel. Errors: 'mismatch' (the files do not fit), those of reading.
 */
export function consistencyMap(material: Material): ComputedMap {
  const result = requireResult(material)
  assertFits(result, result.reader, material.scene)
  const good = goodBandsOf(material, 1)
  const { window: place, scale, kernel, reader } = result
  const halo = kernelHalo(kernel, scale)
  return {
    rows: place.rows, cols: place.cols, origin: { row: place.row, col: place.col }, pixelSize: 1, bandNames: ['residual after degrading, RMS over bands'],
    valuesPerPixel: (scale * scale + 2) * good.own.length,
    compute: async (window, signal) => {
      const fine = grown(scaleWindow(window, scale), halo, reader.header)
      const data = await readWindow(reader, fine, good.own, signal)
      const reduced = degrade({ rows: fine.rows, cols: fine.cols, bands: good.own.length, data }, scale, kernel)
      const estimate = crop(reduced, window.row - fine.row / scale, window.col - fine.col / scale, window.rows, window.cols).data
      const input = await readWindow(material.scene, { ...window, row: place.row + window.row, col: place.col + window.col }, good.scene, signal)
      return rootMeanSquares(input, estimate, good.own.length)
    },
  }
}

function rootMeanSquares(input: Float32Array, estimate: Float32Array, bands: number): Float32Array {
  return Float32Array.from({ length: input.length / bands }, (_, pixel) => {
    let [sum, count] = [0, 0]
    for (let i = pixel * bands; i < (pixel + 1) * bands; i++) {
      const difference = (estimate[i] as number) - (input[i] as number)
      if (Number.isNaN(difference)) continue
      sum += difference * difference
      count++
    }
    return count === 0 ? NaN : Math.sqrt(sum / count)
  })
}

/**
 * Angle in degrees between the spectra of a result and of the bicubic enlargement of its input: where the network changed
 * the shape of spectra. Over the good bands that the result holds, in physical units. Errors as `consistencyMap`.
 */
export function bicubicAngle(material: Material): ComputedMap {
  const result = requireResult(material)
  assertFits(result, result.reader, material.scene)
  const good = goodBandsOf(material, 2)
  const { window: place, scale, reader } = result
  const count = good.own.length
  const { gain, offset } = material.scene.header
  return {
    rows: reader.header.rows, cols: reader.header.cols, origin: { row: place.row, col: place.col }, pixelSize: 1 / scale, bandNames: ['angle to bicubic, degrees'],
    valuesPerPixel: 4 * count,
    compute: async (window, signal) => {
      const bicubic = await bicubicWindow(material.scene, result, good.scene, window, signal)
      const sharp = await readWindow(reader, window, good.own, signal)
      // a result keeps the scaling of its scene, whatever its format can say of it
      for (const values of [bicubic, sharp]) scaleInPlace(values, good.scene, gain, offset)
      return Float32Array.from({ length: window.rows * window.cols }, (_, pixel) => spectralAngle(sharp, pixel * count, bicubic, pixel * count, count))
    },
  }
}

function scaleInPlace(values: Float32Array, bands: readonly number[], gain: readonly number[] | null, offset: readonly number[] | null): void {
  if (gain === null && offset === null) return
  for (let i = 0; i < values.length; i++) {
    const band = bands[i % bands.length] as number
    values[i] = (values[i] as number) * (gain?.[band] ?? 1) + (offset?.[band] ?? 0)
  }
}

/** `window` with `halo` more pixels on each side, cut at the raster's edge. */
function grown({ row, col, rows, cols }: PixelWindow, halo: number, size: { rows: number; cols: number }): PixelWindow {
  const top = Math.max(0, row - halo)
  const left = Math.max(0, col - halo)
  return { row: top, col: left, rows: Math.min(size.rows, row + rows + halo) - top, cols: Math.min(size.cols, col + cols + halo) - left }
}
