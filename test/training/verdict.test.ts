import { describe, expect, it } from 'vitest'
import type { Quality } from '../../src/main/model/checkpoint-manifest'
import { judge } from '../../src/main/training/verdict'

const quality = (psnr: number, samDegrees: number): Quality => ({ psnr, samDegrees, ssim: 0.9, correlation: 0.9, ergas: 3, rmse: 0.02 })
const rivals = { bicubic: quality(33, 1.3), 'back-projection': quality(33.6, 1.25), base: quality(34, 1.2) }

describe('the verdict on a fine-tuned model', () => {
  it('adopts it when it beats all others and keeps the spectral angle', () => {
    const verdict = judge({ ...rivals, 'fine-tuned': quality(34.3, 1.19) }, 100)
    expect(verdict.adopted).toBe('fine-tuned')
    expect(verdict.reason).toContain('+1.30 dB over bicubic')
    expect(verdict.reason).toContain('8 % lower')
    expect(verdict.methods.map(({ method }) => method)).toEqual(['fine-tuned', 'base', 'back-projection', 'bicubic'])
  })

  it('keeps the base when fine-tuning gains nothing', () => {
    const verdict = judge({ ...rivals, 'fine-tuned': quality(33.9, 1.1) }, 100)
    expect(verdict.adopted).toBe('base')
    expect(verdict.reason).toContain('-0.10 dB against the base model')
  })

  it('keeps the base when the spectra got worse', () => {
    const verdict = judge({ ...rivals, 'fine-tuned': quality(35, 1.25) }, 100)
    expect(verdict.adopted).toBe('base')
    expect(verdict.reason).toContain('spectral angle grew from 1.200 to 1.250')
  })

  it('falls back to a classical method when no network is better', () => {
    expect(judge({ ...rivals, base: quality(33.2, 1.2), 'fine-tuned': quality(33.5, 1.2) }, 100).adopted).toBe('back-projection')
    expect(judge({ bicubic: quality(33, 1), 'back-projection': quality(32, 1) }, 100).adopted).toBe('bicubic')
  })
})
