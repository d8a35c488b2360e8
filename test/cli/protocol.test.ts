import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { toStudioError } from '../../src/main/common/errors'
import { resourcePath } from '../../src/main/common/project-root'
import { allBands, readWindow } from '../../src/main/cube/cube-reader'
import { refineHeader } from '../../src/main/cube/derive-header'
import type { Image } from '../../src/main/cube/image'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { degrade } from '../../src/main/dataset/degrade'
import { crop } from '../../src/main/dataset/mirror'
import { upsample, type ResampleMethod } from '../../src/main/dataset/resample'
import { createWriter } from '../../src/main/formats/create-writer'
import { openCube } from '../../src/main/formats/registry'
import type { JobHandle, JobHost } from '../../src/main/jobs/job-host'
import { JobRecord } from '../../src/main/jobs/job-record'
import type { TrainResult, UpscaleResult } from '../../src/main/jobs/job-result'
import type { JobKind, JobSpecs, TrainSpec, UpscaleSpec } from '../../src/main/jobs/job-spec'
import { evaluate } from '../../src/main/metrics/report'
import { syntheticScene } from '../memory-scene'
import { writeMat } from './mat-scene'
import { run } from './run'
import { temporaryFolder } from './scenes'

const folder = await temporaryFolder()
const scene = join(folder, 'PaviaU.mat')
const [ROWS, COLS, BANDS] = [610, 340, 103]
const PATCH = 144
/** Seconds on a quiet machine. */
const BUSY = 120_000
/** What the test patch holds, as stored. */
const truth: Image = { rows: PATCH, cols: PATCH, bands: BANDS, data: syntheticScene(PATCH, PATCH, BANDS, 3).map((value) => Math.max(0, Math.round(value))) }

beforeAll(async () => {
  const value = (row: number, col: number, band: number): number => (row < PATCH && col < PATCH ? (truth.data[(row * PATCH + col) * BANDS + band] as number) : 1000)
  await writeMat(scene, [{ name: 'paviaU', rows: ROWS, cols: COLS, bands: BANDS, value }])
}, BUSY)

function trainedModel(adopted: 'fine-tuned' | 'base'): TrainResult {
  return { model: '', scale: 2, steps: 42, seconds: 61, ended: 'minutes', verdict: { adopted, reason: '+1.00 dB over bicubic.', validPixels: 900, methods: [] } }
}

/** A host whose models are plain interpolation: nearest for those that are shipped, bicubic for the one that was fine-tuned. */
class InterpolatingHost implements JobHost {
  readonly trainings: TrainSpec[] = []
  readonly upscalings: UpscaleSpec[] = []

  constructor(private readonly adopted: 'fine-tuned' | 'base' = 'fine-tuned') {}

  start<K extends JobKind>(kind: K, spec: JobSpecs[K]): JobHandle<K> {
    const job = new JobRecord(kind, {})
    job.moveTo('running')
    this.work(spec).then((result) => { job.finish(result) }, (error: unknown) => { job.fail(toStudioError(error)) })
    return Object.assign(job, { pause: () => undefined, resume: () => undefined, cancel: () => undefined, stopAndKeep: () => undefined })
  }

  private async work(spec: JobSpecs[JobKind]): Promise<TrainResult | UpscaleResult> {
    if (spec.kind === 'train') {
      this.trainings.push(spec)
      return trainedModel(this.adopted)
    }
    if (spec.kind !== 'upscale') throw new Error(`a ${spec.kind} job`)
    this.upscalings.push(spec)
    const shipped = /studio-(\d)x$/.exec(spec.model)
    await enlarge(spec.scene, spec.out, Number(shipped?.[1] ?? this.trainings[0]?.scale), shipped === null ? 'bicubic' : 'nearest')
    return { files: [spec.out], sizeBytes: 0, rows: PATCH, cols: PATCH, bands: BANDS, tiles: 1, seconds: 1, clamped: 0, dropped: [], receipt: null } satisfies UpscaleResult
  }
}

async function enlarge(from: string, to: string, scale: number, method: ResampleMethod): Promise<void> {
  const reader = await openCube(from)
  const { header } = reader
  expect(header.sampleType).toBe('float32')
  const data = await readWindow(reader, wholeWindow(header), allBands(header))
  const writer = await createWriter(to, refineHeader(header, scale))
  const fine = upsample({ ...header, data }, scale, method)
  for (let block = 0; block < writer.blockCount; block++) {
    const { row, col, rows, cols } = writer.blockWindow(block)
    await writer.writeBlock(block, crop(fine, row, col, rows, cols).data)
  }
  await writer.finish()
  await writer.close()
  await reader.close()
}

interface Told {
  published: { method: string; psnr: number }[]
  rows: { name: string; quality: Record<string, number> }[]
}

describe('dacn evaluate --protocol', () => {
  it('puts our rows beside the published ones, all measured on the test patch in the convention of the paper', async () => {
    const jobs = new InterpolatingHost()
    const { exitCode, err, lines } = await run(['evaluate', '--protocol', 'pavia-university', scene, '--minutes', '3', '--seed', '7', '--json'], { jobs })
    expect(err).toBe('')
    expect(exitCode).toBe(0)
    const told = lines.at(-1) as unknown as Told
    expect(told).toMatchObject({
      type: 'result', protocol: 'pavia-university', scale: 2, kernel: 'block', test: { row: 0, col: 0, rows: 144, cols: 144 }, publishedOverlap: 0,
      guard: 60, training: { row: 204, col: 0, rows: 372, cols: 288 }, bands: 103, judgedBands: 80, pixels: 144 * 144, validPixels: 144 * 144,
      fineTuning: { steps: 42, seed: 7 },
    })
    expect(told.published.map(({ method }) => method)).toEqual(['DACN', 'HDL', 'FGIN', 'DSDCN'])
    expect(told.rows.map(({ name }) => name)).toEqual(['bicubic', 'back-projection', 'studio, base weights', 'studio, fine-tuned'])
    const lowRes = degrade(truth, 2)
    const judge = (method: ResampleMethod): object => evaluate({ reference: truth, estimate: upsample(lowRes, 2, method), scale: 2, convention: 'paper' }).quality
    const [bicubic, projected, base, tuned] = told.rows.map(({ quality }) => quality)
    expect(bicubic).toEqual(judge('bicubic'))
    expect(base).toEqual(judge('nearest'))
    expect(tuned).toEqual(judge('bicubic'))
    expect(projected?.psnr).toBeGreaterThan(bicubic?.psnr as number)

    // trained on the scene itself, and nothing of it is left behind
    expect(jobs.trainings).toHaveLength(1)
    const [training] = jobs.trainings
    expect(training).toMatchObject({
      scenes: [scene], windows: [{ row: 204, col: 0, rows: 372, cols: 288 }], variables: ['paviaU'], scale: 2, preset: 'studio', minutes: 3, seed: 7,
    })
    expect(jobs.upscalings.map(({ model }) => model)).toEqual([resourcePath('models', 'studio-2x'), training?.out])
    expect(existsSync(dirname(training?.out ?? ''))).toBe(false)
  }, BUSY)

  it('makes 8x of the shipped 2x model, three times', async () => {
    const jobs = new InterpolatingHost('base')
    const { exitCode, out } = await run(['evaluate', '--protocol', 'pavia-university', scene, '--scale', '8'], { jobs })
    expect(exitCode).toBe(0)
    expect(jobs.trainings[0]).toMatchObject({ scale: 8, minutes: 5 })
    const twice = resourcePath('models', 'studio-2x')
    expect(jobs.upscalings.map(({ model }) => model)).toEqual([twice, twice, twice, jobs.trainings[0]?.out])
    expect(out).toMatch(/^Pavia University, 8x +PSNR dB +SSIM +SAM deg +ERGAS\nDACN \(arXiv 2506\.05041\) +28\.05 +0\.630 +6\.19 +4\.06\n/)
    expect(out).toMatch(/\nstudio, fine-tuned \(kept: base\) +\d+\.\d\d +\d\.\d{3} +\d+\.\d\d +\d+\.\d\d\n/)
    expect(out).toContain('80 of 103 bands count')
    expect(out).toContain('rows 384-575, columns 0-287')
    expect(out).toContain('240 pixels or more from the')
    expect(out).toContain('42 steps in 1 min 1 s, seed 1.\nOn its own held-out block: +1.00 dB over bicubic.')
  }, BUSY)

  it('takes the array that was named, and the public one where there are several', async () => {
    const small = (name: string, bands: number): Parameters<typeof writeMat>[1][number] => ({ name, rows: 12, cols: 10, bands, value: () => 1 })
    const several = await writeMat(join(folder, 'several.mat'), [small('denoised', 9), small('paviaU', 8)])
    const named = await run(['evaluate', '--protocol', 'pavia-university', several])
    expect(named.err).toContain('12 x 10 pixels in 8 bands are not the Pavia University scene of 610 x 340 pixels in 103 bands')
    const other = await run(['evaluate', '--protocol', 'pavia-university', several, '--variable', 'denoised'])
    expect(other.err).toContain('12 x 10 pixels in 9 bands')
    const wrong = await run(['evaluate', '--protocol', 'pavia-university', several, '--variable', 'pavia'])
    expect(wrong.err).toContain('there is no variable "pavia"')
    expect(wrong.exitCode).toBe(3)
  })

  it('refuses another scene with code 4, and says which one it wants', async () => {
    const { exitCode, err } = await run(['evaluate', '--protocol', 'pavia-centre', scene])
    expect(exitCode).toBe(4)
    expect(err).toContain('610 x 340 pixels in 103 bands are not the Pavia Centre scene of 1096 or 1095 x 715 pixels in 102 bands')
    expect(err).toContain('Pavia.mat with the array pavia')
  })

  it('says which array is missing in a file of class labels', async () => {
    const labels = await writeMat(join(folder, 'PaviaU_gt.mat'), [])
    const { exitCode, err } = await run(['evaluate', '--protocol', 'pavia-university', labels])
    expect(exitCode).toBe(3)
    expect(err).toContain('PaviaU.mat with the array paviaU')
  })

  it.each([
    [['--protocol', 'pavia-university'], 'dacn evaluate --protocol pavia-university PaviaU.mat'],
    [['--protocol', 'pavia-university', scene, '--scale', '3'], 'Choose --scale 2, 4, 8.'],
    [['--protocol', 'indian-pines', scene], 'Expected pavia-university or pavia-centre'],
    [['--protocol', 'pavia-university', scene, '--estimate', scene], 'cannot be used with'],
    [['--protocol', 'pavia-university', scene, '--convention', 'standard'], 'cannot be used with'],
    [['--reference', scene, '--estimate', scene, '--scale', '2', '--minutes', '3'], '--minutes and --seed belong to --protocol'],
    [['--reference', scene, '--estimate', scene], "required option '--scale <factor>' not specified"],
    [['--estimate', scene, '--scale', '2'], "required option '--reference <scene>' not specified"],
    [['--reference', scene, '--scale', '2'], "required option '--estimate <scene>' not specified"],
    [[scene], 'Name scenes with --reference and --estimate, or add --protocol'],
  ])('refuses %j with code 2', async (words, message) => {
    const { exitCode, err } = await run(['evaluate', ...words])
    expect(err.replaceAll(/\s+/g, ' ')).toContain(message)
    expect(exitCode).toBe(2)
  })
})
