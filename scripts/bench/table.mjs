/**
 * A measured case. `ours` and `beside` are medians; `beside` is null where there is nothing to compare with.
 * @typedef {{wallSeconds: number, cpuSeconds?: number, peakMb?: number}} Cost
 * @typedef {{name: string, ours: Cost, besideName: string, beside: Cost | null, note: string}} Row
 */

const HEADINGS = ['case', 'wall s', 'CPU s', 'peak MB', 'beside', 'wall s', 'CPU s', 'peak MB', 'wall ratio', 'CPU ratio', 'notes']
const TEXT_COLUMNS = new Set([0, 4, 10])

/** Three significant digits; nothing for what was not measured. @param {number | undefined} value */
export function figure(value) {
  if (value === undefined || !Number.isFinite(value)) return ''
  return Math.abs(value) >= 100 ? String(Math.round(value)) : value.toPrecision(3)
}

/** @param {number | undefined} ours @param {number | undefined} beside */
function ratio(ours, beside) {
  return ours === undefined || beside === undefined || beside === 0 ? '' : figure(ours / beside)
}

/** @param {Row} row */
function cells({ name, ours, besideName, beside, note }) {
  const cost = (run) => [figure(run?.wallSeconds), figure(run?.cpuSeconds), figure(run?.peakMb)]
  const ratios = [ratio(ours.wallSeconds, beside?.wallSeconds), ratio(ours.cpuSeconds, beside?.cpuSeconds)]
  return [name, ...cost(ours), beside === null ? '' : besideName, ...cost(beside), ...ratios, note]
}

/** The rows as aligned text. Ratios are this program divided by what stands beside it. @param {readonly Row[]} rows */
export function textTable(rows) {
  const lines = [HEADINGS, ...rows.map(cells)]
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  const pad = (cell, column) => (TEXT_COLUMNS.has(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n')
}

/** The same as Markdown. @param {readonly Row[]} rows */
export function markdownTable(rows) {
  const line = (row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const rule = `|${HEADINGS.map((_, column) => (TEXT_COLUMNS.has(column) ? '---' : '---:')).join('|')}|`
  return [line(HEADINGS), rule, ...rows.map((row) => line(cells(row)))].join('\n')
}
