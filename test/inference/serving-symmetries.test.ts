import { describe, expect, it } from 'vitest'
import { resourcePath } from '../../src/main/common/project-root'
import { assertErrorsTold } from '../../src/main/inference/serving-facts'
import { learntSymmetries, passesOf, servingSymmetries } from '../../src/main/inference/serving-symmetries'
import { loadManifest } from '../../src/main/model/checkpoint'
import type { CheckpointManifest, Method } from '../../src/main/model/checkpoint-manifest'

const base = await loadManifest(resourcePath('models', 'studio-2x'))

/** A model tuned on scenes that allow these turns. */
function tuned(adopted: Method, ...allowed: number[][]): CheckpointManifest {
  const sources = allowed.map((symmetries) => ({ file: 'a.tif', fingerprint: '', rows: 90, cols: 90, bands: 9, validation: null, guard: 8, bandShift: null, symmetries }))
  return { ...base, sources, verdict: { adopted, reason: '', validPixels: 1, methods: [] } }
}

describe('the turned copies that serve', () => {
  it('are the upright picture and a half turn, or the flip that a band shift leaves', () => {
    expect(servingSymmetries(learntSymmetries(base), 'best')).toEqual([0, 3])
    expect(servingSymmetries(learntSymmetries(base), 'fast')).toEqual([0])
    expect(servingSymmetries(learntSymmetries(tuned('fine-tuned', [0, 1])), 'best')).toEqual([0, 1])
    expect(servingSymmetries(learntSymmetries(tuned('fine-tuned', [0, 2])), 'best')).toEqual([0, 2])
    expect(servingSymmetries(learntSymmetries(tuned('fine-tuned', [0])), 'best')).toEqual([0])
  })

  it('are those that all scenes of a fine-tuned model allow; base weights know all', () => {
    expect(learntSymmetries(tuned('fine-tuned', [0, 1, 2, 3], [0, 2, 5]))).toEqual([0, 2])
    expect(learntSymmetries(tuned('base', [0]))).toHaveLength(8)
    expect(learntSymmetries({ ...tuned('base', [0]), symmetries: [0, 3] })).toEqual([0, 3])
  })

  it('make the passes of a model; a classical method takes one', () => {
    expect(passesOf(base, 'best')).toBe(2)
    expect(passesOf(base, 'fast')).toBe(1)
    expect(passesOf(tuned('back-projection', [0, 1, 2, 3]), 'best')).toBe(1)
  })
})

describe('the expected errors of a model', () => {
  it('are told in the way that it was calibrated in only', () => {
    expect(() => { assertErrorsTold(base, 'models/a', 'best') }).not.toThrow()
    expect(() => { assertErrorsTold(tuned('fine-tuned', [0]), 'models/a', 'fast') }).not.toThrow()
    expect(() => { assertErrorsTold(base, 'models/a', 'fast') }).toThrow(/one fast pass has none/)
    expect(() => { assertErrorsTold({ ...base, network: { preset: 'paper', scale: 2, variant: 'text', bands: 32 } }, 'models/a', 'best') }).toThrow(/models\/a: a paper model/)
  })
})
