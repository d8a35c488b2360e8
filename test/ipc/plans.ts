import type { TrainingPlan, UpscalePlan } from '../../src/main/project/project-file'

export const trainingPlan: TrainingPlan = {
  scale: 2, preset: 'studio', minutes: 5, steps: 10, seed: 1, precision: 'float32', validation: null, baseModelId: null, gaussianSigma: null,
}

export const upscalePlan: UpscalePlan = {
  modelId: 'shipped-2x', window: null, format: 'geotiff', sampleType: 'source', compression: 'deflate', interleave: null, bands: 'all',
  consistency: true, precision: 'float32',
}
