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

const negative = [0, 0, 0, 0x80]

test.each<[what: string, bytes: readonly number[]]>([
  ['NONE', [0x4e]],
  ['BININT', [0x4a, 1, 0, 0, 0]],
  ['INT', [0x49, 0x31, 0x0a]],
  ['GLOBAL', [0x63, 0x6d, 0x0a, 0x6e, 0x0a]],
  ['SHORT_BINBYTES', [0x43, 1, 0]],
  ['BINBYTES', [0x42, 1, 0, 0, 0, 0]],
  ['LONG4', [0x8b, 1, 0, 0, 0, 0]],
  ['BINBYTES8', [0x8e, 1, 0, 0, 0, 0, 0, 0, 0, 0]],
])('%s is there with its last byte, though nobody said that it is the end', (name, bytes) => {
  const stream = new InstructionStream()

  for (let times = 0; times < 3; times++) {
    stream.push(Uint8Array.from(bytes))
    expect(stream.next()).toMatchObject({ opcode: name, length: bytes.length })
    expect(stream.missing).toBe(1)
  }
  stream.push(Uint8Array.from([...bytes, ...bytes]))
  expect(stream.missing).toBe(0)
  expect([stream.next(), stream.next(), stream.next()].map((one) => one?.opcode)).toEqual([
    name,
    name,
    undefined,
  ])
})

test('what is missing of a great count is told in full', () => {
  const missingOf = (...bytes: readonly number[]) => {
    const stream = new InstructionStream()
    stream.push(Uint8Array.from(bytes))
    expect(stream.next()).toBeUndefined()
    return stream.missing
  }

  expect(missingOf(0x42, 1, 2, 3, 0xff)).toBe(0xff030201)
  expect(missingOf(0x8e, 1, 2, 3, 4, 5, 0, 0, 0)).toBe(5 * 2 ** 32 + 0x04030201)
  expect(missingOf(0x8e, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f)).toBe(0x7fffffff * 2 ** 32)
})

test.each([
  ['LONG4', [0x8b, ...negative], 'ValueError'],
  ['BINSTRING', [0x54, ...negative], 'ValueError'],
  ['BINBYTES8', [0x8e, 0, 0, 0, 0, ...negative], 'ValueError'],
])('a count of %s that is refused is refused at once', (_, bytes, type) => {
  const stream = new InstructionStream()
  stream.push(Uint8Array.from(bytes))

  expect(() => stream.next()).toThrow(expect.objectContaining({ type }))
})

test('room that is made keeps what is there', () => {
  const stream = new InstructionStream()
  stream.push(Uint8Array.of(0x4e, 0x4b, 1, 0x4e))
  expect(stream.next()?.opcode).toBe('NONE')
  stream.reserve(1000)

  expect(stream.next()).toMatchObject({ opcode: 'BININT1', payload: Uint8Array.of(1) })
  expect(stream.next()?.opcode).toBe('NONE')
  expect(stream.offset).toBe(4)
})
