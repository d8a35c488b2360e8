import type { Verdict } from '../jobs/job-event'
import type { TrainResult } from '../jobs/job-result'
import { GUARD_REACH, type ProtocolGround } from '../metrics/protocol-ground'
import { PATCH, type ProtocolName, type ProtocolScale, type PublishedResult } from '../metrics/published-protocols'
import type { ReportRow } from '../metrics/report'
import { formatDuration, formatTable } from './format'

/** All that came of a protocol; what `--json` prints. */
export interface ProtocolReport extends ProtocolGround {
  protocol: ProtocolName
  title: string
  scene: string
  scale: ProtocolScale
  /** How the patch was reduced. */
  kernel: 'block'
  published: readonly PublishedResult[]
  /** Methods without learning and ours, on the test patch. */
  rows: ReportRow[]
  bands: number
  /** Those within the convention's groups. */
  judgedBands: number
  pixels: number
  validPixels: number
  fineTuning: TrainResult & { seed: number }
}

/** Row of the model that was fine-tuned. */
export const FINE_TUNED = 'studio, fine-tuned'

/** The published table with our rows, and what was trained and tested where. */
export function describeProtocol(report: ProtocolReport): string {
  const { title, scale, published, rows, bands, judgedBands, fineTuning: { verdict } } = report
  const heading = `${title}, ${scale}x`
  const table = formatTable([
    [heading, 'PSNR dB', 'SSIM', 'SAM deg', 'ERGAS'],
    ...published.map(({ method, source, psnr, ssim, samDegrees, ergas }) => [
      `${method} (${source})`, psnr.toFixed(2), ssim.toFixed(3), samDegrees.toFixed(2), ergas === null ? '-' : ergas.toFixed(2),
    ]),
    ...rows.map(({ name, quality: { psnr, ssim, samDegrees, ergas } }) => [name === FINE_TUNED ? `${name}${keptInstead(verdict)}` : name, psnr.toFixed(2), ssim.toFixed(3), samDegrees.toFixed(2), ergas.toFixed(2)]),
  ])
  const judged = `Convention 'paper': bands in groups of 32 from 0, 24 and 48, so ${judgedBands} of ${bands} bands count.`
  return [table, '', judged, ...grounds(report), ...training(report)].join('\n')
}

/** A fine-tuned model serves what was better on its held-out block. */
function keptInstead(verdict: Verdict | null): string {
  return verdict === null || verdict.adopted === 'fine-tuned' ? '' : ` (kept: ${verdict.adopted})`
}

function grounds({ scale, test, publishedOverlap, training: { row, col, rows, cols }, guard }: ProtocolReport): string[] {
  const overlap = publishedOverlap === 0
    ? 'DACN was trained on none of it.'
    : `${(100 * publishedOverlap).toFixed(1)} % of it lie in patches that DACN was trained on.`
  return [
    `Tested on ${PATCH} x ${PATCH} pixels from row ${test.row}, column ${test.col}, reduced ${scale} times by block means. ${overlap}`,
    `Ours was fine-tuned on rows ${row}-${row + rows - 1}, columns ${col}-${col + cols - 1} of the published training patches: ${guard} pixels or more from the`,
    `test patch, which is as far as the network looks around it (${GUARD_REACH} coarse pixels). No pixel of the patch was trained on.`,
  ]
}

function training({ fineTuning: { steps, seconds, seed, verdict } }: ProtocolReport): string[] {
  return [
    `Fine-tuning: ${steps} steps in ${formatDuration(seconds)}, seed ${seed}.`,
    ...(verdict === null ? [] : [`On its own held-out block: ${verdict.reason}`]),
  ]
}
