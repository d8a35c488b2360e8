import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandsOf, compileFormula, describeFormula, parseFormula, type FormulaBands } from '../../src/main/analysis/formula'

const scene: FormulaBands = { bands: 5, wavelengthNm: [450, 560, 650, 655, 860], badBands: [false, false, false, true, false] }
const values = [2, 3, 5, 7, 11]
const compute = (formula: string): number => compileFormula(parseFormula(formula, scene))((band) => values[band] as number)

describe('formulas', () => {
  it.each([
    ['b1 + b2 * b3', 17], ['(b1 + b2) * b3', 25], ['b5 - b3 - b2', 3], ['b5 / b1 / 2', 2.75], ['-b1 * -3', 6], ['2 - -b1', 4], ['1.5e1 + .5 * b1', 16], ['860nm / 450 nm', 5.5], ['nm860 - NM560', 8],
    ['(B5−b3)÷(b5 + b3)', 6 / 16], ['b2×2·b1', 12], ['652nm', 5],
  ])('%s', (formula, expected) => { expect(compute(formula)).toBeCloseTo(expected, 12) })

  it('are as JavaScript computes them', () => {
    interface Written { text: string; value: number }
    const operators: Record<string, (p: number, q: number) => number> = { '+': (p, q) => p + q, '-': (p, q) => p - q, '*': (p, q) => p * q, '/': (p, q) => p / q }
    const leaf: fc.Arbitrary<Written> = fc.oneof(
      fc.integer({ min: 1, max: 5 }).map((band) => ({ text: `b${band}`, value: values[band - 1] as number })), fc.integer({ min: 1, max: 99 }).map((value) => ({ text: String(value), value })),
    )
    const { node } = fc.letrec<{ node: Written }>((tie) => ({
      node: fc.oneof({ maxDepth: 5 }, leaf,
        fc.tuple(tie('node'), fc.constantFrom(...Object.keys(operators)), tie('node')).map(([p, operator, q]) => ({ text: `(${p.text} ${operator} ${q.text})`, value: (operators[operator] as (p: number, q: number) => number)(p.value, q.value) })),
        tie('node').map(({ text, value }) => ({ text: `-${text}`, value: -value }))),
    }))
    fc.assert(fc.property(node, ({ text, value }) => { expect(compute(`b1 + ${text}`)).toBe(2 + value) }))
  })

  it('tell their bands and how they were understood', () => {
    const tree = parseFormula('(860nm - 652nm) / b5', scene)
    expect(bandsOf(tree)).toEqual([2, 4])
    expect(describeFormula(tree, scene)).toBe('(b5 [860 nm] − b3 [650 nm]) ÷ b5 [860 nm]')
    expect(describeFormula(parseFormula('-b1', { ...scene, wavelengthNm: null }), { ...scene, wavelengthNm: null })).toBe('−b1')
  })

  it.each([
    ['', 'empty'], ['   ', 'empty'], ['1 + 2', 'names no band'], ['b1 +', 'ends where'], ['(b1', 'closing parenthesis'], ['b1)', '")" does not belong'], ['b1 b2', '"b2" does not belong'], ['* b1', 'missing before "*"'],
    ['b0', 'no band b0'], ['b6', 'the scene has 5'], ['1000nm', 'within 50 nm'], ['process.exit()', 'character 1'], ['b1; alert(1)', 'character 3'], ['b1 ** 2', 'missing before "*"'], [`${'('.repeat(300)}b1${')'.repeat(300)}`, 'too deeply'],
  ])('refuses %j', (formula, message) => {
    expect(() => parseFormula(formula, scene)).toThrow(message)
  })

  it('by wavelength need wavelengths', () => {
    expect(() => parseFormula('860nm', { ...scene, wavelengthNm: null })).toThrow('no wavelengths')
  })
})
