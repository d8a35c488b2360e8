import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { Random } from '../../src/main/common/random'
import type { Image } from '../../src/main/cube/image'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { degrade } from '../../src/main/dataset/degrade'
import { fitSceneComponents } from '../../src/main/dataset/scene-components'
import { readMirrored } from '../../src/main/inference/mirrored-read'
import { servingHalo } from '../../src/main/inference/serving-halo'
import type { Symmetry } from '../../src/main/dataset/symmetry'
import { upscaleTile, type ServingModel } from '../../src/main/inference/studio-tile'
import { studioLayout } from '../../src/main/model/studio/network'
import { loadParameters } from '../../src/main/model/studio/predict'
import { defaultStudioShape } from '../../src/main/model/studio/shape'
import { tf } from '../../src/main/model/tensorflow'
import { memoryReader, plainHeader, syntheticScene } from '../memory-scene'

const BANDS = 20
const ALL = Array.from({ length: BANDS }, (_, band) => band)

function servingModel(scale: 2 | 3, passes = 1, attention = false): ServingModel {
  const shape = { ...defaultStudioShape(scale), channels: 16, blocks: 2, window: 6, multiHead: attention, channelGate: attention }
  const layout = studioLayout(shape)
  // every weight drawn, the zero-initialised last layer too: the network must do something
  const random = Random.fromSeed(3)
  const weights = layout.initialise(random).map((value) => value + 0.03 * random.normal())
  return { shape, passes, parameters: loadParameters(layout, weights), kernel: { kind: 'block' }, method: 'network', consistent: true, symmetries: [0], errorModel: null }
}

interface Whole extends Image {
  /** [rows, cols]; empty where the model tells no errors. */
  error: Float32Array
}

async function upscaleWhole(model: ServingModel, values: Float32Array, rows: number, cols: number, side: number, picked = ALL, breathe = (): Promise<void> => Promise.resolve()): Promise<Whole> {
  const reader = memoryReader(plainHeader(rows, cols, BANDS), values)
  const within = wholeWindow(reader.header)
  const scene = await fitSceneComponents(reader, within)
  const scale = model.shape.scale ** model.passes
  const halo = servingHalo(model)
  const out = new Float32Array(rows * cols * scale * scale * picked.length)
  const errors = new Float32Array(model.errorModel === null ? 0 : rows * cols * scale * scale)
  for (let row = 0; row < rows; row += side) {
    for (let col = 0; col < cols; col += side) {
      const inner = { rows: Math.min(side, rows - row), cols: Math.min(side, cols - col) }
      const lowRes = await readMirrored(reader, within, { row: row - halo, col: col - halo, rows: inner.rows + 2 * halo, cols: inner.cols + 2 * halo })
      const { image: tile, error } = await upscaleTile(model, lowRes, scene, picked, 1e9, breathe)
      for (let r = 0; r < tile.rows; r++) {
        out.set(tile.data.subarray(r * tile.cols * tile.bands, (r + 1) * tile.cols * tile.bands), ((row * scale + r) * cols * scale + col * scale) * tile.bands)
        if (error !== null) errors.set(error.data.subarray(r * tile.cols, (r + 1) * tile.cols), (row * scale + r) * cols * scale + col * scale)
      }
    }
  }
  return { rows: rows * scale, cols: cols * scale, bands: picked.length, data: out, error: errors }
}

function largestDifference(p: Float32Array, q: Float32Array): number {
  let largest = 0
  for (let i = 0; i < p.length; i++) {
    if (Number.isNaN(p[i]) !== Number.isNaN(q[i])) return Infinity
    const difference = Math.abs((p[i] as number) - (q[i] as number))
    if (difference > largest) largest = difference
  }
  return largest
}

/** Pixels [pixels, bands] in reverse order: the picture upside down. */
function halfTurn(values: Float32Array, bands: number): Float32Array {
  const pixels = values.length / bands
  return values.map((_, i) => values[(pixels - 1 - Math.floor(i / bands)) * bands + (i % bands)] as number)
}

describe('upscaling tile by tile', () => {
  it.each([[2, 1, false], [3, 1, false], [2, 2, false], [2, 1, true], [3, 1, true], [2, 2, true]] as const)('gives the whole image whatever the tiles are (scale %i, %i passes, attention: %s)', async (scale, passes, attention) => {
    const rows = 50
    const cols = 61
    const values = syntheticScene(rows, cols, BANDS, 5)
    // a hole over a tile border, and one band missing somewhere else
    for (let row = 20; row < 28; row++) for (let col = 20; col < 31; col++) values.fill(NaN, (row * cols + col) * BANDS, (row * cols + col + 1) * BANDS)
    values[(40 * cols + 50) * BANDS + 3] = NaN
    const model = servingModel(scale, passes, attention)
    const whole = await upscaleWhole(model, values, rows, cols, 66)
    const tiled = await upscaleWhole(model, values, rows, cols, 24)
    expect(largestDifference(whole.data, tiled.data)).toBeLessThan(0.02)
  })

  it.each([[[0, 3], 1, false], [[0, 5], 1, false], [[0, 3], 2, false], [[0, 3], 1, true], [[0, 3], 2, true]] as [Symmetry[], number, boolean][])('gives the whole image and its errors whatever the tiles are (turned %j, %i passes, attention: %s)', async (symmetries, passes, attention) => {
    const rows = 34
    const cols = 41
    const values = syntheticScene(rows, cols, BANDS, 5)
    values[(20 * cols + 30) * BANDS + 3] = NaN
    const model: ServingModel = { ...servingModel(2, passes, attention), symmetries, errorModel: { floor: 1e-4, spread: 1, detail: 0.3 } }
    const whole = await upscaleWhole(model, values, rows, cols, 48)
    const tiled = await upscaleWhole(model, values, rows, cols, 24)
    expect(largestDifference(whole.data, tiled.data)).toBeLessThan(0.02)
    expect(largestDifference(whole.error, tiled.error)).toBeLessThan(0.02)
    // one pixel has no spectrum
    expect(whole.error.filter((value) => Number.isNaN(value)).length).toBe(4 ** passes)
    const upright = await upscaleWhole({ ...model, symmetries: [0] }, values, rows, cols, 48)
    expect(largestDifference(whole.data, upright.data)).toBeGreaterThan(1)
  })

  it('of turned copies is turned where the scene is', async () => {
    const rows = 36
    const cols = 48
    const values = syntheticScene(rows, cols, BANDS, 5)
    const model: ServingModel = { ...servingModel(2), symmetries: [0, 3], errorModel: { floor: 1e-4, spread: 1, detail: 0.3 } }
    const upright = await upscaleWhole(model, values, rows, cols, 24)
    const turned = await upscaleWhole(model, halfTurn(values, BANDS), rows, cols, 24)
    // sampling takes other pixels for the components of a turned scene, but all of one this small
    expect(largestDifference(halfTurn(turned.data, BANDS), upright.data)).toBeLessThan(0.05)
    expect(largestDifference(halfTurn(turned.error, 1), upright.error)).toBeLessThan(0.05)
  })

  it('keeps the block means of the input exactly, and missing pixels missing', async () => {
    const rows = 30
    const cols = 36
    const values = syntheticScene(rows, cols, BANDS, 6)
    values.fill(NaN, 100 * BANDS, 101 * BANDS)
    const result = await upscaleWhole(servingModel(2), values, rows, cols, 36)
    expect(largestDifference(degrade(result, 2).data, values)).toBeLessThan(0.02)
    expect(result.data.filter((value) => Number.isNaN(value)).length).toBe(4 * BANDS)
  })

  it('gives a band the same bits whichever others are picked', async () => {
    const values = syntheticScene(30, 36, BANDS, 9)
    values[200 * BANDS + 5] = NaN
    const whole = await upscaleWhole(servingModel(2), values, 30, 36, 24)
    const picked = [17, 3, 5]
    const some = await upscaleWhole(servingModel(2), values, 30, 36, 24, picked)
    for (let pixel = 0; pixel < whole.rows * whole.cols; pixel++) {
      picked.forEach((band, place) => {
        if (!Object.is(some.data[pixel * 3 + place], whole.data[pixel * BANDS + band])) throw new Error(`pixel ${pixel}, band ${band} differs`)
      })
    }
  })

  it('does more than interpolate', async () => {
    const values = syntheticScene(30, 30, BANDS, 7)
    const model = servingModel(2)
    const sharpened = await upscaleWhole(model, values, 30, 30, 30)
    const interpolated = await upscaleWhole({ ...model, method: 'back-projection' }, values, 30, 30, 30)
    expect(largestDifference(sharpened.data, interpolated.data)).toBeGreaterThan(1)
  })

  it('can be ended in the middle of a tile, without leaving tensors', async () => {
    const values = syntheticScene(30, 30, BANDS, 8)
    const model = servingModel(2)
    const before = tf.memory().numTensors
    let breaths = 0
    const breathe = (): Promise<void> => (++breaths < 2 ? Promise.resolve() : Promise.reject(new StudioError('cancelled', 'Cancelled.')))
    await expect(upscaleWhole(model, values, 30, 30, 30, ALL, breathe)).rejects.toMatchObject({ tag: 'cancelled' })
    // one lot of components and one group of bands
    expect(breaths).toBe(2)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('leaves no tensors behind', async () => {
    const values = syntheticScene(30, 30, BANDS, 8)
    const model = servingModel(2)
    const before = tf.memory().numTensors
    await upscaleWhole(model, values, 30, 30, 12)
    expect(tf.memory().numTensors).toBe(before)
  })
})
