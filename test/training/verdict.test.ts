import { describe, expect, it } from 'vitest'
import { Random } from '../../src/main/common/random'
import type { Image } from '../../src/main/cube/image'
import type { Method, Quality } from '../../src/main/model/checkpoint-manifest'
import { pieceErrors } from '../../src/main/training/piece-errors'
import { judge, type Measured } from '../../src/main/training/verdict'

const ROWS = 64
const COLS = 64
const truth: Image = { rows: ROWS, cols: COLS, bands: 1, data: new Float32Array(ROWS * COLS) }

/** A method of the given indices whose errors vary from piece to piece by the factor 1 + `unevenness` * noise. */
function measured(psnr: number, samDegrees: number, unevenness = 0, seed = 1): Measured {
  const random = Random.fromSeed(seed)
  const factors = Array.from({ length: 16 }, () => 1 + unevenness * random.normal())
  const data = truth.data.map((_, i) => (factors[Math.floor(i / COLS / 16) * 4 + Math.floor((i % COLS) / 16)] as number) * 10 ** (-psnr / 20))
  const quality: Quality = { psnr, samDegrees, ssim: 0.9, correlation: 0.9, ergas: 3, rmse: 0.02 }
  return { quality, errors: [pieceErrors(truth, { ...truth, data }, 2)] }
}
const rivals = { bicubic: measured(33, 1.3), 'back-projection': measured(33.6, 1.25), base: measured(34, 1.2) }

describe('the verdict on a fine-tuned model', () => {
  it('adopts it when it beats all others and keeps the spectral angle', () => {
    const verdict = judge({ ...rivals, 'fine-tuned': measured(34.3, 1.19, 0.02) }, 100)
    expect(verdict.adopted).toBe('fine-tuned')
    expect(verdict.refused).toBeUndefined()
    expect(verdict.reason).toMatch(/^\+1\.30 ± 0\.0\d dB over bicubic/)
    expect(verdict.reason).toContain('8 % lower')
    expect(verdict.methods.map(({ method }) => method)).toEqual(['fine-tuned', 'base', 'back-projection', 'bicubic'])
  })

  it('keeps the base when fine-tuning gains nothing', () => {
    const verdict = judge({ ...rivals, 'fine-tuned': measured(33.9, 1.1) }, 100)
    expect(verdict.adopted).toBe('base')
    expect(verdict.refused).toBe('-0.10 ± 0.00 dB against the base model')
    expect(verdict.reason).toContain(`(${verdict.refused ?? ''})`)
  })

  it('keeps the base when the gain is no more than three times its standard error', () => {
    const uneven = judge({ ...rivals, 'fine-tuned': measured(34.3, 1.19, 0.4) }, 100)
    const gain = uneven.gains?.find(({ method, over }) => method === 'fine-tuned' && over === 'base')
    expect(gain?.decibels).toBeCloseTo(0.3, 9)
    expect(gain?.standardError).toBeGreaterThan(0.3)
    expect(uneven.adopted).toBe('base')
    expect(uneven.reason).toMatch(/\+0\.30 ± 0\.\d\d dB against the base model, no more than chance/)
    // between two and three: the best of many validations was picked on this very block
    const lucky = judge({ ...rivals, 'fine-tuned': measured(34.3, 1.19, 0.07) }, 100)
    const luck = lucky.gains?.find(({ method, over }) => method === 'fine-tuned' && over === 'base')?.standardError ?? 0
    expect([luck > 0.1, luck < 0.15, lucky.adopted]).toEqual([true, true, 'base'])
    // the same errors of both on hard and easy ground: the difference is sure
    const paired = judge({ ...rivals, base: measured(34, 1.2, 0.4), 'fine-tuned': measured(34.3, 1.19, 0.4) }, 100)
    expect(paired.adopted).toBe('fine-tuned')
  })

  it('keeps the base when the spectra got worse', () => {
    const verdict = judge({ ...rivals, 'fine-tuned': measured(35, 1.25) }, 100)
    expect(verdict.adopted).toBe('base')
    expect(verdict.reason).toContain('spectral angle grew from 1.200 to 1.250')
  })

  it('keeps the base when softened ground shows no gain', () => {
    const tuned = { ...rivals, 'fine-tuned': measured(34.3, 1.19) }
    expect(judge(tuned, 100, { base: measured(36, 1), 'fine-tuned': measured(36.1, 1) }).adopted).toBe('fine-tuned')
    const lost = judge(tuned, 100, { base: measured(36, 1), 'fine-tuned': measured(35.8, 1) })
    expect(lost.adopted).toBe('base')
    expect(lost.reason).toContain('-0.20 ± 0.00 dB against the base model on softened ground, as scenes are at their own scale)')
  })

  it('falls back to a classical method when no network is better', () => {
    expect(judge({ ...rivals, base: measured(33.2, 1.2), 'fine-tuned': measured(33.5, 1.2) }, 100).adopted).toBe('back-projection')
    expect(judge({ bicubic: measured(33, 1), 'back-projection': measured(32, 1) }, 100).adopted).toBe('bicubic')
  })

  it('keeps the base where a classical method is better by chance only', () => {
    const blocks = { bicubic: measured(33, 1.3), 'back-projection': measured(33.7, 1.25, 0.4, 2), base: measured(33.6, 1.2, 0.4, 3) }
    expect(judge(blocks, 100).adopted).toBe('base')
    // the same errors everywhere: the difference is sure
    expect(judge({ ...blocks, 'back-projection': measured(33.7, 1.25), base: measured(33.6, 1.2) }, 100).adopted).toBe('back-projection')
  })

  it('lists the gain of every method over each that costs less', () => {
    const pairs: [Method, Method][] = [
      ['fine-tuned', 'base'], ['fine-tuned', 'back-projection'], ['fine-tuned', 'bicubic'], ['base', 'back-projection'], ['base', 'bicubic'], ['back-projection', 'bicubic'],
    ]
    expect(judge({ ...rivals, 'fine-tuned': measured(34.3, 1.19) }, 100).gains?.map(({ method, over }) => [method, over])).toEqual(pairs)
  })
})
