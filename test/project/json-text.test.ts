import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJsonText, readJsonFile, toJsonText } from '../../src/main/project/json-text'
import { temporaryFolder } from '../setup/temporary-folder'

describe('JSON with all numbers', () => {
  it('gives back what went in, infinities and NaN included', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.constant(null), fc.array(tie('any')), fc.dictionary(fc.string().filter((key) => key !== '__proto__'), tie('any'), { noNullPrototype: true })),
    })).any
    fc.assert(fc.property(value, (data) => {
      // JSON has no negative zero
      expect(parseJsonText(toJsonText(data))).toEqual(withoutNegativeZero(data))
    }))
  })

  it('leaves objects alone that only look like a named number', () => {
    expect(parseJsonText('[{"$number": "12"}, {"$number": "NaN", "more": 1}, {"$number": 3}, "Infinity"]'))
      .toEqual([{ $number: '12' }, { $number: 'NaN', more: 1 }, { $number: 3 }, 'Infinity'])
    expect(parseJsonText('{"a": {"$number": "-Infinity"}}')).toEqual({ a: -Infinity })
  })

  it('refuses keys that would reach the prototype of all objects', () => {
    expect(() => parseJsonText('{"scenes": [{"__proto__": {"polluted": true}}]}')).toThrow('"__proto__" is not allowed')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('reading a JSON file', () => {
  const read = async (text: string, maxBytes = 1000): Promise<unknown> => {
    const path = join(temporaryFolder(), 'a.json')
    writeFileSync(path, text)
    return (await readJsonFile(path, maxBytes)).json
  }

  it('reads one with a byte order mark', async () => {
    expect(await read('\uFEFF{"a": 1}')).toEqual({ a: 1 })
  })

  it.each([
    ['{"a": [1, 2', 'truncated', 'ends in the middle'],
    ['', 'truncated', 'ends in the middle'],
    ['{"a": 1,,}', 'malformed', 'not valid JSON'],
    ['[' + '1,'.repeat(600) + '1]', 'too-large', '1203 bytes are too many'],
  ])('says what is wrong with %j', async (text, tag, message) => {
    await expect(read(text)).rejects.toMatchObject({ tag, message: expect.stringMatching(message) as string, file: expect.stringMatching(/a\.json$/) as string })
  })

  it('survives a file that is nested without end', async () => {
    await expect(read('['.repeat(500_000) + ']'.repeat(500_000), 2e6)).rejects.toMatchObject({ tag: 'malformed' })
  })

  it('names a file that is not there', async () => {
    await expect(readJsonFile('/nowhere/a.json', 10)).rejects.toMatchObject({ tag: 'not-found', file: '/nowhere/a.json' })
  })
})

function withoutNegativeZero(value: unknown): unknown {
  if (Object.is(value, -0)) return 0
  if (Array.isArray(value)) return value.map(withoutNegativeZero)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutNegativeZero(inner)]))
}
