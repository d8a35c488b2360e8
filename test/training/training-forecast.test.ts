import { describe, expect, it } from 'vitest'
import { quietContext } from '../../src/main/common/job-context'
import type { CubeReader } from '../../src/main/cube/cube-reader'
import { wholeWindow, type PixelWindow } from '../../src/main/cube/pixel-window'
import { surveyScene } from '../../src/main/dataset/scene-survey'
import { fitSceneComponents, readComponents } from '../../src/main/dataset/scene-components'
import { defaultStudioShape } from '../../src/main/model/studio/shape'
import { CASCADE } from '../../src/main/training/cascade'
import { preparePaperScene } from '../../src/main/training/paper-material'
import { prepareScene } from '../../src/main/training/scene-material'
import { forecastTraining, type TrainingForecast, type TrainingForecastRequest } from '../../src/main/training/training-forecast'
import type { TrainScene } from '../../src/main/training/train-request'
import { memoryReader, plainHeader, syntheticScene } from '../memory-scene'

const NODATA = -5

/** A scene whose first band is bad, whose second is empty, and whose upper left corner is missing. */
function gappyScene(rows: number, cols: number): CubeReader {
  const bands = 6
  const values = syntheticScene(rows, cols, bands, 2)
  for (let pixel = 0; pixel < rows * cols; pixel++) {
    values[pixel * bands + 1] = NODATA
    if (pixel % cols < cols / 3 && pixel < (rows * cols) / 2) values[pixel * bands + 3] = NODATA
  }
  return memoryReader({ ...plainHeader(rows, cols, bands), nodata: new Array<number>(bands).fill(NODATA), badBands: [true, false, false, false, false, false] }, values)
}

const scene = (reader: CubeReader, validation: PixelWindow | null = null): TrainScene => ({ reader, window: null, validation, repairs: {} })

async function forecast(reader: CubeReader, request: Omit<TrainingForecastRequest, 'scenes'>): Promise<TrainingForecast> {
  return forecastTraining({ ...request, scenes: [{ file: 'the scene', ...(await surveyScene(reader, wholeWindow(reader.header))) }] })
}

type Scale = TrainingForecastRequest['scale']

function prepare(reader: CubeReader, scale: Scale, validation: PixelWindow | null = null): ReturnType<typeof prepareScene> {
  const { scale: step, passes } = CASCADE[scale]
  return prepareScene(scene(reader, validation), scale, { shape: defaultStudioShape(step), passes, kernel: { kind: 'block' } }, quietContext())
}

describe('the survey of a scene', () => {
  it('finds the bands and valid pixels that training finds', async () => {
    const reader = gappyScene(60, 70)
    const window = { row: 3, col: 5, rows: 50, cols: 60 }
    const survey = await surveyScene(reader, window)
    const fitted = await fitSceneComponents(reader, window)
    expect(survey.bands).toEqual([2, 3, 4, 5])
    expect(survey.bands).toEqual(fitted.bands)
    expect(survey.valid).toEqual((await readComponents(reader, window, fitted)).valid)
    expect(survey.valid.includes(0)).toBe(true)
  })

  it('refuses a scene all of whose bands are bad', async () => {
    const reader = memoryReader({ ...plainHeader(8, 8, 2), badBands: [true, true] }, syntheticScene(8, 8, 2, 1))
    await expect(fitSceneComponents(reader, { row: 0, col: 0, rows: 8, cols: 8 })).rejects.toThrow('all bands are marked as bad')
  })

  it('reads every pixel once, twice only where a band falls out', async () => {
    for (const [empty, times] of [[false, 1], [true, 2]] as const) {
      const values = syntheticScene(400, 300, 3, 1)
      values[7] = NaN
      if (empty) for (let i = 2; i < values.length; i += 3) values[i] = NaN
      const reader = memoryReader(plainHeader(400, 300, 3), values)
      let pixels = 0
      const counting: CubeReader = { ...reader, readSamples: (window, bands) => { pixels += window.rows * window.cols; return reader.readSamples(window, bands) } }
      const { bands, valid } = await surveyScene(counting, wholeWindow(reader.header))
      expect(bands).toEqual(empty ? [0, 1] : [0, 1, 2])
      expect(valid.reduce((sum, value) => sum + value, 0)).toBe(400 * 300 - 1)
      expect(pixels).toBe(times * 400 * 300 + 256 * 256)
    }
  })

  it('does not read pixels that can not be missing', async () => {
    const reader = memoryReader(plainHeader(400, 300, 3, 'uint16'), syntheticScene(400, 300, 3, 1))
    let pixels = 0
    const counting: CubeReader = { ...reader, readSamples: (window, bands) => { pixels += window.rows * window.cols; return reader.readSamples(window, bands) } }
    expect((await surveyScene(counting, wholeWindow(reader.header))).valid.every((value) => value === 1)).toBe(true)
    // the band shift's own
    expect(pixels).toBeLessThanOrEqual(256 * 256)
  })
})

describe('the forecast of a training', () => {
  it.each([2, 3, 4, 8] as const)('tells the block of a studio training at %ix', async (scale) => {
    const reader = gappyScene(110, 130)
    const { validation, guard, symmetries } = await prepare(reader, scale)
    const told = await forecast(reader, { scale, preset: 'studio', validation: null })
    expect(told).toMatchObject({ validation, guard, align: scale, refusal: null })
    expect((await surveyScene(reader, wholeWindow(reader.header))).symmetries).toEqual(symmetries)
    expect(told.memoryBytes).toBeGreaterThan(0.6e9)
    expect(told.memoryBytes).toBeLessThan(1.2e9)
  })

  it('tells the block of a paper training, the same one, and a given block', async () => {
    const reader = gappyScene(110, 130)
    const { validation, guard } = await preparePaperScene(scene(reader), [2, 3, 4, 5], 4, { kind: 'block' }, quietContext())
    expect(await forecast(reader, { scale: 4, preset: 'paper', validation: null })).toMatchObject({ validation, guard, align: 4, refusal: null })
    const block = { row: 40, col: 60, rows: 24, cols: 32 }
    expect((await prepare(reader, 4, block)).validation).toEqual(block)
    expect(await forecast(reader, { scale: 4, preset: 'studio', validation: block })).toMatchObject({ validation: block, refusal: null })
  })

  it.each([
    ['too small a scene', 20, 20, 2, null, /are too few to fine-tune at 2x/],
    ['too much held out', 50, 60, 4, { row: 0, col: 0, rows: 48, cols: 60 }, /too little is left to train on/],
    ['a block that is not aligned', 110, 130, 4, { row: 2, col: 0, rows: 24, cols: 24 }, /not aligned to multiples of 4/],
    ['too small a block', 110, 130, 2, { row: 60, col: 60, rows: 8, cols: 24 }, /8 x 24 pixels is too small/],
    ['a block outside', 110, 130, 2, { row: 100, col: 0, rows: 24, cols: 24 }, /does not lie inside/],
  ] as const)('refuses %s as training does', async (_what, rows, cols, scale, block, message) => {
    const reader = gappyScene(rows, cols)
    const { refusal, memoryBytes, validation } = await forecast(reader, { scale, preset: 'studio', validation: block })
    expect(refusal).toMatchObject({ tag: 'invalid-argument', message: expect.stringMatching(message) as string, remedy: expect.any(String) as string })
    expect([memoryBytes, validation]).toEqual([0, block])
    const training: unknown = await prepare(reader, scale, block).catch((error: unknown) => error)
    if (training instanceof Error) expect(training.message).toBe(refusal?.message)
  })

  it('refuses scales that were not published, and one block for two scenes', async () => {
    const reader = gappyScene(110, 130)
    expect((await forecast(reader, { scale: 3, preset: 'paper', validation: null })).refusal?.message).toMatch(/no 3x network/)
    const survey = { file: 'a', ...(await surveyScene(reader, wholeWindow(reader.header))) }
    const block = { row: 0, col: 0, rows: 24, cols: 24 }
    expect(forecastTraining({ scenes: [survey, survey], scale: 2, preset: 'studio', validation: block }).refusal?.message).toMatch(/one scene only, not for 2/)
  })

  it.each([
    ['studio', 2, 86, 123, 135, 667e6], ['studio', 2, 192, 160, 224, 703e6], ['studio', 2, 430, 615, 135, 942e6], ['studio', 4, 86, 123, 135, 627e6],
    ['studio', 8, 86, 123, 135, 652e6], ['paper', 2, 86, 123, 135, 1415e6], ['paper', 2, 100, 100, 198, 1293e6], ['paper', 4, 86, 123, 135, 1244e6], ['paper', 8, 86, 123, 135, 1147e6],
    ['paper', 2, 300, 400, 32, 3670e6], ['paper', 4, 300, 400, 32, 2460e6], ['paper', 8, 430, 615, 135, 1955e6],
  ] as const)('%s at %ix of %i x %i x %i: memory as measured, or a little more', (preset, scale, rows, cols, bands, measured) => {
    const whole = { file: 'a', rows, cols, bands: Array.from({ length: bands }, (_, band) => band), valid: new Uint8Array(rows * cols).fill(1) }
    const { memoryBytes, refusal } = forecastTraining({ scenes: [whole], scale, preset, validation: null })
    expect(refusal).toBeNull()
    expect(memoryBytes / measured).toBeGreaterThan(0.97)
    expect(memoryBytes / measured).toBeLessThan(1.15)
  })
})
