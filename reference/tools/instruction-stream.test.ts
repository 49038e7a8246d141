import { describe, expect, test } from 'vitest'
import type { PythonVersion } from '../codecs/python-version.ts'
import { asPickleError } from '../errors.ts'
import { Disassembler } from './disassemble.ts'
import { bytesOfParts, recordings } from './fixtures/recorded.ts'
import { InstructionStream } from './instruction-stream.ts'

/** The disassembly of a pickle that comes in pieces of so many bytes, one of the lengths after the other. */
function disassembleInPieces(
  bytes: Uint8Array,
  lengths: readonly [number, ...number[]],
  python: PythonVersion,
) {
  let text = ''
  const disassembler = new Disassembler(
    (piece) => {
      text += piece
    },
    { python },
  )
  const stream = new InstructionStream()
  let pushed = 0
  for (let turn = 0; ; turn++) {
    try {
      for (let found = stream.next(); found !== undefined; found = stream.next()) {
        disassembler.print(found)
        if (found.opcode === 'STOP') return { text, error: null }
      }
    } catch (error) {
      const { type, message } = asPickleError(error)
      return { text, error: [type, message] }
    }
    if (pushed === bytes.length) stream.end()
    const length = lengths[turn % lengths.length] ?? lengths[0]
    stream.push(bytes.subarray(pushed, pushed + length))
    pushed = Math.min(pushed + length, bytes.length)
  }
}

describe.each(recordings)('pickletools.dis of $interpreter', ({ python, cases }) => {
  const recorded = cases.flatMap(({ name, pickle, dis }) =>
    dis === undefined ? [] : [{ name, bytes: bytesOfParts(pickle), dis }],
  )

  test.each([[[1]], [[2]], [[3, 5]], [[1, 40]], [[200, 1, 1]]] as const)(
    'is printed of pickles in pieces of %j bytes',
    (lengths) => {
      for (const { name, bytes, dis } of recorded) {
        const found = disassembleInPieces(bytes, lengths, python)

        expect(found, name).toEqual(dis)
      }
    },
  )
})

test('what is missing is told as soon as it is known', () => {
  const stream = new InstructionStream()
  const missing: number[] = []
  // SHORT_BINUNICODE 'ab', BINBYTES8 of three bytes, GLOBAL 'm n', BINFLOAT
  const bytes = [
    ...[0x8c, 2, 0x61, 0x62],
    ...[0x8e, 3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3],
    ...[0x63, 0x6d, 0x0a, 0x6e, 0x0a],
    ...[0x47, 0, 0, 0, 0, 0, 0, 0, 0],
  ]

  for (const byte of bytes) {
    stream.push(Uint8Array.of(byte))
    missing.push(stream.next() === undefined ? stream.missing : 0)
  }

  // A line may end with every byte: it is looked at again once there is twice as much.
  expect(missing).toEqual([
    ...[1, 2, 1, 0],
    ...[8, 7, 6, 5, 4, 3, 2, 1, 3, 2, 1, 0],
    ...[1, 2, 1, 4, 3],
    ...[2, 1, 0, 5, 4, 3, 2, 1, 0],
  ])
  expect(stream.offset + stream.available).toBe(bytes.length)
})

test('an end inside an instruction is refused once it is told, not before', () => {
  const stream = new InstructionStream()
  // UNICODE without its LF
  stream.push(Uint8Array.of(0x56, 0x61))

  expect(stream.next()).toBeUndefined()
  expect(stream.isEnded).toBe(false)

  stream.end()

  expect(stream.isEnded).toBe(true)
  expect(() => stream.next()).toThrow('no newline found when trying to read unicodestringnl')
})

test('an unknown opcode is refused at once', () => {
  const stream = new InstructionStream()
  stream.push(Uint8Array.of(0xff))

  expect(() => stream.next()).toThrow("at position 0, opcode b'\\xff' unknown")
})

test('an empty line is there as soon as its LF is', () => {
  const stream = new InstructionStream()
  stream.push(Uint8Array.of(0x56, 0x0a, 0x56))

  expect(stream.next()).toMatchObject({ opcode: 'UNICODE', offset: 0, length: 2 })
})

test('the LF of an instruction before is not taken for the end of a line', () => {
  const stream = new InstructionStream()
  // UNICODE 'aaaaaa', and the beginning of another one, which lies where the first did
  stream.push(Uint8Array.of(0x56, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x0a))
  expect(stream.next()?.length).toBe(8)
  stream.push(Uint8Array.of(0x56, 0x62))

  expect(stream.next()).toBeUndefined()
  expect(stream.missing).toBe(2)
  stream.push(Uint8Array.of(0x0a, 0x2e))
  expect(stream.next()).toMatchObject({ opcode: 'UNICODE', offset: 8, length: 3 })
})
