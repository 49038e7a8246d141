/**
 * The edges that the clauses on pickle tools name, each with the answer of CPython's pickletools.
 *
 * @clause OPT-01 OPT-02 OPT-03 OPT-04 OPT-05 OPT-06 OPT-07 OPT-08 OPT-20 OPT-21 OPT-22 OPT-23
 * @clause DOC-FAST-5
 */
import { expect, test } from 'vitest'
import { bytesOfHex, hexOfBytes } from '../codecs/hex.ts'
import { PickleError } from '../errors.ts'
import { assemble, disassembleToAssembly } from './assembly.ts'
import { disassemble } from './disassemble.ts'
import { genops } from './genops.ts'
import { optimize } from './optimize.ts'

test.each([
  ['OPT-01/trailing-bytes', '80025d71002e747261696c696e67', '80025d2e'],
  [
    'OPT-01/frames',
    '80049509000000000000005d94284b014b02652e',
    '80049508000000000000005d284b014b02652e',
  ],
  ['OPT-02/after-put', '285d71055d946801742e', '285d5d71006800742e'],
  ['OPT-02/after-repeated-put', '285d71055d71055d946801742e', '285d5d5d71006800742e'],
  ['OPT-03/no-proto', '5d946800862e', '5d71006800862e'],
  ['OPT-03/proto-2', '80025d72000000006a00000000862e', '80025d71006800862e'],
  ['OPT-03/proto-4', '80045d71006800862e', '80049506000000000000005d946800862e'],
  ['OPT-03/text-gets', '285d710067300a742e', '285d70300a67300a742e'],
  ['OPT-04/first', '80045d7100680086302e', '80049507000000000000005d94680086302e'],
  ['OPT-04/elsewhere', '4b018002304e2e', '4b018002304e2e'],
  ['OPT-05/unused-put', '80025d71002e', '80025d2e'],
  ['OPT-05/used-put', '8002285d71055d710368036805742e', '8002285d71005d710168016800742e'],
  ['OPT-05/put-twice', '8002285d71005d71006800742e', '8002285d71005d71016801742e'],
  ['OPT-07/late-proto', '4b013080045d71006800862e', '950b000000000000004b013080045d946800862e'],
  [
    'DOC-FAST-5/optimized-tree',
    '80025d710028580100000061710158010000006271026571032e',
    '80025d28580100000061580100000062652e',
  ],
  ['DOC-FAST-5/optimized-cycle', '80025d71006800612e', '80025d71006800612e'],
])('%s', (_, pickle, optimized) => {
  expect(hexOfBytes(optimize(bytesOfHex(pickle)))).toBe(optimized)
})

const frames = (lines: readonly string[]): string[] =>
  disassembleToAssembly(optimize(assemble(lines))).filter((line) => line.startsWith('FRAME'))

test.each([
  ['OPT-06/65531', ['PROTO 4', "BINBYTES x'78'*65531", 'STOP'], ['FRAME 65536']],
  ['OPT-06/65532', ['PROTO 4', "BINBYTES x'78'*65532", 'STOP'], []],
  [
    'OPT-06/many-small',
    [
      'PROTO 4',
      'EMPTY_LIST',
      ...Array<string>(70)
        .fill('MARK')
        .flatMap((mark) => [mark, 'NONE *1000', 'APPENDS']),
      'STOP',
    ],
    ['FRAME 65536', 'FRAME 4606'],
  ],
])('%s', (_, lines, expected) => {
  expect(frames(lines)).toEqual(expected)
})

const refusalOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof PickleError) return `${error.type}: ${error.message}`
    throw error
  }
  return 'none'
}

test.each([
  ['OPT-05/get-before-put', '80022868055d7105742e', 'TypeError: '],
  ['OPT-08/no-stop', '80025d7100', 'ValueError: pickle exhausted before seeing STOP'],
])('%s', (_, pickle, refused) => {
  expect(refusalOf(() => optimize(bytesOfHex(pickle)))).toContain(refused)
})

test('OPT-08/non-ascii-global', () => {
  const pickle = bytesOfHex('8003636772c3b6c39f650a780a2e')

  expect(refusalOf(() => optimize(pickle, { python: '3.13' }))).toContain('UnicodeDecodeError')
  expect(refusalOf(() => optimize(pickle, { python: '3.14' }))).toBe('none')
})

const read = (pickle: string, python?: '3.13' | '3.14') =>
  [...genops(bytesOfHex(pickle), python === undefined ? {} : { python })].map(
    ({ opcode, argument, offset }) => [opcode, argument, offset],
  )

test('OPT-20/positions', () => {
  expect(read('80024b072e').map(([opcode, , offset]) => [opcode, offset])).toEqual([
    ['PROTO', 0],
    ['BININT1', 2],
    ['STOP', 4],
  ])
})

test('OPT-20/trailing-bytes', () => {
  expect(read('4e2e4e').map(([opcode]) => opcode)).toEqual(['NONE', 'STOP'])
})

test.each([
  [
    'OPT-21/hexadecimal',
    '49307831300a2e',
    "ValueError: invalid literal for int() with base 10: b'0x10'",
  ],
  ['OPT-21/unquoted-string', '536162630a2e', "ValueError: no string quotes around b'abc'"],
])('%s', (_, pickle, refused) => {
  expect(refusalOf(() => read(pickle))).toBe(refused)
})

test.each([
  ['OPT-21/booleans', '4930300a4930310a302e', [{ value: false }, { value: true }]],
  ['OPT-21/proto-200', '80c84e2e', [{ value: 200 }]],
  ['OPT-22/short-binstring', '5501e92e', [{ value: 'é' }]],
])('%s', (_, pickle, expected) => {
  const found = read(pickle).map(([, argument]) => argument)

  expect(found.slice(0, expected.length)).toMatchObject(expected)
})

test('OPT-22/string', () => {
  const pickle = '53275c786539270a2e'

  expect(refusalOf(() => read(pickle, '3.13'))).toContain('UnicodeDecodeError')
  expect(refusalOf(() => read(pickle, '3.14'))).toBe('none')
})

test('OPT-23/layout', () => {
  expect(disassemble(bytesOfHex('284b014b02742e'))).toEqual({
    text: [
      '    0: (    MARK',
      '    1: K        BININT1    1',
      '    3: K        BININT1    2',
      '    5: t        TUPLE      (MARK at 0)',
      '    6: .    STOP',
      'highest protocol among opcodes = 1',
      '',
    ].join('\n'),
    error: undefined,
  })
})

test.each([
  ['OPT-23/pops-too-many', '302e', 'tries to pop 1 items from stack with only 0 items'],
  ['OPT-23/no-mark', '742e', 'no MARK exists on stack'],
  ['OPT-23/not-empty-after-stop', '4e4e2e', 'stack not empty after STOP: [None]'],
  ['OPT-23/never-stored', '68032e', 'memo key 3 has never been stored into'],
])('%s', (_, pickle, message) => {
  expect(disassemble(bytesOfHex(pickle)).error).toMatchObject({ type: 'ValueError', message })
})
