import { expect, it } from 'vitest'
import { benchScript } from './bench-scripts'

const { figure, textTable, markdownTable } = await benchScript('table.mjs')
const rows = [
  { name: 'read/x', ours: { wallSeconds: 0.5, cpuSeconds: 0.25, peakMb: 1234.4 }, besideName: 'GDAL 9', beside: { wallSeconds: 2, cpuSeconds: 1, peakMb: 80 }, note: 'a|b' },
  { name: 'big', ours: { wallSeconds: 30.94 }, besideName: '', beside: null, note: '' },
]

it('writes three significant digits, and nothing for what was not measured', () => {
  expect([0.012345, 3.14159, 99.94, 1234.4].map(figure)).toEqual(['0.0123', '3.14', '99.9', '1234'])
  expect([undefined, NaN, Infinity].map(figure)).toEqual(['', '', ''])
})

it('aligns the columns of a text table and divides ours by what stands beside it', () => {
  const lines = textTable(rows).split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[1]).toMatch(/^read\/x +0\.500 +0\.250 +1234 +GDAL 9 +2\.00 +1\.00 +80\.0 +0\.250 +0\.250 +a\|b$/)
  expect(lines[2]?.indexOf('30.9')).toBe((lines[1]?.indexOf('0.500') ?? 0) + 1)
})

it('leaves cells empty, not wrong, where there is no comparison', () => {
  const line = markdownTable(rows).split('\n')[3] ?? ''
  expect(line.split('|').map((cell) => cell.trim())).toEqual(['', 'big', '30.9', '', '', '', '', '', '', '', '', '', ''])
})

it('keeps a bar inside a Markdown cell', () => {
  const [headings, rule, first] = markdownTable(rows).split('\n')
  expect(first).toContain('a\\|b')
  expect(rule?.split('|')).toHaveLength(headings?.split('|').length ?? 0)
})
