import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineSplitter } from './split-lines.ts'

function split(chunks: readonly Uint8Array[], longest = 1000) {
  const lines: string[] = []
  const noises: string[] = []
  const splitter = new LineSplitter(
    longest,
    (line) => lines.push(line),
    (noise) => noises.push(noise),
  )
  for (const chunk of chunks) splitter.push(chunk)
  return { lines, noises, half: splitter.halfBytes }
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('lines come whole however the stream is cut', () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ''))
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(200)), (lines, cuts) => {
      const whole = bytes(lines.map((text) => `${text}\n`).join(''))
      const places = [0, ...cuts.filter((at) => at < whole.length), whole.length].sort(
        (a, b) => a - b,
      )
      const chunks = places.slice(1).map((at, n) => whole.subarray(places[n], at))

      expect(split(chunks)).toEqual({ lines, noises: [], half: 0 })
    }),
  )
})

test('half a line at the end is no line', () => {
  expect(split([bytes('one\ntw'), bytes('o')])).toEqual({ lines: ['one'], noises: [], half: 3 })
})

test.each([
  ['too long in one chunk', [bytes(`${'x'.repeat(11)}\n`)]],
  ['too long in many', [bytes('xxxxxx'), bytes('xxxxxx')]],
])('a line %s is noise, and nothing counts after it', (_, chunks) => {
  expect(split([...chunks, bytes('\nafter\n')], 10)).toEqual({
    lines: [],
    noises: ['a line of more than 10 bytes'],
    half: 0,
  })
})

test('a line as long as allowed is a line', () => {
  expect(split([bytes(`${'x'.repeat(10)}\n`)], 10).lines).toEqual(['x'.repeat(10)])
})

test('a line that is not UTF-8 is noise, and nothing counts after it', () => {
  const { lines, noises } = split([Uint8Array.of(0x61, 0x0a, 0xc3, 0x28, 0x0a), bytes('after\n')])

  expect(lines).toEqual(['a'])
  expect(noises).toEqual(['a line that is not UTF-8: "Ã("'])
})

test('a byte order mark is not swallowed', () => {
  expect(split([bytes('\ufeff{}\n')]).lines).toEqual(['\ufeff{}'])
})
