import { describe, expect, it } from 'vitest'
import { fuzzyMatch } from '../../../src/renderer/workspace/fuzzy-match'
import { paletteLines, type PaletteEntry } from '../../../src/renderer/workspace/palette-entries'

describe('fuzzyMatch', () => {
  it('finds letters in their order, whatever their case', () => {
    expect(fuzzyMatch('JR', 'jasper-ridge')?.positions).toEqual([0, 7])
    expect(fuzzyMatch('upex', 'Upscale & export…')?.positions).toEqual([0, 1, 10, 11])
    expect(fuzzyMatch('rj', 'jasper')).toBeNull()
    expect(fuzzyMatch('x', '')).toBeNull()
  })

  it('finds a word behind a letter that also stands earlier', () => {
    expect(fuzzyMatch('port', 'open project, import')?.positions).toEqual([16, 17, 18, 19])
  })

  it('matches everything with nothing typed', () => {
    expect(fuzzyMatch('  ', 'anything')).toEqual({ score: 0, positions: [] })
  })

  it('prefers the start of words and letters in a row', () => {
    const score = (text: string): number => fuzzyMatch('set', text)?.score ?? -Infinity
    expect(score('Settings')).toBeGreaterThan(score('Asset'))
    expect(score('Asset')).toBeGreaterThan(score('absorbent'))
  })
})

describe('paletteLines', () => {
  const entries: PaletteEntry[] = [
    { kind: 'command', key: 'open-project', label: 'Open project…', command: 'open-project' },
    { kind: 'command', key: 'settings', label: 'Settings', command: 'settings' },
  ]
  it('keeps the order with nothing typed, and marks what matches', () => {
    expect(paletteLines(entries, '').map(({ entry }) => entry.key)).toEqual(['open-project', 'settings'])
    expect(paletteLines(entries, 'sett')).toEqual([{ entry: entries[1], parts: [{ text: 'Sett', matched: true }, { text: 'ings', matched: false }] }])
  })
})
