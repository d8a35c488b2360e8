import type { JobEvent, Verdict } from '../jobs/job-event'
import { formatTable } from './format'

/** A job's event in a line; empty for those that the progress bar or the command's answer tell already. */
export function describeEvent(event: JobEvent): string {
  switch (event.kind) {
    case 'train-step':
    case 'train-patches':
    case 'tile':
    case 'verdict':
      return ''
    case 'train-validation': {
      const { step, psnr, samDegrees, bicubicPsnr, backProjectionPsnr, basePsnr } = event.payload
      const base = basePsnr === null ? '' : `, base ${basePsnr.toFixed(2)}`
      return `step ${step}: held-out block ${psnr.toFixed(2)} dB, ${samDegrees.toFixed(3)} degrees (bicubic ${bicubicPsnr.toFixed(2)}, back-projection ${backProjectionPsnr.toFixed(2)}${base} dB)`
    }
  }
}

/** The methods side by side on the held-out block, and which one serves. */
export function describeVerdict(verdict: Verdict | null): string {
  if (verdict === null) return 'The scene is too small to hold a block out: nothing was measured.'
  const { methods, reason, validPixels, coverage } = verdict
  const rows = methods.map(({ method, quality: { psnr, ssim, samDegrees, correlation, ergas, rmse } }) => [
    method, psnr.toFixed(2), ssim.toFixed(4), samDegrees.toFixed(3), correlation.toFixed(5), ergas.toFixed(3), rmse.toPrecision(4),
  ])
  const table = formatTable([['held-out block', 'PSNR dB', 'SSIM', 'SAM deg', 'CC', 'ERGAS', 'RMSE'], ...rows])
  return [`${table}\n${reason} (${validPixels} pixels compared)`, ...(coverage === undefined ? [] : [describeCoverage(coverage)])].join('\n')
}

/** How far the expected errors of a model can be trusted. */
function describeCoverage({ withinOne, withinTwo, pixels }: NonNullable<Verdict['coverage']>): string {
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`
  return `Expected errors (--uncertainty), on ground that they were not fitted on: ${percent(withinOne)} of the pixels err by at most theirs, ${percent(withinTwo)} by at most twice that (${pixels} pixels).`
}
