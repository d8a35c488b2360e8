import { describe, expect, it } from 'vitest'
import { kindsOf, withKind, withPair } from '../../../src/renderer/cube/shown-kinds'

const all = kindsOf({ derived: true })

describe('kinds of cubes', () => {
  it('are those that there are pixels of', () => {
    expect(kindsOf(null)).toEqual(['source'])
    expect(kindsOf({ derived: false })).toEqual(['source', 'result'])
    expect(all).toEqual(['source', 'bicubic', 'result', 'difference'])
  })
  it('stand beside what they are judged by', () => {
    expect(withPair(['source'], all)).toEqual(['source', 'result'])
    expect(withPair(['result'], all)).toEqual(['result', 'bicubic'])
    expect(withPair(['result'], kindsOf({ derived: false }))).toEqual(['result', 'source'])
    expect(withPair(['difference', 'result'], all)).toEqual(['difference'])
    expect(withPair(['source'], ['source'])).toEqual(['source'])
  })
  it('are never twice the same', () => {
    expect(withKind(['source', 'result'], 1, 'difference')).toEqual(['source', 'difference'])
    expect(withKind(['source', 'result'], 0, 'result')).toEqual(['result', 'source'])
    expect(withKind(['source'], 0, 'bicubic')).toEqual(['bicubic'])
  })
})
