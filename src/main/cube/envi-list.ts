/**
 * The little grammar of ENVI header values, shared by the reader, the writer and everything that derives one header from
 * another: a value is a bare word or `{a, b, c}` over several lines; whole lines that start with `;` are comments.
 */

/** The text between the braces (or the bare value), without comment lines, trimmed. */
export function enviText(raw: string): string {
  const trimmed = raw.trim()
  const inner = trimmed.startsWith('{') ? trimmed.slice(1, trimmed.endsWith('}') ? -1 : undefined) : trimmed
  if (!inner.includes('\n')) return inner.trim()
  return inner.split('\n').filter((line) => !line.trimStart().startsWith(';')).join('\n').trim()
}

/** Comma-separated items, trimmed; a trailing comma adds none, an empty item between commas stays. */
export function splitEnviList(raw: string): string[] {
  const items = enviText(raw).split(',').map((item) => item.trim())
  if (items.at(-1) === '') items.pop()
  return items
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?$/

/** A decimal number (Fortran's `D` exponent as well); null for anything else: hexadecimal, NaN, text, nothing. */
export function enviNumber(text: string): number | null {
  const trimmed = text.trim()
  return DECIMAL.test(trimmed) ? Number(trimmed.replace(/d/i, 'e')) : null
}

/** Numbers separated by commas, blanks or line ends; null when one of them is not a finite number. */
export function enviNumberList(raw: string): number[] | null {
  const numbers: number[] = []
  for (const item of enviText(raw).split(/[\s,;]+/)) {
    if (item === '') continue
    const value = enviNumber(item)
    if (value === null || !Number.isFinite(value)) return null
    numbers.push(value)
  }
  return numbers
}

/** `{...}` with line breaks every `perLine` items, as ENVI itself writes long lists. */
export function joinEnviList(items: readonly (string | number)[], perLine = items.length): string {
  if (items.length <= perLine) return `{${items.join(', ')}}`
  const lines: string[] = []
  for (let i = 0; i < items.length; i += perLine) lines.push(' ' + items.slice(i, i + perLine).join(', '))
  return `{\n${lines.join(',\n')}}`
}

/** Text of a computed number: all its digits, unless those beyond the 15th are the noise of a short number. */
export function enviNumberText(value: number): string {
  const exact = String(value)
  const short = String(Number(value.toPrecision(15)))
  return short.length < exact.length - 2 ? short : exact
}

/** Lists with one entry a band that a selection of bands must shorten. Any other list is not about bands. */
export const PER_BAND_FIELDS: ReadonlySet<string> = new Set([
  'wavelength', 'fwhm', 'bbl', 'band names', 'data gain values', 'data offset values', 'data reflectance gain values',
  'data reflectance offset values', 'solar irradiance', 'sun irradiance', 'smoothing factors',
])

/**
 * The fields of a selection of `selected` out of `bands` bands. A list of another length can't be told apart by band and is
 * left out.
 */
export function selectEnviBands(
  fields: readonly [key: string, rawValue: string][],
  bands: number,
  selected: readonly number[],
): [key: string, rawValue: string][] {
  return fields.flatMap(([key, raw]): [key: string, rawValue: string][] => {
    if (key === 'bands') return [[key, String(selected.length)]]
    if (!PER_BAND_FIELDS.has(key)) return [[key, raw]]
    const items = key === 'band names' ? splitEnviList(raw) : enviText(raw).split(/[\s,;]+/).filter((item) => item !== '')
    if (items.length !== bands) return []
    return [[key, joinEnviList(selected.map((band) => items[band] ?? ''), key === 'band names' ? 1 : 8)]]
  })
}

/** The ENVI field that GDAL calls by a name with underscores. */
export function enviKeyOfGdalName(name: string): string {
  return name.toLowerCase().replaceAll('_', ' ')
}
