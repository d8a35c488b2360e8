import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBandList, parseBandList } from '../../../src/renderer/shared/band-list'

describe('band lists', () => {
  it.each([
    ['1-3, 7', [0, 1, 2, 6]], ['5', [4]], ['3 1 2', [0, 1, 2]], ['2-2;4:5', [1, 3, 4]],
  ])('%s', (typed, bands) => { expect(parseBandList(typed, 10)).toEqual({ bands }) })
  it.each([['', 'empty'], [' , ', 'empty'], ['a', 'unreadable'], ['5-2', 'unreadable'], ['0', 'outside'], ['9-11', 'outside'], ['-3', 'unreadable']])('refuses "%s"', (typed, problem) => {
    expect(parseBandList(typed, 10)).toMatchObject({ problem })
  })
  it('reads what it writes', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1 }), (chosen) => {
      const bands = [...chosen].sort((p, q) => p - q)
      expect(parseBandList(formatBandList(bands), 61)).toEqual({ bands })
    }))
  })
})
