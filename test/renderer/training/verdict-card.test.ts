// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import VerdictCard from '../../../src/renderer/training/VerdictCard.vue'
import type { RunRecord } from '../../../src/renderer/training/types'

type Verdict = NonNullable<RunRecord['verdict']>
const quality = (psnr: number) => ({ psnr, ssim: 0.9, samDegrees: 1, correlation: 0.9, ergas: 3, rmse: 0.02 })
const rivals: Verdict['methods'] = [{ method: 'base', quality: quality(33) }, { method: 'back-projection', quality: quality(32) }, { method: 'bicubic', quality: quality(30) }]
const tuned: Verdict['methods'] = [{ method: 'fine-tuned', quality: quality(33.1) }, ...rivals]
const words = (verdict: Partial<Verdict>): string => mount(VerdictCard, { props: { verdict: { adopted: 'base', reason: '', validPixels: 100, methods: tuned, ...verdict } } }).text()

it('says why fine-tuned weights that look better are not used', () => {
  const shown = words({ refused: '+0.10 ± 0.06 dB against the base model, no more than chance' })
  expect(shown).toContain('No gain from fine-tuning: kept the base model')
  expect(shown).toContain('The fine-tuned weights are not used: +0.10 ± 0.06 dB against the base model, no more than chance. Upscaling with')
  expect(words({ refused: '-0.10 dB against the base model' })).toContain('−0.10 dB')
})

it('does not speak of weights that there are not', () => {
  const shown = words({ methods: rivals })
  expect(shown).toContain('Not fine-tuned: kept the base model')
  expect(shown).not.toContain('not better')
})

it('tells results of earlier programs, which give no reason, and what was adopted', () => {
  expect(words({})).toContain('were not better on held-out ground')
  expect(words({ adopted: 'fine-tuned' })).toContain('It beats bicubic')
})
