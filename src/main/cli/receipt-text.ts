import type { Receipt } from '../jobs/job-event'

/** The receipt of an upscaling in a few lines: whether it agrees with the scene, lies in its place and kept its header. */
export function describeReceipt({ consistency, alignment, fields, sha256, pixels }: Receipt): string[] {
  const changed = fields.filter(({ kept }) => !kept)
  return [
    `consistency  ${passed(consistency.passed)}: ${describeConsistency(consistency)} over ${pixels} pixels`,
    `alignment    ${alignment === null ? 'not measurable' : `${passed(alignment.passed)}: ${signed(alignment.rows)} rows, ${signed(alignment.cols)} columns of the scene (within ${alignment.threshold})`}`,
    `header       ${fields.length - changed.length} of ${fields.length} fields kept`,
    ...changed.map(({ field, note }) => `             ${field}: ${note}`),
    `sha256       ${sha256}`,
  ]
}

function describeConsistency({ psnr, threshold, maxDifference, allowedDifference, clamped, validityErrors }: Receipt['consistency']): string {
  if (psnr === null) return 'nothing to compare'
  const limit = allowedDifference === null ? ` (at least ${threshold.toFixed(1)} dB)` : ''
  const difference = `largest difference ${short(maxDifference)}${allowedDifference === null ? '' : ` (at most ${short(allowedDifference)})`}`
  return [
    `${psnr.toFixed(1)} dB${limit}`, difference,
    ...(clamped === 0 ? [] : [`${clamped} values at the limit of the type`]),
    ...(validityErrors === 0 ? [] : [`${validityErrors} values missing where they should not be, or the other way round`]),
  ].join(', ')
}

function passed(yes: boolean): string {
  return yes ? 'passed' : 'FAILED'
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)))
}

function signed(value: number): string {
  // no minus before a zero
  const text = value.toFixed(3)
  return Number(text) === 0 ? '0.000' : text
}
