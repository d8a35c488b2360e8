import { StudioError } from '../common/errors'

/** A piece of a formula; `at` = where it begins, from 0. */
export type Token = { text: string; at: number } & (
  | { kind: 'number' | 'band' | 'wavelength'; value: number }
  | { kind: 'operator'; text: '+' | '-' | '*' | '/' | '(' | ')' }
)

// what follows a number decides: 860nm is a wavelength; signs as people paste them from papers count as well
const PIECE = /\s*(?:b(?<band>\d{1,5})\b|(?<number>\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)(?<unit>\s*nm\b)?|nm(?<prefixed>\d+\.?\d*)|(?<operator>[-+*/()−–×·÷]))/iy
const SPELLINGS: Record<string, string> = { '−': '-', '–': '-', '×': '*', '·': '*', '÷': '/' }

/** Cuts a formula into pieces. Throws 'invalid-argument' at the first character that belongs to none. */
export function formulaTokens(formula: string): Token[] {
  const tokens: Token[] = []
  const end = formula.trimEnd().length
  let at = 0
  while (at < end) {
    PIECE.lastIndex = at
    const found = PIECE.exec(formula)
    if (found === null) {
      const place = at + /^\s*/.exec(formula.slice(at))![0].length
      throw new StudioError('invalid-argument', `The formula can't be understood. At character ${place + 1}: "${formula.slice(place, place + 12)}".`, { remedy: 'Use bands such as b12 or 860nm, numbers, + - * / and parentheses.' })
    }
    const { band, number, unit, prefixed, operator } = found.groups ?? {}
    const text = found[0].trim()
    const from = at + found[0].length - found[0].trimStart().length
    if (band !== undefined) tokens.push({ kind: 'band', text, at: from, value: Number(band) })
    else if (prefixed !== undefined) tokens.push({ kind: 'wavelength', text, at: from, value: Number(prefixed) })
    else if (number !== undefined) tokens.push({ kind: unit === undefined ? 'number' : 'wavelength', text, at: from, value: Number(number) })
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: (SPELLINGS[operator] ?? operator) as '+', at: from })
    at = PIECE.lastIndex
  }
  return tokens
}
