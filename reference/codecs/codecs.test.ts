import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import recorded from './fixtures/codecs-cpython-3.13.0.json' with { type: 'json' }
import {
  bitsOfFloat,
  decodeFloatBits,
  encodeFloat,
  floatOfBits,
  floatRepr,
  parseFloatText,
} from './float.ts'
import { bytesOfHex, hexOfBytes } from './hex.ts'
import { parseIntText } from './int-text.ts'
import { decodeLong, encodeLong, pythonInt } from './long.ts'
import { bytesRepr, strAscii, strRepr } from './repr.ts'
import { codePointsOf, type StrContent, strContent } from './str-content.ts'
import {
  decodeAscii,
  decodeLatin1,
  decodeRawUnicodeEscape,
  decodeStringEscapes,
  decodeUtf8,
  encodeAscii,
  encodeLatin1,
  encodeRawUnicodeEscape,
  encodeUtf8,
} from './text.ts'

/** Bytes in hex, the code points of a str, or an exception. */
type Recorded = string | number[] | { type: string; message: string }

// The compiler takes each row for an array of all that any row has.
const rowsOf = (rows: unknown): [Recorded, Recorded][] => rows as [Recorded, Recorded][]

const bytesIn = (input: Recorded): Uint8Array => bytesOfHex(String(input))
const strIn = (input: Recorded): StrContent => strContent(input as number[])

function outcomeOf(act: () => Uint8Array | StrContent): Recorded {
  try {
    const result = act()
    return result instanceof Uint8Array ? hexOfBytes(result) : [...codePointsOf(result)]
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    return { type: error.type, message: error.message }
  }
}

describe(`the codecs of ${recorded.interpreter}`, () => {
  test.each([
    ['UTF-8 with surrogates', recorded.decodeUtf8, decodeUtf8],
    ['UTF-8', recorded.decodeUtf8Strictly, (bytes: Uint8Array) => decodeUtf8(bytes, 'strict')],
    ['ASCII', recorded.decodeAscii, decodeAscii],
    ['latin-1', recorded.decodeLatin1, decodeLatin1],
    ['raw-unicode-escape', recorded.decodeRawUnicodeEscape, decodeRawUnicodeEscape],
    ['string escapes', recorded.decodeStringEscapes, decodeStringEscapes],
  ])('%s is read alike, errors included', (_, rows, decode) => {
    for (const [input, expected] of rowsOf(rows)) {
      expect([input, outcomeOf(() => decode(bytesIn(input)))]).toEqual([input, expected])
    }
  })

  test.each([
    ['UTF-8 with surrogates', recorded.encodeUtf8, encodeUtf8],
    ['UTF-8', recorded.encodeUtf8Strictly, (content: StrContent) => encodeUtf8(content, 'strict')],
    ['ASCII', recorded.encodeAscii, encodeAscii],
    ['latin-1', recorded.encodeLatin1, encodeLatin1],
    ['the text of protocol 0', recorded.protocol0Text, encodeRawUnicodeEscape],
    ['the repr of a str', recorded.reprs, (content: StrContent) => strRepr(content, '3.13')],
    ['the ascii of a str', recorded.asciis, strAscii],
  ])('%s is written alike, errors included', (_, rows, encode) => {
    for (const [input, expected] of rowsOf(rows)) {
      expect([input, outcomeOf(() => encode(strIn(input)))]).toEqual([input, expected])
    }
  })

  test('the repr of bytes is alike', () => {
    for (const [input, expected] of rowsOf(recorded.bytesReprs)) {
      expect(bytesRepr(bytesIn(input))).toBe(strIn(expected))
    }
  })

  test.each([
    ['base 10', recorded.intBase10, 10],
    ['base 0', recorded.intBase0, 0],
  ] as const)('ints in %s are read alike', (_, rows, base) => {
    for (const [input, expected] of rowsOf(rows)) {
      const value = parseIntText(decodeLatin1(bytesIn(input)), base)
      const wanted = Array.isArray(expected) ? strIn(expected) : 'undefined'
      expect([input, String(value)]).toEqual([input, wanted])
    }
  })

  test('floats in decimal are read alike', () => {
    for (const [input, expected] of rowsOf(recorded.floatText)) {
      const bits = parseFloatText(decodeLatin1(bytesIn(input)))
      const found = bits?.toString(16).padStart(16, '0')
      expect([input, found]).toEqual([input, Array.isArray(expected) ? strIn(expected) : undefined])
    }
  })

  test('floats are written and read alike', () => {
    for (const [hex = '', repr] of recorded.floats) {
      const bits = decodeFloatBits(bytesOfHex(hex))
      expect([hex, floatRepr(floatOfBits(bits))]).toEqual([hex, repr])
      expect(hexOfBytes(encodeFloat(bits))).toBe(hex)
      if (repr !== 'nan') expect(bitsOfFloat(floatOfBits(bits))).toBe(bits)
    }
  })

  test('longs are written and read alike', () => {
    for (const [decimal = '', hex = ''] of recorded.longs) {
      const value = pythonInt(BigInt(decimal))
      expect([decimal, hexOfBytes(encodeLong(value))]).toEqual([decimal, hex])
      expect([decimal, hexOfBytes(encodeLong(BigInt(decimal)))]).toEqual([decimal, hex])
      expect(decodeLong(bytesOfHex(hex))).toBe(value)
    }
  })
})
