import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outputPaths } from '../../src/main/formats/output-paths'
import { hasBfloat16, parseCards } from '../../src/main/ipc/devices'
import { freeMemoryBytes } from '../../src/main/ipc/free-memory'
import { listLicences } from '../../src/main/ipc/licences'
import { fileStem, freePath, resultFileName, resultPaths, withExtension } from '../../src/main/ipc/result-names'
import { SpeedRecord, type UpscaleKind } from '../../src/main/ipc/speed-record'
import { strideOf, thinSteps } from '../../src/main/ipc/thin-curves'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'dacn-ipc-')) })
afterAll(() => rm(folder, { recursive: true }))

describe('names of results', () => {
  it('come from the scene and keep what every system takes', () => {
    expect(resultFileName('jasper-ridge', 2, 'geotiff')).toBe('jasper-ridge-2x.tif')
    expect(resultFileName('Größe: 5/7 "Nord"', 4, 'envi')).toBe('Größe- 5-7 -Nord-4x.img')
    expect(fileStem('../..')).toBe('scene')
    expect(fileStem('.hidden')).toBe('hidden')
  })

  it('get the extension of the format that was asked for', () => {
    expect(withExtension('/r/a', 'geotiff')).toBe('/r/a.tif')
    expect(withExtension('/r/a.img', 'geotiff')).toBe('/r/a.img.tif')
    expect(withExtension('/r/a.TIFF', 'geotiff')).toBe('/r/a.TIFF')
    expect(withExtension('/r/a.bsq', 'envi')).toBe('/r/a.bsq')
  })

  it('are numbered where one of their files is taken', async () => {
    await writeFile(join(folder, 'a.hdr'), '')
    expect(freePath(folder, 'a.tif')).toBe(join(folder, 'a.tif'))
    expect(freePath(folder, 'a.img')).toBe(join(folder, 'a-2.img'))
    expect(freePath(folder, 'a.img', outputPaths, new Set([join(folder, 'a-2.img')]))).toBe(join(folder, 'a-3.img'))
    // the expected errors of another result are not written over
    const files = (path: string): string[] => resultPaths(path, { uncertainty: true })
    await writeFile(join(folder, 'b-uncertainty.tif'), '')
    expect(freePath(folder, 'b.img', files)).toBe(join(folder, 'b-2.img'))
    expect(freePath(folder, 'c.img', files, new Set([join(folder, 'c-uncertainty.tif')]))).toBe(join(folder, 'c-2.img'))
  })
})

describe('the record of speeds', () => {
  const kind: UpscaleKind = { preset: 'studio', scale: 2, precision: 'float32', device: 'auto', passes: 1 }

  it('estimates from what was measured, also after a restart', async () => {
    const record = await SpeedRecord.open(folder)
    expect(record.estimateSeconds(kind, 1e6)).toBeNull()
    await record.add(kind, 1e6, 10)
    await record.add(kind, 1e6, 20)
    const again = await SpeedRecord.open(folder)
    expect(again.estimateSeconds(kind, 2e6)).toBeCloseTo(30)
    expect(again.estimateSeconds({ ...kind, scale: 4 }, 2e6)).toBeNull()
    // not measured with two passes yet: twice the time of one
    expect(again.estimateSeconds({ ...kind, passes: 2 }, 2e6)).toBeCloseTo(60)
    await again.add({ ...kind, passes: 2 }, 1e6, 25)
    expect(again.estimateSeconds({ ...kind, passes: 2 }, 2e6)).toBeCloseTo(50)
    expect(again.estimateSeconds(kind, 2e6)).toBeCloseTo(30)
  })

  it('starts anew when its file is damaged', async () => {
    await writeFile(join(folder, 'speeds.json'), '{"studio 2x float32 auto": "fast"}')
    expect((await SpeedRecord.open(folder)).estimateSeconds(kind, 1)).toBeNull()
  })
})

describe('long curves', () => {
  const stepsOf = (count: number): Parameters<typeof thinSteps>[0] => {
    const step = Array.from({ length: count }, (_, i) => i + 1)
    return { step, loss: step.map((i) => 1 / i), learningRate: step, samplesPerSecond: step, residentBytes: step, seconds: step }
  }

  it('are thinned to what a chart can show, first things first', () => {
    expect(thinSteps(stepsOf(5000)).step).toHaveLength(5000)
    const thin = thinSteps(stepsOf(12_001))
    expect(thin.step.length).toBeLessThanOrEqual(5000)
    expect(thin.step.at(-1)).toBe(12_001)
    expect(thin.loss[0]).toBeCloseTo(1 / (thin.step[0] as number))
    expect(strideOf(0)).toBe(1)
  })
})

describe('the machine', () => {
  it('has bfloat16 when the processor says so', () => {
    expect(hasBfloat16('processor : 0\nflags\t\t: fpu avx512_bf16 sse\n')).toBe(true)
    expect(hasBfloat16('flags\t: fpu avx2\n')).toBe(false)
    expect(hasBfloat16('')).toBe(false)
  })

  it('has the cards that the driver lists', () => {
    expect(parseCards('NVIDIA RTX 4090, 24564, 20000, 8.9\nTesla P100, 16280, 16000, 6.0\n\n')).toEqual([
      { name: 'NVIDIA RTX 4090', kind: 'gpu', memoryBytes: 24564 * 2 ** 20, freeBytes: 20000 * 2 ** 20, bfloat16: true },
      { name: 'Tesla P100', kind: 'gpu', memoryBytes: 16280 * 2 ** 20, freeBytes: 16000 * 2 ** 20, bfloat16: false },
    ])
    expect(parseCards('NVIDIA-SMI has failed\n')).toEqual([])
  })

  it('has some memory free', async () => {
    expect(await freeMemoryBytes()).toBeGreaterThan(1e6)
  })

  it('knows the licences of what it is made of', async () => {
    const list = await listLicences({ electron: '25.1.1', tensorflow: '2.21.0' })
    expect(list.slice(0, 3).map(({ name }) => name)).toEqual(['DACN Studio', 'Electron', 'TensorFlow'])
    // of the window and of the engine, as the build found them
    for (const library of ['zod', 'vue', 'uplot', 'h5wasm']) expect(list.filter(({ name }) => name === library)).toHaveLength(1)
    expect(list.some(({ name }) => name === 'vitest')).toBe(false)
    expect(list.every(({ version, licence }) => version !== '' && licence !== '')).toBe(true)
  })
})
