import type { RunRecord } from './types'

type Verdict = NonNullable<RunRecord['verdict']>
export type Quality = Verdict['methods'][number]['quality']
export type Method = Verdict['methods'][number]['method']

/** The six indices as columns: where higher is better, and decimals. */
export const QUALITY_COLUMNS: { key: keyof Quality; label: string; higher: boolean; digits: number }[] = [
  { key: 'psnr', label: 'PSNR dB', higher: true, digits: 2 },
  { key: 'ssim', label: 'SSIM', higher: true, digits: 4 },
  { key: 'samDegrees', label: 'SAM °', higher: false, digits: 3 },
  { key: 'correlation', label: 'CC', higher: true, digits: 5 },
  { key: 'ergas', label: 'ERGAS', higher: false, digits: 3 },
  { key: 'rmse', label: 'RMSE', higher: false, digits: 5 },
]

/** The best value of each column, so that it can be marked; ties mark all. */
export function bestQuality(methods: Verdict['methods']): Partial<Quality> {
  const best: Partial<Quality> = {}
  for (const { key, higher } of QUALITY_COLUMNS) {
    const values = methods.map(({ quality }) => quality[key]).filter(Number.isFinite)
    if (values.length > 0) best[key] = higher ? Math.max(...values) : Math.min(...values)
  }
  return best
}

export interface GainOver {
  decibels: number
  /** Of the decibels; null where it can't be told. */
  standardError: number | null
  /** Change of the spectral angle. */
  anglePercent: number
}

/** What the model that serves gains over another method; null where not measured. */
export function gainOver(verdict: Verdict, method: Method): GainOver | null {
  const serving = verdict.methods.find((one) => one.method === verdict.adopted)
  const other = verdict.methods.find((one) => one.method === method)
  if (serving === undefined || other === undefined) return null
  return {
    decibels: serving.quality.psnr - other.quality.psnr,
    standardError: verdict.gains?.find((gain) => gain.method === verdict.adopted && gain.over === method)?.standardError ?? null,
    anglePercent: other.quality.samDegrees === 0 ? 0 : 100 * (serving.quality.samDegrees / other.quality.samDegrees - 1),
  }
}
