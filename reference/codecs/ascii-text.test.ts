import { expect, test } from 'vitest'
import { asciiText } from './ascii-text.ts'

const bytes = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0))

test('ASCII of any length is the same text', () => {
  for (let length = 0; length < 70; length++) {
    const text = Array.from({ length }, (_, at) => String.fromCharCode((at * 37) % 128)).join('')

    expect(asciiText(bytes(`é${text}é`), 1, length + 1)).toBe(text)
  }
})

test.each(Array.from({ length: 22 }, (_, at) => at))(
  'one byte beyond ASCII at %i is told',
  (at) => {
    const data = bytes('a'.repeat(22))
    data[at] = 0x80

    expect(asciiText(data, 0, 22)).toBeUndefined()
  },
)
