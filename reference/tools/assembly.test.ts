import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOfHex, hexOfBytes } from '../codecs/hex.ts'
import { type StrContent, strContent } from '../codecs/str-content.ts'
import { Writer } from '../codecs/writer.ts'
import { NotationError } from '../errors.ts'
import { type Argument, type ArgumentKind, floatArgumentOf } from '../opcodes/arguments.ts'
import { opcodeNames, opcodes } from '../opcodes/opcodes.ts'
import { assemble, disassembleToAssembly } from './assembly.ts'
import python2 from './fixtures/pickles-cpython-2.7.18.json' with { type: 'json' }
import python3 from './fixtures/pickles-cpython-3.13.0.json' with { type: 'json' }
import { argumentFormOf, writeInstruction } from './instructions.ts'

const recorded = [...python2.pickles, ...python3.pickles].map(([name = '', hex = '']) => ({
  name,
  hex,
}))

describe('pickles of real interpreters', () => {
  test.each(recorded)('$name comes back byte for byte', ({ hex }) => {
    const lines = disassembleToAssembly(bytesOfHex(hex))

    expect(hexOfBytes(assemble(lines))).toBe(hex)
    expect(disassembleToAssembly(assemble(lines))).toEqual(lines)
  })

  test('they use most of the instruction set', () => {
    const lines = recorded.flatMap(({ hex }) => disassembleToAssembly(bytesOfHex(hex)))
    const used = new Set(lines.map((line) => line.split(' ')[0]))

    const unused = opcodeNames.filter((name) => !used.has(name))
    expect(unused).toEqual(['DUP', 'BINUNICODE8', 'BINBYTES8'])
  })
})

test.each([
  [['MARK', 'LIST', 'PUT 0', 'GET 0', 'APPEND', 'STOP'], '286c70300a67300a612e'],
  [
    ['PROTO 4', 'FRAME 6', 'EMPTY_LIST', 'MEMOIZE', 'BINGET 0', 'APPEND', 'STOP'],
    '80049506000000000000005d946800612e',
  ],
  [
    ['BININT1 5', 'BININT2 258', 'BININT -2', 'LONG1 -549755813888', 'LONG4 0'],
    '4b054d02014afeffffff8a0500000000808b00000000',
  ],
  [
    ['INT 7', 'INT 01', 'INT 00', 'LONG -5', 'INT raw "+7"', 'LONG raw "5"'],
    '49370a4930310a4930300a4c2d354c0a492b370a4c350a',
  ],
  [
    [
      'FLOAT 1.5',
      'FLOAT nan',
      'FLOAT raw "1.50"',
      'BINFLOAT 1e-05',
      'BINFLOAT 0x7ff8000000000001',
      'BINFLOAT 0xfff0000000000001',
    ],
    '46312e350a466e616e0a46312e35300a473ee4f8b588e368f1477ff800000000000147fff0000000000001',
  ],
  [
    ['STRING "it\'s"', 'STRING raw "\'a\\""', 'SHORT_BINSTRING "é"', 'BINSTRING "a"'],
    '53226974277322' + '0a' + '532761220a' + '5501e9' + '540100000061',
  ],
  [
    [
      'UNICODE "a\\\\"',
      'UNICODE raw "\\\\u0041"',
      'SHORT_BINUNICODE "é"',
      'BINUNICODE "\\ud800"',
      'BINUNICODE8 [55357, 56832]',
    ],
    '56615c75303035630a565c75303034310a8c02c3a95803000000eda0808d0600000000000000eda0bdedb880',
  ],
  [["SHORT_BINUNICODE x'ff'", "LONG1 x'0500'"], '8c01ff8a020500'],
  [
    ['GLOBAL "scenario" "Ä.b"', 'INST raw "a" "ÿ"', 'PERSID "x"', 'PERSID raw "ÿ"'],
    '637363656e6172696f0ac3842e620a69610aff0a50780a50ff0a',
  ],
  [
    ["SHORT_BINBYTES x''", "BINBYTES x'6162'", "BYTEARRAY8 x'61'*65", "BINBYTES8 x'00'"],
    `430042020000006162964100000000000000${'61'.repeat(65)}8e010000000000000000`,
  ],
  [
    [
      'NONE *9',
      'BININT1 5 *10',
      'NONE',
      'NONE',
      'UNICODE "ab"',
      'UNICODE "a"*65',
      'UNICODE "😀"*65',
    ],
    '4e'.repeat(9) +
      '4b05'.repeat(10) +
      '4e4e' +
      '5661620a' +
      '56' +
      '61'.repeat(65) +
      '0a56' +
      hexOfBytes(new TextEncoder().encode('\\U0001f600')).repeat(65) +
      '0a',
  ],
  [
    ['EXT1 1', 'EXT2 300', 'EXT4 -1', 'LONG_BINGET 256', 'LONG_BINPUT 4294967295'],
    '820183' + '2c0184ffffffff6a0001000072ffffffff',
  ],
])('%j is %s, both ways', (lines, hex) => {
  expect(hexOfBytes(assemble(lines))).toBe(hex)
  expect(disassembleToAssembly(bytesOfHex(hex))).toEqual(lines)
})

test('what is repeated less often is written out', () => {
  const letters = 'a'.repeat(64)
  const lines = [
    ...new Array(8).fill('NONE'),
    `UNICODE "${letters}"`,
    `BINBYTES x'${'61'.repeat(64)}'`,
  ]

  expect(disassembleToAssembly(assemble(lines))).toEqual(lines)
})

test.each([
  ['more blanks than needed', ['  BININT1   5  *2 '], '4b054b05'],
  ['n for the protocol given', ['PROTO n'], '8004'],
  ['an array of code points that needs none', ['SHORT_BINUNICODE [97, 98]'], '8c026162'],
  [
    'several characters repeated',
    ['SHORT_BINUNICODE "ab"*2', "SHORT_BINBYTES x'6162'*2"],
    '8c0461626162' + '430461626162',
  ],
  [
    'halves of pairs that meet when repeated',
    ['SHORT_BINUNICODE "\\udc00\\ud800"*2'],
    '8c0cedb080eda080edb080eda080',
  ],
  ['an array repeated', ['SHORT_BINUNICODE [55357, 56832]*2'], '8c0ceda0bdedb880eda0bdedb880'],
  ['nothing, as often as may be', ['SHORT_BINUNICODE ""*268435456'], '8c00'],
  ['nothing repeated', ['SHORT_BINUNICODE ""*3', "SHORT_BINBYTES x''*3"], '8c004300'],
  ['bytes for a counted text', ["BINSTRING x'61'*2"], '54020000006161'],
  ['no lines', [], ''],
])('%s can be assembled', (_, lines, hex) => {
  expect(hexOfBytes(assemble(lines, { protocol: 4 }))).toBe(hex)
})

test.each([
  ['', 0, 'the line ends, wanted the name of an opcode'],
  ['NOPE', 0, 'NOPE is not the name of an opcode'],
  ['none', 0, 'none is not the name of an opcode'],
  ['NONE 5', 5, 'found "5", wanted the end of the line'],
  ['NONE *0', 5, 'found "*0", wanted the end of the line'],
  ['NONE *2 *3', 8, 'found "*3", wanted the end of the line'],
  [
    'NONE abcdefghijklmnopqrstuvwxyz',
    5,
    'found "abcdefghijklmnopqrst", wanted the end of the line',
  ],
  ['PERSID raw "\u0100"', 11, 'U+0100 is not a byte: wanted characters up to U+00FF'],
  ['SHORT_BINUNICODE ""*268435457', 19, '268435457 times 0 is too much: wanted 268435456 at most'],
  ['NONE *268435457', 5, '268435457 times 1 is too much: wanted 268435456 at most'],
  ['BININT1', 7, 'the line ends, wanted a decimal int'],
  ['BININT1 05', 8, 'found "05", wanted a decimal int'],
  ['BININT1 256', 8, '256 does not fit: wanted 0 to 255'],
  ['BININT 2147483648', 7, '2147483648 does not fit: wanted -2147483648 to 2147483647'],
  ['BININT1 01', 8, 'found "01", wanted a decimal int'],
  ['PROTO n', 6, 'n stands for no protocol here'],
  ['BININT1 n', 8, 'found "n", wanted a decimal int'],
  ['BINFLOAT 0x7ff8', 9, 'found "0x7ff8", wanted a float or 0x and 16 hex digits'],
  ['SHORT_BINUNICODE abc', 17, 'found "abc", wanted a JSON string or code points'],
  ['SHORT_BINUNICODE "a', 17, 'found "\\"a", wanted a JSON string or code points'],
  [
    'SHORT_BINUNICODE [1114112]',
    17,
    '1114112 at index 0 is not a code point: wanted an integer from 0 to 1114111',
  ],
  ['SHORT_BINUNICODE "a"*256', 17, '256 bytes are too many: wanted 255 at most'],
  [
    'SHORT_BINUNICODE "ab"*134217729',
    21,
    '134217729 times 2 is too much: wanted 268435456 at most',
  ],
  ['SHORT_BINUNICODE "a"*2*3', 22, 'found "*3", wanted the end of the line'],
  ['SHORT_BINBYTES "a"', 15, 'found "\\"a\\"", wanted bytes such as x\'6162\''],
  ["SHORT_BINBYTES x'6'", 18, '1 hex digits are an odd number: wanted two for each byte'],
  ["SHORT_BINBYTES x'6g'", 18, '"g" is not a hex digit'],
  ['STRING "€"', 7, 'U+20AC is not a byte: wanted characters up to U+00FF'],
  ['INT raw "1\\n2"', 4, '2 lines of text, wanted 1'],
  ['GLOBAL "a\\nb" "c"', 7, '3 lines of text, wanted 2'],
  ['GLOBAL "a"', 10, 'the line ends, wanted a JSON string or code points'],
  [
    'PERSID "\\ud800"',
    7,
    "'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed",
  ],
])('%s is refused with its place', (line, column, message) => {
  const assembling = () => assemble(['NONE', line])

  expect(assembling).toThrow(NotationError)
  expect(assembling).toThrow(
    expect.objectContaining({
      line: 1,
      column,
      message: `line 2, column ${column + 1}: ${message}`,
    }),
  )
})

test('a malformed JSON string is refused with its place', () => {
  expect(() => assemble(['UNICODE "\\x"'])).toThrow(/^line 1, column 9: .*JSON/)
})

const str: fc.Arbitrary<StrContent> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0x10ffff })).map(strContent),
  fc.array(fc.integer({ min: 0xd7fe, max: 0xe001 })).map(strContent),
  fc
    .tuple(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.integer({ min: 60, max: 70 }),
    )
    .map(([unit, times]) => unit.repeat(times)),
)
const line: fc.Arbitrary<StrContent> = fc
  .string({ unit: 'binary' })
  .map((text) => text.replaceAll('\n', ''))
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 100 }),
  fc
    .tuple(fc.nat(255), fc.integer({ min: 60, max: 70 }))
    .map(([byte, times]) => new Uint8Array(times).fill(byte)),
)
const int = (min: bigint, max: bigint): fc.Arbitrary<Argument> =>
  fc.bigInt({ min, max }).map((value) => ({ kind: 'int', value }))
const strArgument = str.map((value): Argument => ({ kind: 'str', value }))
const bytesArgument = bytes.map((value): Argument => ({ kind: 'bytes', value }))
const float = fc
  .oneof(fc.double(), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }))
  .map(floatArgumentOf)
const anyInt = int(-(2n ** 500n), 2n ** 500n)

const argumentsOf: Record<ArgumentKind, fc.Arbitrary<Argument>> = {
  none: fc.constant({ kind: 'none' }),
  uint1: int(0n, 0xffn),
  uint2: int(0n, 0xffffn),
  int4: int(-(2n ** 31n), 2n ** 31n - 1n),
  uint4: int(0n, 2n ** 32n - 1n),
  uint8: int(0n, 2n ** 64n - 1n),
  float8: float,
  decimalnl_short: fc.oneof(
    anyInt,
    fc.boolean().map((value): Argument => ({ kind: 'bool', value })),
  ),
  decimalnl_long: anyInt,
  floatnl: float,
  long1: anyInt,
  long4: anyInt,
  stringnl: bytesArgument,
  string1: bytesArgument,
  string4: bytesArgument,
  stringnl_noescape: line.map((value): Argument => ({ kind: 'str', value })),
  stringnl_noescape_pair: fc
    .tuple(line, line)
    .map(([module, name]): Argument => ({ kind: 'global', module, name })),
  unicodestringnl: strArgument,
  unicodestring1: str
    .filter((value) => value.length < 60)
    .map((value): Argument => ({ kind: 'str', value })),
  unicodestring4: strArgument,
  unicodestring8: strArgument,
  bytes1: bytesArgument,
  bytes4: bytesArgument,
  bytes8: bytesArgument,
  bytearray8: bytesArgument,
}

/** An instruction that Python's own picklers could have written. */
const instruction = fc.constantFrom(...opcodeNames).chain((opcode) =>
  argumentsOf[opcodes[opcode].argument].map((argument) => {
    const writer = new Writer()
    writeInstruction(writer, opcode, argumentFormOf(opcode).encode(argument))
    return writer.take()
  }),
)

/** An instruction with any bytes for an argument: misspelled, too long, not even UTF-8. */
const strangeInstruction = fc
  .tuple(fc.constantFrom(...opcodeNames), fc.uint8Array({ maxLength: 80 }))
  .map(([opcode, payload]) => {
    const { layout } = argumentFormOf(opcode)
    const text = payload.filter((byte) => byte !== 0x0a)
    const writer = new Writer()
    switch (layout.by) {
      case 'nothing':
        writeInstruction(writer, opcode, new Uint8Array(0))
        break
      case 'size':
        writeInstruction(
          writer,
          opcode,
          Uint8Array.of(...payload, 0, 0, 0, 0, 0, 0, 0, 0).subarray(0, layout.bytes),
        )
        break
      case 'lines':
        writeInstruction(writer, opcode, layout.lines === 1 ? text : Uint8Array.of(0x0a, ...text))
        break
      case 'count':
        writeInstruction(writer, opcode, payload)
        break
    }
    return writer.take()
  })

/** Runs of instructions, long ones among them. */
const stream = fc
  .array(fc.tuple(fc.oneof(instruction, strangeInstruction), fc.constantFrom(1, 1, 1, 2, 8, 9, 10)))
  .map((runs) =>
    Uint8Array.from(
      runs.flatMap(([one, times]) => Array.from({ length: times }, () => [...one]).flat()),
    ),
  )

test('assembling inverts disassembling, for any stream of instructions', () => {
  fc.assert(
    fc.property(stream, (pickle) => {
      const lines = disassembleToAssembly(pickle)

      expect(hexOfBytes(assemble(lines))).toBe(hexOfBytes(pickle))
      expect(disassembleToAssembly(assemble(lines))).toEqual(lines)
    }),
    { numRuns: 500 },
  )
})
