import { expect, test } from 'vitest'
import { decoderOf, TextWindow } from './text-window.ts'

const bytes = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0))

const long = Array.from({ length: 2000 }, (_, at) => String.fromCharCode((at * 37) % 128)).join('')

test.each([
  ['by the decoder of Node', decoderOf(Buffer)],
  ['without a decoder', decoderOf(undefined)],
])(
  'parts of a text are what stands there, forwards, backwards and across windows: %s',
  (_, decode) => {
    const window = new TextWindow(decode)
    const data = bytes(`é${long}`).subarray(1)

    for (let length = 0; length <= 64; length++) {
      for (const start of [0, 1, 400, 460, 500, 1900, 2000 - length, 3]) {
        expect(window.ascii(data, start, start + length)).toBe(long.slice(start, start + length))
      }
    }
  },
)

test('other bytes make another text', () => {
  const window = new TextWindow()

  expect(window.ascii(bytes('one'), 0, 3)).toBe('one')
  expect(window.ascii(bytes('two'), 0, 3)).toBe('two')
})

test.each([0, 1, 2, 3, 4, 7, 8, 9])('one byte beyond ASCII at %i is told', (at) => {
  const data = bytes(`é${'a'.repeat(10)}é`)
  data[at + 1] = 0x80

  expect(new TextWindow().ascii(data, 1, 11)).toBeUndefined()
  expect(new TextWindow().ascii(data, 1, at + 1)).toBe('a'.repeat(at))
})

test('the first byte beyond ASCII is told alone', () => {
  expect(new TextWindow().ascii(Uint8Array.of(0x80), 0, 1)).toBeUndefined()
  expect(new TextWindow().ascii(Uint8Array.of(0, 0, 0x80, 0), 0, 4)).toBeUndefined()
  expect(new TextWindow().ascii(Uint8Array.of(0x7f), 0, 1)).toBe('\x7f')
})
