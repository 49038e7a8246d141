import fc from 'fast-check'
import { expect, test } from 'vitest'
import { visible, visibleLines } from './visible.ts'

const units = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
})

test('what is visible holds no character that XML forbids or a terminal obeys', () => {
  fc.assert(
    fc.property(units, (text) => {
      for (const character of visible(text)) {
        const code = character.codePointAt(0) ?? 0
        expect(code >= 0x20 && !(code >= 0x7f && code <= 0x9f)).toBe(true)
        expect(code >= 0xd800 && code <= 0xdfff).toBe(false)
        expect((code & 0xfffe) === 0xfffe).toBe(false)
      }
    }),
  )
})

test('what can be seen is left as it is', () => {
  expect(visible('naïve → 日本 🙂 <&>"\\')).toBe('naïve → 日本 🙂 <&>"\\')
})

test.each([
  ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
  ['a\nb\r\tc', 'a\\nb\\r\\tc'],
  ['\ud800 and \udc00', '\\ud800 and \\udc00'],
  ['\u202eback', '\\u202eback'],
  ['\u{1fffe}', '\\u{1fffe}'],
  ['\0', '\\x00'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown)
})

test('lines are parted at newlines alone, and a last newline parts nothing', () => {
  expect(visibleLines('a\r\n\tb\rc\n\nd\n')).toEqual(['a', '    b\\rc', '', 'd'])
  expect(visibleLines('')).toEqual([])
})
