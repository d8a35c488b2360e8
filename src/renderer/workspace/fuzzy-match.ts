export interface FuzzyMatch {
  /** Higher is better. */
  score: number
  /** Places of the letters that matched, in order. */
  positions: number[]
}

const CONSECUTIVE = 8
const WORD_START = 10
const TEXT_START = 6

/**
 * Whether the letters of `query` occur in `text` in their order, case and blanks aside, and how well: letters in a row and
 * at the start of words count most, a short text more than a long one. null = no match; an empty query matches everything.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const wanted = query.toLowerCase().replace(/\s+/g, '')
  const letters = text.toLowerCase()
  if (wanted === '') return { score: 0, positions: [] }
  let best: FuzzyMatch | null = null
  // the first letter decides where the rest is looked for, so each of its places is tried
  for (let start = letters.indexOf(wanted.charAt(0)); start >= 0; start = letters.indexOf(wanted.charAt(0), start + 1)) {
    const positions = positionsFrom(wanted, letters, start)
    if (positions === null) break
    const score = scoreOf(positions, text)
    if (best === null || score > best.score) best = { score, positions }
  }
  return best
}

/** Greedy, but a letter at the start of a later word is preferred when the rest still fits behind it. */
function positionsFrom(wanted: string, letters: string, start: number): number[] | null {
  const positions = [start]
  for (let i = 1; i < wanted.length; i++) {
    const after = (positions[i - 1] as number) + 1
    const next = letters.indexOf(wanted.charAt(i), after)
    if (next < 0) return null
    positions.push(next === after ? next : wordStart(wanted.slice(i), letters, after) ?? next)
  }
  return positions
}

function wordStart(rest: string, letters: string, from: number): number | null {
  for (let at = letters.indexOf(rest.charAt(0), from); at >= 0; at = letters.indexOf(rest.charAt(0), at + 1)) {
    if (startsWord(letters, at) && positionsLeft(rest, letters, at)) return at
  }
  return null
}

function positionsLeft(rest: string, letters: string, from: number): boolean {
  let at = from
  for (const letter of rest) {
    at = letters.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || /[\s\-_./(]/.test(text.charAt(at - 1))
}

function scoreOf(positions: number[], text: string): number {
  const points = positions.reduce((sum, at, i) => {
    const follows = i > 0 && positions[i - 1] === at - 1
    return sum + 1 + (follows ? CONSECUTIVE : 0) + (startsWord(text, at) ? WORD_START : 0) + (at === 0 ? TEXT_START : 0)
  }, 0)
  return points - 0.1 * text.length
}
