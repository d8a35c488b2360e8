import type { JobView, ModelView, ProjectView, ResultView, SceneView } from '../../src/preload/contract'
import { sceneFacts } from '../ipc/facts'

type RunRecord = ProjectView['runs'][number]
const createdUtc = '2026-11-24T12:00:00.000Z'

export function sceneView(change: Partial<SceneView> = {}): SceneView {
  return {
    id: 'scene-1', name: 'jasper-ridge', file: '../jasper.hdr', variable: null, fingerprint: 'f1', repairs: {}, addedUtc: createdUtc,
    path: '/data/jasper.hdr', state: 'ready', facts: sceneFacts, problem: null, ...change,
  }
}

export function modelView(change: Partial<ModelView> = {}): ModelView {
  return {
    id: 'model-1', name: 'jasper-ridge 2x', origin: 'run', folder: 'run-1', runId: 'run-1', addedUtc: createdUtc, damage: null,
    card: {
      preset: 'studio', scale: 2, parameters: 100_000, scenes: ['jasper.hdr'], bands: null, wavelengthNm: null, gaussianSigma: null, verdict: null, seconds: 300, steps: 900, seed: 1,
      provenance: { application: '0.1.0', tensorflow: '2.21.0', device: 'cpu', precision: 'float32', createdUtc },
    },
    ...change,
  }
}

export function runRecord(change: Partial<RunRecord> = {}): RunRecord {
  return {
    id: 'run-1', name: 'jasper-ridge 2x', sceneIds: ['scene-1'],
    plan: { scale: 2, preset: 'studio', minutes: 5, steps: null, seed: 1, precision: 'float32', validation: null, baseModelId: null, gaussianSigma: null },
    state: 'done', createdUtc, seconds: 300, error: null, ended: 'minutes', verdict: null, modelId: 'model-1', ...change,
  }
}

export function resultView(change: Partial<ResultView> = {}): ResultView {
  return {
    id: 'result-1', name: 'jasper-ridge-2x', sceneId: 'scene-1',
    plan: { modelId: 'model-1', window: null, format: 'geotiff', sampleType: 'source', compression: 'deflate', interleave: null, bands: 'all', consistency: true, precision: 'float32' },
    state: 'done', createdUtc, seconds: 10, error: null, file: 'results/jasper-2x.tif', files: ['results/jasper-2x.tif'], sizeBytes: 100, rows: 100, cols: 100, bands: 4, receipt: null,
    paths: ['/project/results/jasper-2x.tif'], missing: false, derived: true, ...change,
  }
}

export function projectView(change: Partial<ProjectView> = {}): ProjectView {
  return {
    id: 'project-1', name: 'Jasper', folder: '/project', scenes: [sceneView()], undo: null, notices: [],
    models: [modelView({ id: 'studio-2x', name: 'Base weights 2x', origin: 'shipped', runId: null }), modelView()], runs: [runRecord()], results: [resultView()], layers: [], ...change,
  }
}

export function jobView(change: Partial<JobView> = {}): JobView {
  return { id: 'job-1', kind: 'train', title: 'Fine-tuning jasper-ridge', subject: 'run-2', state: 'running', startedUtc: createdUtc, progress: null, error: null, ...change }
}
