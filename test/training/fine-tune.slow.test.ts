import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quietContext, type JobContext } from '../../src/main/common/job-context'
import { resourcePath } from '../../src/main/common/project-root'
import { openCube } from '../../src/main/formats/registry'
import { jobEventSchema } from '../../src/main/jobs/job-event'
import { loadCheckpoint } from '../../src/main/model/checkpoint'
import { tf } from '../../src/main/model/tensorflow'
import { runStudioTraining } from '../../src/main/training/run-studio-training'
import { recording } from './paper-scenes'
import type { TrainRequest } from '../../src/main/training/train-request'
import { memoryReader, plainHeader, syntheticScene } from '../memory-scene'

let folder = ''
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'dacn-tune-')) })
afterAll(async () => { await rm(folder, { recursive: true, force: true }) })

const plain = { scale: 2, base: null, minutes: null, seed: 4, resume: false, kernel: { kind: 'block' }, paperVariant: 'text' } as const

interface Heard {
  context: JobContext
  losses: number[]
  tensors: number[]
}

function listen(): Heard {
  const losses: number[] = []
  const tensors: number[] = []
  const event = (kind: string, payload: unknown): void => {
    if (kind !== 'train-step') return
    losses.push((payload as { loss: number }).loss)
    tensors.push(tf.memory().numTensors)
  }
  return { context: { ...quietContext(), event }, losses, tensors }
}

describe('fine-tuning', () => {
  it('learns: the loss falls, the held-out block beats back-projection, no tensor is left behind', async () => {
    const header = plainHeader(120, 120, 10)
    const reader = memoryReader(header, syntheticScene(120, 120, 10, 1))
    const out = join(folder, 'learn')
    const request: TrainRequest = { ...plain, scenes: [{ reader, window: null, validation: null, repairs: {} }], base: 'none', out, steps: 150 }
    const { context, losses, tensors } = listen()
    const before = tf.memory().numTensors
    const { verdict, steps } = await runStudioTraining(request, context)
    expect(steps).toBe(losses.length)
    const mean = (part: number[]): number => part.reduce((sum, value) => sum + value, 0) / part.length
    expect(mean(losses.slice(-40))).toBeLessThan(mean(losses.slice(0, 40)))
    expect(new Set(tensors.slice(1)).size).toBe(1)
    expect(tf.memory().numTensors).toBe(before)
    const quality = Object.fromEntries((verdict?.methods ?? []).map((row) => [row.method, row.quality.psnr]))
    expect(quality['fine-tuned']).toBeGreaterThan(quality['back-projection'] as number)
    expect(quality['back-projection']).toBeGreaterThan(quality.bicubic as number)
  })

  it('starts from shipped weights that beat back-projection on the sample scene, and is the same for the same seed', async () => {
    const reader = await openCube(resourcePath('sample-scene', 'dlr-hysu.tif'))
    try {
      const weights = []
      for (const name of ['first', 'second']) {
        const out = join(folder, name)
        const { verdict } = await runStudioTraining({ ...plain, scenes: [{ reader, window: null, validation: null, repairs: {} }], out, steps: 12 }, quietContext())
        const quality = Object.fromEntries((verdict?.methods ?? []).map((row) => [row.method, row.quality]))
        expect(quality.base?.psnr).toBeGreaterThan((quality['back-projection']?.psnr ?? Infinity) + 0.1)
        expect(quality.base?.samDegrees).toBeLessThan(quality['back-projection']?.samDegrees ?? 0)
        expect(verdict?.gains?.every(({ standardError }) => (standardError ?? 0) > 0)).toBe(true)
        expect(verdict?.coverage?.pixels).toBe(verdict?.validPixels)
        expect(verdict?.coverage?.withinOne).toBeGreaterThan(0.5)
        expect(verdict?.coverage?.withinTwo).toBeGreaterThan(0.85)
        const { manifest, vectors } = await loadCheckpoint(out)
        expect(manifest.verdict).toEqual(verdict)
        expect(manifest.errorModel?.detail).toBeGreaterThan(0)
        // no shift between the bands of this scene
        expect(manifest.symmetries).toHaveLength(8)
        weights.push(vectors.weights)
      }
      expect(weights[0]).toEqual(weights[1])
    } finally {
      await reader.close()
    }
  })

  it('ends with the same weights when it was interrupted, in a validation as well; tells pictures and scores from step 0 on', async () => {
    const reader = memoryReader(plainHeader(60, 72, 6), syntheticScene(60, 72, 6, 3))
    const scenes = [{ reader, window: null, validation: { row: 0, col: 8, rows: 60, cols: 16 }, repairs: { nodata: -1 } }]
    const request = (name: string, resume: boolean): TrainRequest => ({ ...plain, scenes, base: 'none', out: join(folder, name), steps: 12, resume })
    const whole = recording()
    await runStudioTraining(request('straight', false), whole.context)
    for (const kind of ['train-validation', 'train-patches']) expect(whole.events.filter((event) => event.kind === kind).map(({ payload }) => payload.step)).toEqual([0, 5, 10, 12])
    for (const event of whole.events) expect(jobEventSchema.safeParse(event).error).toBeUndefined()
    expect(whole.events.find(({ kind }) => kind === 'train-patches')?.payload).toMatchObject({ rows: 60, cols: 16 })

    for (const last of [3, 5, 11]) {
      const aborting = recording((kind, { step }, abort) => { if (kind === 'train-step' && step === last) abort() })
      await expect(runStudioTraining(request('broken', true), aborting.context)).rejects.toMatchObject({ tag: 'cancelled' })
    }
    for (const change of [{ validation: null }, { repairs: {} }]) {
      const other = { ...request('broken', true), scenes: scenes.map((scene) => ({ ...scene, ...change })) }
      await expect(runStudioTraining(other, quietContext())).rejects.toMatchObject({ tag: 'mismatch' })
    }
    await runStudioTraining(request('broken', true), quietContext())
    const [expected, resumed] = [await loadCheckpoint(join(folder, 'straight')), await loadCheckpoint(join(folder, 'broken'))]
    expect(resumed.vectors).toEqual(expected.vectors)
    expect(resumed.manifest.training?.history).toEqual(expected.manifest.training?.history)
    expect(resumed.manifest.sources).toMatchObject([{ validation: scenes[0]?.validation, repairs: { nodata: -1 } }])
  })

  it('ends at its minutes on a machine that has become slower since the steps were planned', async () => {
    const reader = memoryReader(plainHeader(60, 72, 6), syntheticScene(60, 72, 6, 3))
    const slow = recording((kind) => {
      const until = performance.now() + 500
      while (kind === 'train-step' && performance.now() < until);
    })
    const out = join(folder, 'slowed')
    const outcome = await runStudioTraining({ ...plain, scenes: [{ reader, window: null, validation: null, repairs: {} }], out, minutes: 0.1, steps: null }, slow.context)
    expect(outcome.ended).toBe('minutes')
    // at least twenty steps are planned, which would take ten seconds of the six
    expect(outcome.steps).toBeLessThan((await loadCheckpoint(out)).manifest.training?.steps ?? 0)
    expect(outcome.verdict?.methods.map(({ method }) => method)).toContain('fine-tuned')
  })

  it('judges what was learnt until it was stopped, on the pixels of the block that have values', async () => {
    const values = syntheticScene(60, 72, 6, 3)
    for (const col of [9, 12, 20]) values[(30 * 72 + col) * 6] = NaN
    const scenes = [{ reader: memoryReader(plainHeader(60, 72, 6), values), window: null, validation: { row: 0, col: 8, rows: 60, cols: 16 }, repairs: {} }]
    const stopping = recording((kind, { step }, _abort, stop) => { if (kind === 'train-step' && step === 2) stop() })
    const out = join(folder, 'two-steps')
    const { verdict, ...outcome } = await runStudioTraining({ ...plain, scenes, out, steps: 50 }, stopping.context)
    expect(outcome).toMatchObject({ ended: 'stop-and-keep', steps: 2 })
    expect(verdict?.methods.map(({ method }) => method)).toContain('fine-tuned')
    expect((await loadCheckpoint(out)).manifest.training?.bestStep).toBe(2)
    expect(verdict?.validPixels).toBe(60 * 16 - 3)
  })

  it('ends in the trial steps when asked to, and keeps the base', async () => {
    const reader = memoryReader(plainHeader(60, 72, 6), syntheticScene(60, 72, 6, 3))
    const stopping = recording((kind, _payload, _abort, stop) => { if (kind === 'train-validation') stop() })
    const out = join(folder, 'stopped')
    const outcome = await runStudioTraining({ ...plain, scenes: [{ reader, window: null, validation: null, repairs: {} }], out, minutes: 5, steps: null }, stopping.context)
    expect(outcome).toMatchObject({ ended: 'stop-and-keep', steps: 0 })
    expect(outcome.verdict?.adopted).not.toBe('fine-tuned')
  })
})
