import type { QualityReport, ReportRow } from './report'

const COLUMNS: readonly { title: string; text: (row: ReportRow) => string }[] = [
  { title: 'PSNR dB', text: ({ quality }) => number(quality.psnr, 2) },
  { title: 'SSIM', text: ({ quality }) => number(quality.ssim, 4) },
  { title: 'SAM deg', text: ({ quality }) => number(quality.samDegrees, 3) },
  { title: 'CC', text: ({ quality }) => number(quality.correlation, 4) },
  { title: 'ERGAS', text: ({ quality }) => number(quality.ergas, 3) },
  { title: 'RMSE', text: ({ quality }) => number(quality.rmse, 5) },
  { title: 'LR dB', text: ({ consistencyDb }) => (consistencyDb === null ? '-' : number(consistencyDb, 1)) },
]

/** A report as a plain-text table, one line a result, with what was compared underneath; no trailing line end. */
export function formatReport(report: QualityReport): string {
  const table = [['', ...COLUMNS.map(({ title }) => title)], ...report.rows.map((row) => [row.name, ...COLUMNS.map(({ text }) => text(row))])]
  const widths = (table[0] as string[]).map((_, column) => Math.max(...table.map((line) => (line[column] as string).length)))
  const lines = table.map((line) => line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number))).join('  '))
  return [...lines, `${facts(report).join(', ')}.`, ...expectation(report)].join('\n')
}

function expectation({ coverage }: QualityReport): string[] {
  if (coverage === null) return []
  if (coverage.pixels === 0) return ['Expected errors: told for none of these pixels.']
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
  return [`Expected errors: ${percent(coverage.withinOne)} of ${coverage.pixels} pixels err by at most theirs, ${percent(coverage.withinTwo)} by at most twice that (normal errors: 68 and 95 %).`]
}

function facts(report: QualityReport): string[] {
  const judged = report.judgedBands === report.bands ? `${report.bands} bands` : `${report.judgedBands} of ${report.bands} bands`
  return [
    `Convention '${report.convention}'`,
    `${report.scale}x`,
    `${report.validPixels} of ${report.pixels} pixels valid`,
    judged,
    ...(report.convention === 'standard' ? [`data range ${Number(report.dataRange.toPrecision(6))} (${report.dataRangeDeclared ? 'declared' : 'maximum - minimum of the reference'})`] : []),
    ...(report.kernel === null ? [] : [`low-resolution kernel: ${report.kernel}`]),
  ]
}

function number(value: number, digits: number): string {
  if (Number.isNaN(value)) return 'n/a'
  return Number.isFinite(value) ? value.toFixed(digits) : 'exact'
}
