import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCube } from '../../src/main/formats/registry'
import { createWriter } from '../../src/main/formats/create-writer'
import { allBands, readWindow, type CubeReader } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { quietContext } from '../../src/main/common/job-context'
import { runUpscale } from '../../src/main/inference/run-upscale'
import type { UpscaleRequest } from '../../src/main/inference/upscale-request'
import { jobEventSchema } from '../../src/main/jobs/job-event'
import { loadCheckpoint, saveCheckpoint } from '../../src/main/model/checkpoint'
import type { Method } from '../../src/main/model/checkpoint-manifest'
import { tf } from '../../src/main/model/tensorflow'
import { runPaperTraining } from '../../src/main/training/run-paper-training'
import type { TrainScene } from '../../src/main/training/train-request'
import { paperRequest, recording, sensorScene, temporaryFolder } from './paper-scenes'

const BANDS = 35

function scene(seed = 1): CubeReader {
  return sensorScene(40, 48, BANDS, seed, { badBands: Array.from({ length: BANDS }, (_, band) => band === 4) })
}

/** Makes the folder's verdict another one, so that the weights of a training of a few steps serve. */
async function adopt(folder: string, method: Method): Promise<void> {
  const { manifest, vectors } = await loadCheckpoint(folder)
  if (manifest.verdict === null) throw new Error('no verdict')
  await saveCheckpoint(folder, { ...manifest, verdict: { ...manifest.verdict, adopted: method } }, vectors)
}

function upscaleRequest(reader: CubeReader, model: string, out: string, memoryBudgetBytes = 4e9): UpscaleRequest {
  return {
    reader, model, openWriter: (header, options) => createWriter(out, header, options), openWritten: null, window: null,
    bands: allBands(reader.header), memoryBudgetBytes, sampleType: 'float32', compression: 'none', interleave: 'bip', consistency: true, quality: 'best', openErrorWriter: null, resume: false,
  }
}

async function pixels(path: string): Promise<Float32Array> {
  const reader = await openCube(path)
  try {
    return await readWindow(reader, wholeWindow(reader.header), allBands(reader.header))
  } finally {
    await reader.close()
  }
}

describe('training the paper network', () => {
  it('writes a model that is tied to its bands, tells its events, and serves', async () => {
    const folder = await temporaryFolder()
    const out = join(folder, 'model')
    const { context, events } = recording()
    const before = tf.memory().numTensors
    const result = await runPaperTraining(paperRequest(scene(), out), context)
    expect(tf.memory().numTensors).toBe(before)
    expect(result).toMatchObject({ model: out, scale: 2, steps: 5, ended: 'steps' })

    for (const event of events) expect(jobEventSchema.safeParse(event).error).toBeUndefined()
    expect(events.filter(({ kind }) => kind === 'train-step')).toHaveLength(5)
    expect(events.filter(({ kind }) => kind === 'train-validation').map(({ payload }) => payload.step)).toEqual([0, 5])
    expect(events.filter(({ kind }) => kind === 'train-patches').map(({ payload }) => payload.step)).toEqual([0, 5])
    expect(events.map(({ kind }) => kind).slice(-2)).toEqual(['train-validation', 'verdict'])

    const { manifest, vectors } = await loadCheckpoint(out)
    expect(manifest).toMatchObject({
      state: 'finished', network: { preset: 'paper', scale: 2, variant: 'text', bands: 32 }, passes: 1, components: 0, training: { crop: 8, batch: 4, peakLearningRate: 1e-3 },
    })
    expect(manifest.wavelengthNm).toHaveLength(BANDS - 1)
    expect(manifest.wavelengthNm).not.toContain(470)
    expect(manifest.trainedBands?.slice(0, 6)).toEqual([0, 1, 2, 3, 5, 6])
    expect(manifest.valueScale).toBeGreaterThan(1000)
    expect(manifest.verdict?.methods.map(({ method }) => method)).toEqual(['fine-tuned', 'back-projection', 'bicubic'])
    // five steps of momentum 0.99 on statistics that began as 0 and 1
    expect(Math.max(...(vectors.buffers ?? []))).not.toBe(1)

    // too short a training: a classical method serves
    expect(manifest.verdict?.adopted).not.toBe('fine-tuned')
    await runUpscale(upscaleRequest(scene(), out, join(folder, 'classical.hdr')), quietContext())
    await adopt(out, 'fine-tuned')
    await runUpscale(upscaleRequest(scene(), out, join(folder, 'network.hdr')), quietContext())
    const [classical, network] = [await pixels(join(folder, 'classical.hdr')), await pixels(join(folder, 'network.hdr'))]
    expect(network.length).toBe(80 * 96 * BANDS)
    const largest = [0, 0]
    network.forEach((value, i) => {
      const bad = i % BANDS === 4 ? 1 : 0
      largest[bad] = Math.max(largest[bad] as number, Math.abs(value - (classical[i] as number)))
    })
    expect(largest[0]).toBeGreaterThan(1)
    // the bad band is not the network's
    expect(largest[1]).toBe(0)

    await expect(runUpscale(upscaleRequest(sensorScene(40, 48, BANDS - 10, 2), out, join(folder, 'other.hdr')), quietContext()))
      .rejects.toMatchObject({ tag: 'mismatch', message: expect.stringContaining('nm of 575.0 nm') as string })
    await expect(runPaperTraining(paperRequest(scene(), join(folder, 'next'), { base: out, scale: 4 }), quietContext())).rejects.toMatchObject({ tag: 'mismatch' })
  })

  it('refuses to continue with other settings', async () => {
    const folder = await temporaryFolder()
    const out = join(folder, 'model')
    const aborting = recording((kind, _payload, abort) => { if (kind === 'train-step') abort() })
    await expect(runPaperTraining(paperRequest(scene(), out), aborting.context)).rejects.toMatchObject({ tag: 'cancelled' })
    for (const change of [{ seed: 2 }, { paperVariant: 'notebook' as const }, { kernel: { kind: 'gaussian' as const, sigma: 1 } }]) {
      await expect(runPaperTraining(paperRequest(scene(), out, { resume: true, ...change }), quietContext())).rejects.toMatchObject({ tag: 'mismatch' })
    }
    for (const change of [{ validation: { row: 0, col: 32, rows: 40, cols: 16 } }, { repairs: { nodata: -7 } }]) {
      const { scenes: [first] } = paperRequest(scene(), out)
      const scenes = [{ ...(first as TrainScene), ...change }]
      await expect(runPaperTraining(paperRequest(scene(), out, { resume: true, scenes }), quietContext())).rejects.toMatchObject({ tag: 'mismatch' })
    }
    await expect(runPaperTraining(paperRequest(scene(), join(folder, 'three'), { scale: 3 }), quietContext())).rejects.toThrow(/no 3x network/)
    const gaps = sensorScene(24, 24, 3, 5)
    await expect(runPaperTraining(paperRequest(gaps, join(folder, 'small')), quietContext())).rejects.toMatchObject({ tag: 'invalid-argument' })
  })
})
