import { describe, expect, it } from 'vitest'
import { formatBytes, formatCount, formatDuration, formatGain, formatNumber, formatPixelSize, formatSize, formatTick } from '../../../src/renderer/shared/format'

const plain = (text: string): string => text.replaceAll('\u2009', ' ')

describe('formats', () => {
  it.each([[0, '0'], [999, '999'], [1234567, '1 234 567']])('count %s', (value, shown) => { expect(plain(formatCount(value))).toBe(shown) })
  it.each([[0, '0 B'], [999, '999 B'], [1000, '1.0 kB'], [99_960, '100 kB'], [999_600, '1.0 MB'], [2.44e9, '2.4 GB'], [5e15, '5000 TB']])('bytes %s', (value, shown) => {
    expect(plain(formatBytes(value))).toBe(shown)
  })
  it.each([[0, '0 s'], [59.4, '59 s'], [59.6, '1 min'], [200, '3 min 20 s'], [7500, '2 h 5 min']])('duration %s', (value, shown) => {
    expect(plain(formatDuration(value))).toBe(shown)
  })
  it.each([[0.35, '0.35'], [0, '0'], [1250, '1250'], [1e-7, '1.000e-7'], [NaN, '–'], [123456, '123500']])('number %s', (value, shown) => { expect(formatNumber(value)).toBe(shown) })
  it.each([[0.35, '0.35'], [0, '0'], [-0.1, '−0.1'], [1000, '1 000'], [12345.5, '12 345.5'], [0.1 + 0.2, '0.3'], [1e7, '1e+7'], [2e-6, '2e−6'], [3e-7, '3e−7']])('tick %s', (value, shown) => {
    expect(plain(formatTick(value))).toBe(shown)
  })
  it('size, pixel size, gain', () => {
    expect(plain(formatSize(1234, 567))).toBe('567 × 1 234 px')
    expect(plain(formatPixelSize({ x: 30, y: 30, unit: 'm' }))).toBe('30 m')
    expect(plain(formatPixelSize({ x: 30, y: 60, unit: 'm' }))).toBe('30 × 60 m')
    expect(plain(formatGain(-0.25, 2))).toBe('−0.25 dB')
    expect(plain(formatGain(1.94))).toBe('+1.9 dB')
  })
})
