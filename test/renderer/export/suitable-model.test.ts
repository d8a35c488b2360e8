import { expect, it } from 'vitest'
import type { ModelView } from '../../../src/preload/contract'
import { modelChoices } from '../../../src/renderer/export/suitable-model'

function model(id: string, origin: ModelView['origin'], scale: number, part: Partial<ModelView> = {}): ModelView {
  return {
    id, name: id, origin, folder: id, runId: null, addedUtc: '2026-01-01T00:00:00Z', damage: null,
    card: {
      preset: 'studio', scale, parameters: 1, scenes: [], bands: null, wavelengthNm: null, gaussianSigma: null, verdict: null, seconds: null, steps: null, seed: null,
      provenance: { application: '', tensorflow: '', device: '', precision: '', createdUtc: '' },
    },
    ...part,
  }
}

it('offers what was tuned on the scene first, then other models, then the shipped ones by scale; damaged ones never', () => {
  const models = [
    model('shipped-4x', 'shipped', 4), model('shipped-2x', 'shipped', 2), model('other', 'imported', 2),
    model('old', 'run', 2, { runId: 'r1', addedUtc: '2026-01-02T00:00:00Z' }), model('new', 'run', 2, { runId: 'r2', addedUtc: '2026-01-03T00:00:00Z' }),
    model('broken', 'run', 2, { card: null, runId: 'r1' }),
  ]
  const runs = [{ id: 'r1', sceneIds: ['s'] }, { id: 'r2', sceneIds: ['s', 't'] }]
  expect(modelChoices(models, runs, ['s']).map((choice) => [choice.model.id, choice.suits])).toEqual([
    ['new', 'tuned'], ['old', 'tuned'], ['other', 'any'], ['shipped-2x', 'any'], ['shipped-4x', 'any'],
  ])
  expect(modelChoices(models, runs, ['u'])[0]?.model.id).toBe('new')
})
