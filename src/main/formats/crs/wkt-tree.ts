/** A node of well-known text: `KEYWORD[value, value, ...]`, values being texts, numbers, bare words or further nodes. */
export interface WktNode {
  /** Upper case. */
  keyword: string
  values: (string | number | WktNode)[]
}

const MAX_LENGTH = 100_000
const MAX_DEPTH = 30

// a quoted text (a doubled quote stands for one), a bracket, a comma, or a bare word or number
const TOKEN = /\s*(?:"((?:[^"]|"")*)"|([[\](),])|([^\s"[\](),]+))/y

/** The tree of `text` (WKT 1 or 2, square or round brackets), or null when it is not well-formed. */
export function parseWkt(text: string): WktNode | null {
  if (text.length > MAX_LENGTH) return null
  const tokens = tokenise(text.trim())
  if (tokens === null) return null
  let next = 0

  const parseNode = (depth: number): WktNode | null => {
    const word = tokens[next]
    const open = tokens[next + 1]
    if (depth > MAX_DEPTH || word?.kind !== 'word' || !isBracket(open, '[(')) return null
    next += 2
    const values: WktNode['values'] = []
    while (next < tokens.length) {
      const token = tokens[next] as Token
      if (token.kind === 'text') {
        values.push(token.value)
        next++
      } else if (token.kind === 'word') {
        if (isBracket(tokens[next + 1], '[(')) {
          const child = parseNode(depth + 1)
          if (child === null) return null
          values.push(child)
        } else {
          const number = Number(token.value)
          values.push(Number.isFinite(number) ? number : token.value)
          next++
        }
      } else {
        return null
      }
      const after = tokens[next++]
      if (isBracket(after, '])')) return { keyword: word.value.toUpperCase(), values }
      if (!isBracket(after, ',')) return null
    }
    return null
  }

  const root = parseNode(0)
  return next === tokens.length ? root : null
}

interface Token {
  kind: 'text' | 'mark' | 'word'
  value: string
}

function isBracket(token: Token | undefined, marks: string): boolean {
  return token?.kind === 'mark' && marks.includes(token.value)
}

function tokenise(text: string): Token[] | null {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text)
    if (match === null) return null
    const [, quoted, mark, word] = match
    if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replaceAll('""', '"') })
    else if (mark !== undefined) tokens.push({ kind: 'mark', value: mark })
    else if (word !== undefined) tokens.push({ kind: 'word', value: word })
  }
  return tokens
}

export function childNode(node: WktNode, ...keywords: string[]): WktNode | null {
  for (const value of node.values) if (typeof value === 'object' && keywords.includes(value.keyword)) return value
  return null
}

export function childNodes(node: WktNode, keyword: string): WktNode[] {
  return node.values.filter((value): value is WktNode => typeof value === 'object' && value.keyword === keyword)
}

/** The name of a node: its first value when that is a text. */
export function nodeName(node: WktNode | null): string {
  const first = node?.values[0]
  return typeof first === 'string' ? first : ''
}
