import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from './parse-json.ts'
import { ScenarioError } from './scenario-error.ts'

function errorOf(text: string): string {
  try {
    parseJson(text)
    return 'accepted'
  } catch (error) {
    if (error instanceof ScenarioError) return error.message
    throw error
  }
}

describe('a document', () => {
  test.each([
    ['', 'line 1, column 1: found the end, wanted a value'],
    ['  \n ', 'line 2, column 2: found the end, wanted a value'],
    ['{"a":1,}', 'line 1, column 8: found "}", wanted the name of a field in quotes'],
    ['{"a":1\n "b":2}', 'line 2, column 2: found "\\"", wanted "," or "}"'],
    ['{"a" 1}', 'line 1, column 6: found "1", wanted ":" after the name of a field'],
    ['{a:1}', 'line 1, column 2: found "a", wanted the name of a field in quotes'],
    ['[1,\n2,\n]', 'line 3, column 1: found "]", wanted a value'],
    ['[1 2]', 'line 1, column 4: found "2", wanted "," or "]"'],
    ['[01]', 'line 1, column 3: found "1", wanted "," or "]"'],
    ['[+1]', 'line 1, column 2: found "+", wanted a value'],
    ['[1.]', 'line 1, column 3: found ".", wanted "," or "]"'],
    ['[tru]', 'line 1, column 2: found "t", wanted a value'],
    ['[NaN]', 'line 1, column 2: found "N", wanted a value'],
    ['"abc', 'line 1, column 5: found the end, wanted the closing quote of a text'],
    ['"a\nb"', 'line 1, column 3: found "\\n", wanted the closing quote of a text'],
    ['"a\\x"', 'line 1, column 3: found "\\\\", wanted an escape that JSON knows'],
    ['"\\u12"', 'line 1, column 2: found "\\\\", wanted an escape that JSON knows'],
    ['1 😀', 'line 1, column 3: found "😀", wanted the end of the document'],
    ['// no', 'line 1, column 1: found "/", wanted a value'],
    [
      '{"a":1,\n\n  "b":2, "a":3}',
      'line 3, column 10: found "\\"", wanted each field once, "a" stands twice',
    ],
  ])('%j is refused at line and column', (text, message) => {
    expect(errorOf(text)).toBe(message)
  })

  test('may be 200 levels deep and no deeper', () => {
    const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

    expect(errorOf(deep(201))).toBe('accepted')
    expect(errorOf(deep(202))).toContain('line 1, column 202: found "[", wanted at most 200 levels')
    expect(errorOf('{"a":'.repeat(100_000))).toContain('wanted at most 200 levels')
  })

  test('may have a field called __proto__, which is a field like any other', () => {
    const json = parseJson('{"__proto__":{"a":1}}')

    expect(Object.keys(Object(json))).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(json)).toBe(Object.prototype)
  })

  test('means what JSON.parse says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (json, space) => {
        const text = JSON.stringify(json, undefined, space)

        expect(parseJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  test('is refused when JSON.parse refuses it', () => {
    const pieces = ['{', '}', '[', ']', ',', ':', '"', '"a"', '\\', '\\u0041', '1', '-', '.5', 'e3']
    const words = ['null', 'true', 'fals', ' ', '\n', '\u0000', '0', '']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces, ...words), { maxLength: 8 }), (parts) => {
        const text = parts.join('')
        let native = 'accepted'
        try {
          JSON.parse(text)
        } catch {
          native = 'refused'
        }
        const own = errorOf(text)

        if (native === 'refused') expect(own).not.toBe('accepted')
        else if (!own.includes('stands twice')) expect(own).toBe('accepted')
      }),
      { numRuns: 2000 },
    )
  })
})
