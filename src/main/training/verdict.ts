import type { Method, Quality, Verdict } from '../model/checkpoint-manifest'

/** A spectral angle this much larger than that of the best untrained method still counts as "not worse". */
const ANGLE_TOLERANCE = 1.005

const NAMES: Record<Method, string> = { 'fine-tuned': 'the fine-tuned model', base: 'the base model', 'back-projection': 'back-projected bicubic', bicubic: 'bicubic' }

/**
 * Do no harm: the fine-tuned weights serve only if they beat bicubic, back-projected bicubic and the base weights on held-out
 * ground, with the spectral angle not worse than that of the best of them; otherwise the best of the three serves.
 * `quality` lists what was measured; `fine-tuned` and `base` may be missing.
 */
export function judge(quality: Partial<Record<Method, Quality>>, validPixels: number): Verdict {
  const methods = (['fine-tuned', 'base', 'back-projection', 'bicubic'] as const).flatMap((method) => {
    const measured = quality[method]
    return measured === undefined ? [] : [{ method, quality: measured }]
  })
  const rivals = methods.filter(({ method }) => method !== 'fine-tuned')
  const best = rivals.reduce((p, q) => (q.quality.psnr > p.quality.psnr ? q : p))
  const tuned = quality['fine-tuned']
  const bicubic = quality.bicubic ?? best.quality
  const gain = (value: Quality): string => `${signed(value.psnr - bicubic.psnr, 2)} dB over bicubic on the held-out block, spectral angle ${angleChange(value, bicubic)}`
  if (tuned === undefined) return { adopted: best.method, reason: `${capital(NAMES[best.method])} serves: ${gain(best.quality)}.`, validPixels, methods }
  const sharper = tuned.psnr > best.quality.psnr
  const truer = tuned.samDegrees <= best.quality.samDegrees * ANGLE_TOLERANCE
  if (sharper && truer) return { adopted: 'fine-tuned', reason: `${gain(tuned)}; ${signed(tuned.psnr - best.quality.psnr, 2)} dB over ${NAMES[best.method]}.`, validPixels, methods }
  const why = sharper ? `the spectral angle grew from ${best.quality.samDegrees.toFixed(3)} to ${tuned.samDegrees.toFixed(3)} degrees` : `${signed(tuned.psnr - best.quality.psnr, 2)} dB against ${NAMES[best.method]}`
  return { adopted: best.method, reason: `No gain from fine-tuning (${why}): kept ${NAMES[best.method]}, ${gain(best.quality)}.`, validPixels, methods }
}

function signed(value: number, digits: number): string {
  return (value < 0 ? '-' : '+') + Math.abs(value).toFixed(digits)
}

function angleChange(value: Quality, reference: Quality): string {
  const percent = 100 * (1 - value.samDegrees / Math.max(reference.samDegrees, 1e-9))
  return `${Math.abs(percent).toFixed(0)} % ${percent >= 0 ? 'lower' : 'higher'}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
