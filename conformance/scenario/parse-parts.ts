import { found, readEach, readFields, readHex, readInteger, readText } from './json-fields.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Reading } from './reading.ts'
import type { BytesPart, StrPart } from './scenario.ts'
import { refuse } from './scenario-error.ts'

/** The most bytes or code points that one value may have, 2^31. */
export const maximalLength = 2 ** 31

type Fill = { readonly fill: number; readonly of: string }

function isFill(json: unknown): boolean {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function readFill(
  json: unknown,
  place: Place,
  read: (json: unknown, place: Place) => string,
): Fill {
  const fields = readFields(json, place, 'a part', ['fill', 'of'], ['fill', 'of'])
  const fill = readInteger(fields['fill'], at(place, 'fill'), 0, maximalLength)
  return { fill, of: read(fields['of'], at(place, 'of')) }
}

function checkLength(length: number, place: Place): void {
  if (length > maximalLength) {
    refuse(place, `found ${length} bytes or code points, wanted at most 2^31`)
  }
}

/** Joins neighbouring texts, and drops what is empty. */
class Joiner<Part> {
  readonly parts: (Part | string | Fill)[] = []
  #text = ''

  text(text: string): void {
    this.#text += text
  }

  fill({ fill, of }: Fill): void {
    if (fill === 1) this.text(of)
    else if (fill > 0 && of !== '') this.part({ fill, of })
  }

  part(part: Part | Fill): void {
    this.flush()
    this.parts.push(part)
  }

  flush(): void {
    if (this.#text !== '') this.parts.push(this.#text)
    this.#text = ''
  }
}

/**
 * Reads the parts of a str. Texts, and code points that are no surrogates, are joined; surrogates
 * stay numbers, so that a pair of them never becomes one character.
 */
export function parseStrParts(reading: Reading, json: unknown, place: Place): readonly StrPart[] {
  const joiner = new Joiner<number>()
  let length = 0
  readEach(json, place, 'a list of code points, texts and {"fill":n,"of":text}', (part, here) => {
    if (typeof part === 'string') {
      joiner.text(readText(part, here, 'a text'))
      length += codePointLength(part)
    } else if (typeof part === 'number') {
      const code = readInteger(part, here, 0, 0x10ffff)
      if (isSurrogate(code)) joiner.part(code)
      else joiner.text(String.fromCodePoint(code))
      length += 1
    } else if (isFill(part)) {
      const fill = readFill(part, here, (text, of) => readText(text, of, 'a text'))
      joiner.fill(fill)
      length += fill.fill * codePointLength(fill.of)
    } else {
      refuse(here, `${found(part)}, wanted a code point, a text or {"fill":n,"of":text}`)
    }
    checkLength(length, here)
  })
  joiner.flush()
  reading.countLength(length, place)
  return joiner.parts
}

/**
 * Reads the content of bytes or of a bytearray: hexadecimal digits, or a list with fills. Without a
 * fill the result is one text of digits.
 */
export function parseBytesParts(
  reading: Reading,
  json: unknown,
  place: Place,
): string | readonly BytesPart[] {
  if (typeof json === 'string') return readHex(json, place)
  const joiner = new Joiner<never>()
  let length = 0
  readEach(json, place, 'hexadecimal digits or a list of them and fills', (part, here) => {
    if (typeof part === 'string') {
      const digits = readHex(part, here)
      joiner.text(digits)
      length += digits.length / 2
    } else if (isFill(part)) {
      const fill = readFill(part, here, readHex)
      joiner.fill(fill)
      length += (fill.fill * fill.of.length) / 2
    } else {
      refuse(here, `${found(part)}, wanted hexadecimal digits or {"fill":n,"of":digits}`)
    }
    checkLength(length, here)
  })
  joiner.flush()
  reading.countLength(length, place)
  const [first = ''] = joiner.parts
  return joiner.parts.length < 2 && typeof first === 'string' ? first : joiner.parts
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff
}

/** The number of code points of a text. */
export function codePointLength(text: string): number {
  let length = 0
  for (const _ of text) length += 1
  return length
}

/** Whether parts of a canonical str make `''` or one latin-1 character, of which Python has one each. */
export function isSingletonStr(parts: readonly StrPart[]): boolean {
  const [first = ''] = parts
  if (parts.length > 1 || typeof first !== 'string') return false
  return first === '' || (first.length === 1 && first <= '\u00ff')
}

/** Whether canonical bytes make `b''` or one byte, of which Python has one each. */
export function isSingletonBytes(parts: string | readonly BytesPart[]): boolean {
  return typeof parts === 'string' && parts.length <= 2
}
