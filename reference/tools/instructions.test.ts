import { expect, test } from 'vitest'
import { bytesOfHex } from '../codecs/hex.ts'
import { encodeLatin1 } from '../codecs/text.ts'
import { Writer } from '../codecs/writer.ts'
import { PickleError } from '../errors.ts'
import { genops } from './genops.ts'
import { instructions, rawInstructions, writeInstruction } from './instructions.ts'

// pickle.dumps([1, 'a', b'b', 1.5, len], 3) of CPython 3.13.0
const pickle = bytesOfHex(
  '80035d7100284b0158010000006171014301627102473ff8000000000000635f5f6275696c74696e5f5f0a6c656e0a7103652e',
)

test('instructions come with offset, length and argument', () => {
  expect([...instructions(pickle)]).toEqual([
    { opcode: 'PROTO', argument: { kind: 'int', value: 3 }, offset: 0, length: 2 },
    { opcode: 'EMPTY_LIST', argument: { kind: 'none' }, offset: 2, length: 1 },
    { opcode: 'BINPUT', argument: { kind: 'int', value: 0 }, offset: 3, length: 2 },
    { opcode: 'MARK', argument: { kind: 'none' }, offset: 5, length: 1 },
    { opcode: 'BININT1', argument: { kind: 'int', value: 1 }, offset: 6, length: 2 },
    { opcode: 'BINUNICODE', argument: { kind: 'str', value: 'a' }, offset: 8, length: 6 },
    { opcode: 'BINPUT', argument: { kind: 'int', value: 1 }, offset: 14, length: 2 },
    {
      opcode: 'SHORT_BINBYTES',
      argument: { kind: 'bytes', value: Uint8Array.of(0x62) },
      offset: 16,
      length: 3,
    },
    { opcode: 'BINPUT', argument: { kind: 'int', value: 2 }, offset: 19, length: 2 },
    {
      opcode: 'BINFLOAT',
      argument: { kind: 'float', value: 1.5, bits: 0x3ff8000000000000n },
      offset: 21,
      length: 9,
    },
    {
      opcode: 'GLOBAL',
      argument: { kind: 'global', module: '__builtin__', name: 'len' },
      offset: 30,
      length: 17,
    },
    { opcode: 'BINPUT', argument: { kind: 'int', value: 3 }, offset: 47, length: 2 },
    { opcode: 'APPENDS', argument: { kind: 'none' }, offset: 49, length: 1 },
    { opcode: 'STOP', argument: { kind: 'none' }, offset: 50, length: 1 },
  ])
})

test('raw instructions written again are the pickle', () => {
  const writer = new Writer()
  for (const { opcode, payload } of rawInstructions(pickle)) {
    writeInstruction(writer, opcode, payload)
  }

  expect(writer.take()).toEqual(pickle)
})

test('STOP is the end, and another pickle may begin behind it', () => {
  const two = Uint8Array.of(0x4e, 0x2e, 0x88, 0x2e)

  expect([...instructions(two)].map(({ opcode }) => opcode)).toEqual(['NONE', 'STOP'])
  expect([...instructions(two, 2)].map(({ opcode, offset }) => [opcode, offset])).toEqual([
    ['NEWTRUE', 2],
    ['STOP', 3],
  ])
})

test.each([
  ['N', 1, 'ValueError', 'pickle exhausted before seeing STOP'],
  ['NN\xff', 2, 'ValueError', "at position 2, opcode b'\\xff' unknown"],
  ['NM\x01', 1, 'ValueError', 'not enough data in stream to read uint2'],
  ['NI5', 1, 'ValueError', 'no newline found when trying to read stringnl'],
  ['NI5x\n', 1, 'ValueError', "invalid literal for int() with base 10: b'5x'"],
  [
    'N\x8c\x01\xff',
    1,
    'UnicodeDecodeError',
    "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
  ],
])('%j fails after what came before, with its place', (text, offset, type, message) => {
  const reading = instructions(encodeLatin1(text))
  const given: string[] = []
  let failure: unknown
  try {
    for (const { opcode } of reading) given.push(opcode)
  } catch (error) {
    failure = error
  }

  expect(given).toEqual(new Array(offset).fill('NONE'))
  expect(failure).toBeInstanceOf(PickleError)
  expect(failure).toMatchObject({ type, offset, message })
})

test('a fault of ours is not taken for one of the pickle', () => {
  const strange = new Proxy(new Uint8Array(0), {})

  expect(() => [...instructions(strange)]).toThrow(TypeError)
})

test('genops reads as pickletools of Python 3.14 unless told otherwise', () => {
  const global = encodeLatin1('c\xc3\xa9\nb\n.')

  expect([...genops(global)][0]?.argument).toEqual({ kind: 'global', module: 'é', name: 'b' })
  expect(() => [...genops(global, { python: '3.13' })]).toThrow("'ascii' codec can't decode")
})
