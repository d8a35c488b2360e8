import { rm } from 'node:fs/promises'
import type { ModelRecord, ResultRecord, RunRecord, SceneRecord } from '../../src/main/project/project-file'
import type { ProjectSurroundings } from '../../src/main/project/project'

const addedUtc = '2026-11-24T12:00:00.000Z'

export function sceneRecord(change: Partial<SceneRecord> = {}): SceneRecord {
  return { id: 'scene-1', name: 'jasper-ridge', file: '../jasper.hdr', variable: null, fingerprint: 'f1', repairs: {}, addedUtc, ...change }
}

export function modelRecord(change: Partial<ModelRecord> = {}): ModelRecord {
  return { id: 'model-1', name: 'jasper-ridge 2x', origin: 'run', folder: 'run-1', runId: 'run-1', addedUtc, ...change }
}

export function runRecord(change: Partial<RunRecord> = {}): RunRecord {
  return {
    id: 'run-1', name: 'Run 1', sceneIds: ['scene-1'],
    plan: { scale: 2, preset: 'studio', minutes: 5, steps: null, seed: 1, precision: 'float32', validation: null, baseModelId: null, gaussianSigma: null },
    state: 'done', createdUtc: addedUtc, seconds: 300, error: null, ended: 'minutes', verdict: null, modelId: 'model-1', ...change,
  }
}

export function resultRecord(change: Partial<ResultRecord> = {}): ResultRecord {
  return {
    id: 'result-1', name: 'jasper-ridge-2x', sceneId: 'scene-1',
    plan: { modelId: 'model-1', window: null, format: 'geotiff', sampleType: 'source', compression: 'deflate', interleave: null, bands: 'all', consistency: true, precision: 'float32' },
    state: 'done', createdUtc: addedUtc, seconds: 10, error: null,
    file: 'results/jasper-2x.tif', files: ['results/jasper-2x.tif'], sizeBytes: 100, rows: 20, cols: 20, bands: 5, receipt: null, ...change,
  }
}

/** A trash that remembers what it was given. */
export function fakeTrash(): ProjectSurroundings & { trashed: string[] } {
  const trashed: string[] = []
  return {
    trashed,
    trash: async (path) => {
      trashed.push(path)
      await rm(path, { recursive: true })
    },
  }
}
