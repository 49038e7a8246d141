import { describe, expect, test } from 'vitest'
import { disassemble } from './disassemble.ts'
import { annotatedRecordings } from './fixtures/annotated.ts'
import { bytesOfParts, recordings } from './fixtures/recorded.ts'

describe.each(recordings)('pickletools.dis of $interpreter', ({ python, cases }) => {
  const disassembled = cases.flatMap(({ name, pickle, dis }) =>
    dis === undefined ? [] : [{ name, pickle, dis }],
  )

  test.each(disassembled)('$name', ({ pickle, dis }) => {
    const { text, error } = disassemble(bytesOfParts(pickle), { python })

    expect(text).toBe(dis.text)
    expect(error && [error.type, error.message]).toEqual(dis.error ?? undefined)
  })
})

describe.each(annotatedRecordings)('annotated by $interpreter', ({ python, cases }) => {
  test.each(cases)('$name', ({ pickle, text, error: recorded }) => {
    const { text: printed, error } = disassemble(pickle(), { python, annotate: 30 })

    expect(error && [error.type, error.message]).toEqual(recorded)
    expect(printed).toBe(text())
  })
})

// What Python 3.13.0 prints.
test.each(['😁', '😀', '\u{103ff}'])('%s has the width of one character', (character) => {
  const bytes = new TextEncoder().encode(character.repeat(2))
  const pickle = Uint8Array.of(0x58, bytes.length, 0, 0, 0, ...bytes, 0x2e)
  const { text } = disassemble(pickle, { python: '3.13', annotate: 1 })

  expect(text.split('\n').slice(0, 2)).toEqual([
    `    0: X    BINUNICODE '${character === '\u{103ff}' ? '\\U000103ff'.repeat(2) : character.repeat(2)}' Push a Python Unicode string object.`,
    expect.stringMatching(/^ {3}13: \. {4}STOP/),
  ])
})

// What Python 3.13.0 prints.
test.each([
  ['\u{10001}', '\u{10001}', 17],
  ['\u{1f600}', '\u{1f600}', 17],
  ['\u{103ff}', '\\U000103ff', 26],
])('what stands behind %s is in the column where it ends', (character, printed, blanks) => {
  const pickle = Uint8Array.of(0x8c, 4, ...new TextEncoder().encode(character), 0x2e)
  const { text } = disassemble(pickle, { python: '3.13', annotate: 20 })

  expect(text.split('\n').slice(0, 2)).toEqual([
    `    0: \\x8c SHORT_BINUNICODE '${printed}' Push a Python Unicode string object.`,
    `    6: .    STOP${' '.repeat(blanks)}Stop the unpickling machine.`,
  ])
})

// pickletools.dis(b'N0' * 500 + b'N.', annotate=30) in Python 3.13.0.
test('annotations stand in one column, however many lines there are', () => {
  const pickle = new TextEncoder().encode(`${'N0'.repeat(500)}N.`)
  const { text } = disassemble(pickle, { python: '3.13', annotate: 30 })
  const lines = text.split('\n').slice(0, 1002)

  expect(lines[1000]).toBe(`${' 1000: N    NONE'.padEnd(38)}Push None on the stack.`)
  expect(new Set(lines.map((line) => line.search(/Push|Discard|Stop/)))).toEqual(new Set([38]))
})
