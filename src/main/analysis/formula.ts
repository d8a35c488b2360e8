import { StudioError } from '../common/errors'
import { formulaTokens, type Token } from './formula-tokens'

/** A formula as a tree. `band` is 0-based. */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'band'; band: number }
  | { kind: 'negate'; of: Expression }
  | { kind: 'binary'; operator: '+' | '-' | '*' | '/'; left: Expression; right: Expression }

/** What names of bands mean in a scene. */
export interface FormulaBands {
  bands: number
  wavelengthNm: readonly number[] | null
  badBands: readonly boolean[] | null
}

/** A band farther away from a wavelength shows something else. */
const FARTHEST_NM = 50
/** No formula needs more, and the parser's own stack is spared. */
const DEEPEST = 100

/**
 * Parses a formula of numbers, bands (`b12` counted from 1, or `860nm`: the good band nearest to that wavelength), + - * / and
 * parentheses, with the usual precedence. Throws 'invalid-argument' saying what is wrong and where.
 */
export function parseFormula(formula: string, scene: FormulaBands): Expression {
  const tokens = formulaTokens(formula)
  let next = 0
  let depth = 0
  const peek = (): Token | undefined => tokens[next]

  function sum(): Expression {
    let left = product()
    for (let token = peek(); token?.kind === 'operator' && (token.text === '+' || token.text === '-'); token = peek()) {
      next++
      left = { kind: 'binary', operator: token.text, left, right: product() }
    }
    return left
  }

  function product(): Expression {
    let left = signed()
    for (let token = peek(); token?.kind === 'operator' && (token.text === '*' || token.text === '/'); token = peek()) {
      next++
      left = { kind: 'binary', operator: token.text, left, right: signed() }
    }
    return left
  }

  function signed(): Expression {
    if (++depth > DEEPEST) throw wrong('It is nested too deeply.')
    const token = tokens[next++]
    const found = ((): Expression => {
      switch (token?.kind) {
        case 'number': return { kind: 'number', value: token.value }
        case 'band': return { kind: 'band', band: bandOf(token, scene) }
        case 'wavelength': return { kind: 'band', band: bandNear(token.value, scene) }
        case 'operator':
          if (token.text === '-') return { kind: 'negate', of: signed() }
          if (token.text === '(') return enclosed()
          throw wrong(`At character ${token.at + 1}, a band or number is missing before "${token.text}".`)
        case undefined: throw wrong(formula.trim() === '' ? 'It is empty.' : 'It ends where a band or number is missing.')
      }
    })()
    depth--
    return found
  }

  function enclosed(): Expression {
    const inside = sum()
    const close = tokens[next++]
    if (close?.kind !== 'operator' || close.text !== ')') throw wrong('A closing parenthesis is missing.')
    return inside
  }

  const tree = sum()
  const rest = peek()
  if (rest !== undefined) throw wrong(`At character ${rest.at + 1}, "${rest.text}" does not belong there.`)
  if (bandsOf(tree).length === 0) throw wrong('It names no band.')
  return tree
}

/** The bands (0-based) that a formula needs, each once, ascending. */
export function bandsOf(tree: Expression): number[] {
  const found = new Set<number>()
  const visit = (node: Expression): void => {
    switch (node.kind) {
      case 'number': break
      case 'band': found.add(node.band); break
      case 'negate': visit(node.of); break
      case 'binary':
        visit(node.left)
        visit(node.right)
    }
  }
  visit(tree)
  return [...found].sort((p, q) => p - q)
}

/** A way to compute the formula of a pixel: `valueOf` gives the value of a 0-based band. */
export function compileFormula(tree: Expression): (valueOf: (band: number) => number) => number {
  switch (tree.kind) {
    case 'number': return () => tree.value
    case 'band': return (valueOf) => valueOf(tree.band)
    case 'negate': {
      const inner = compileFormula(tree.of)
      return (valueOf) => -inner(valueOf)
    }
    case 'binary': {
      const [left, right] = [compileFormula(tree.left), compileFormula(tree.right)]
      switch (tree.operator) {
        case '+': return (valueOf) => left(valueOf) + right(valueOf)
        case '-': return (valueOf) => left(valueOf) - right(valueOf)
        case '*': return (valueOf) => left(valueOf) * right(valueOf)
        case '/': return (valueOf) => left(valueOf) / right(valueOf)
      }
    }
  }
}

/** The formula with every band as it was understood: 'b24 (651 nm)'. */
export function describeFormula(tree: Expression, { wavelengthNm }: FormulaBands, outer = true): string {
  switch (tree.kind) {
    case 'number': return String(tree.value)
    case 'band': {
      const nm = wavelengthNm?.[tree.band]
      return nm === undefined || !Number.isFinite(nm) ? `b${tree.band + 1}` : `b${tree.band + 1} [${Number(nm.toFixed(1))} nm]`
    }
    case 'negate': return `−${describeFormula(tree.of, { bands: 0, wavelengthNm, badBands: null }, false)}`
    case 'binary': {
      const parts = [tree.left, tree.right].map((side) => describeFormula(side, { bands: 0, wavelengthNm, badBands: null }, false))
      const signs = { '+': '+', '-': '−', '*': '×', '/': '÷' }
      const plain = `${parts[0] ?? ''} ${signs[tree.operator]} ${parts[1] ?? ''}`
      return outer ? plain : `(${plain})`
    }
  }
}

function bandOf({ value, text }: { value: number; text: string }, { bands }: FormulaBands): number {
  if (Number.isInteger(value) && value >= 1 && value <= bands) return value - 1
  throw wrong(`There is no band ${text}: the scene has ${bands}, counted from b1.`)
}

function bandNear(nm: number, { wavelengthNm, badBands }: FormulaBands): number {
  if (wavelengthNm === null) throw wrong(`The scene has no wavelengths, so ${nm} nm names no band.`)
  let best = -1
  wavelengthNm.forEach((at, band) => {
    const nearer = best < 0 || Math.abs(at - nm) < Math.abs((wavelengthNm[best] as number) - nm)
    if (Number.isFinite(at) && badBands?.[band] !== true && nearer) best = band
  })
  if (best >= 0 && Math.abs((wavelengthNm[best] as number) - nm) <= FARTHEST_NM) return best
  throw wrong(`The scene has no good band within ${FARTHEST_NM} nm of ${nm} nm.`)
}

function wrong(what: string): StudioError {
  return new StudioError('invalid-argument', `The formula can't be understood. ${what}`, { remedy: 'Use bands such as b12 or 860nm, numbers, + - * / and parentheses: (860nm - 650nm) / (860nm + 650nm).' })
}
