import { describe, expect, it } from 'vitest'
import { bestQuality, gainOver } from '../../../src/renderer/training/quality-columns'
import { compareRuns } from '../../../src/renderer/training/run-columns'
import { defaultPlan, planFacts } from '../../../src/renderer/training/default-plan'
import type { RunRecord } from '../../../src/renderer/training/types'

const quality = (psnr: number, samDegrees: number) => ({ psnr, ssim: 0.9, samDegrees, correlation: 0.9, ergas: 100 / psnr, rmse: 1 / psnr })
const verdict: NonNullable<RunRecord['verdict']> = {
  adopted: 'fine-tuned', reason: '', validPixels: 100,
  methods: [
    { method: 'fine-tuned', quality: quality(34, 1) }, { method: 'base', quality: quality(33, 1.1) },
    { method: 'back-projection', quality: quality(32, 1.25) }, { method: 'bicubic', quality: quality(30, 2) },
  ],
}

function run(part: Partial<RunRecord>): RunRecord {
  return {
    id: 'a', name: 'a', sceneIds: ['s'], plan: defaultPlan('float32', null), state: 'done', createdUtc: '', seconds: 60, error: null, ended: 'steps', verdict, modelId: 'm', ...part,
  }
}

describe('verdicts', () => {
  it('knows the best of each index by its direction', () => {
    expect(bestQuality(verdict.methods)).toMatchObject({ psnr: 34, samDegrees: 1, ergas: 100 / 34 })
  })
  it('measures what the serving method gains', () => {
    expect(gainOver(verdict, 'bicubic')).toEqual({ decibels: 4, standardError: null, anglePercent: -50 })
    const gains = [{ method: 'fine-tuned' as const, over: 'bicubic' as const, decibels: 4, standardError: 0.24 }]
    expect(gainOver({ ...verdict, gains }, 'bicubic')?.standardError).toBe(0.24)
    expect(gainOver({ ...verdict, gains }, 'base')?.standardError).toBeNull()
    expect(gainOver({ ...verdict, adopted: 'base' }, 'back-projection')?.decibels).toBe(1)
    expect(gainOver({ ...verdict, methods: verdict.methods.slice(0, 2) }, 'bicubic')).toBeNull()
  })
})

describe('comparing runs', () => {
  it('marks what differs', () => {
    const rows = compareRuns([run({}), run({ plan: { ...defaultPlan('float32', null), seed: 2 }, verdict: null, state: 'failed' })], (id) => id)
    const differing = rows.filter(({ differs }) => differs).map(({ label }) => label)
    expect(differing).toContain('Seed')
    expect(differing).toContain('State')
    expect(differing).not.toContain('Scale')
    expect(rows.find(({ label }) => label === 'Over bicubic')?.values).toEqual(['+4.0 dB over bicubic, spectral angle 50 % lower', '–'])
  })
  it('tells a plan in a few words', () => {
    expect(planFacts({ ...defaultPlan('float32', { id: 'm', card: { scale: 4, preset: 'studio', gaussianSigma: 1.2 } }) })).toEqual(['4×', 'studio', '5 min at most', 'Gaussian 1.2 px', 'seed 1'])
  })
})
