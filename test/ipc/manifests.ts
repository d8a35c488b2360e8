import type { CheckpointManifest } from '../../src/main/model/checkpoint-manifest'
import { defaultStudioShape } from '../../src/main/model/studio/shape'

/** What stands in the folder of a model that was tuned on one scene. */
export function manifest(change: Partial<CheckpointManifest> = {}): CheckpointManifest {
  return {
    format: 'dacn-model', version: 1, state: 'finished', network: defaultStudioShape(2), passes: 1, parameters: [{ name: 'a', shape: [2, 3] }], buffers: [],
    kernel: { kind: 'block' }, components: 4, wavelengthNm: null, valueScale: 1,
    sources: [{ file: '/data/a.img', fingerprint: 'f', rows: 20, cols: 30, bands: 4, validation: null, guard: 0, bandShift: null, symmetries: [0] }],
    training: {
      seed: 1, step: 10, steps: 10, batch: 8, crop: 12, peakLearningRate: 1e-4, warmUpSteps: 1, random: [1, 2, 3, 4], bestStep: 10, bestScore: 30, history: [],
      lossSum: 0, lossCount: 0, seconds: 3,
    },
    verdict: null,
    provenance: { application: 'DACN Studio', tensorflow: 'tfjs', device: 'CPU', precision: 'float32', createdUtc: '2026-11-24T12:00:00.000Z' },
    vectors: {},
    ...change,
  }
}
