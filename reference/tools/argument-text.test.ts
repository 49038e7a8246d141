import { expect, test } from 'vitest'
import { Writer } from '../codecs/writer.ts'
import type { OpcodeName } from '../opcodes/opcodes.ts'
import { disassemble } from './disassemble.ts'
import { writeInstruction } from './instructions.ts'

const times = 30_000

/** The first line that is printed of an instruction with this unit 30 000 times in its argument. */
function lineOf(opcode: OpcodeName, unit: readonly number[], python: '3.8' | '3.14'): string {
  const writer = new Writer()
  const payload = new Uint8Array(unit.length * times)
  for (let at = 0; at < payload.length; at += unit.length) payload.set(unit, at)
  writeInstruction(writer, opcode, payload)
  writer.u8(0x2e)
  const { text, error } = disassemble(writer.take(), { python })
  return error === undefined ? (text.split('\n')[0] ?? '') : `${error.type}: ${error.message}`
}

const quotes = [0x61, 0x27, 0x22, 0xe9]
const single = [0x61, 0x27, 0x0a]
const utf8 = [0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80]

// What repr() gives of one unit between the quotes of the whole, in CPython 3.8.18 and 3.14.2.
test.each([
  ['BINBYTES', quotes, '3.14', "b'", `a\\'"\\xe9`, "'"],
  ['BINBYTES8', single, '3.14', 'b"', "a'\\n", '"'],
  ['BYTEARRAY8', single, '3.14', 'bytearray(b"', "a\\'\\n", '")'],
  ['BINSTRING', quotes, '3.8', "'", `a\\'"é`, "'"],
  ['BINSTRING', quotes, '3.14', "'", `a\\'"\\xe9`, "'"],
  ['BINUNICODE', utf8, '3.8', "'", '€😀', "'"],
  ['BINUNICODE8', single, '3.14', '"', "a'\\n", '"'],
] as const)(
  'a long %s of %j is printed in %s as a short one is',
  (opcode, unit, python, before, one, after) => {
    const line = lineOf(opcode, unit, python)

    expect(line.slice(line.indexOf(opcode) + Math.max(opcode.length, 10) + 1)).toBe(
      before + one.repeat(times) + after,
    )
  },
)

test('a long text that is not UTF-8 is refused with its place', () => {
  const writer = new Writer()
  const payload = new Uint8Array(100_000).fill(0x61)
  payload[70_000] = 0xff
  writeInstruction(writer, 'BINUNICODE', payload)

  const { text, error } = disassemble(writer.take())

  expect(text).toBe('')
  expect(error?.type).toBe('UnicodeDecodeError')
  expect(error?.message).toContain('byte 0xff in position 70000')
})

test('a long int with needless bytes is printed', () => {
  const writer = new Writer()
  writeInstruction(writer, 'LONG4', new Uint8Array(100_000).fill(0xff))
  writer.u8(0x2e)

  expect(disassemble(writer.take()).text).toContain('LONG4      -1\n')
})

test('a long text is printed whole wherever its characters end', () => {
  for (const unit of ['é', '€', '😀', 'a€', 'aé😀']) {
    const bytes = [...new TextEncoder().encode(unit)]
    const line = lineOf('BINUNICODE', bytes, '3.14')

    expect(line.endsWith(` '${unit.repeat(times)}'`)).toBe(true)
  }
})

// pickletools.dis of 3.13.0 prints its 4300 digits.
test.each([1787, 70_000])('zeros in front of an int do not count: %d bytes', (byteLength) => {
  const payload = new Uint8Array(byteLength)
  payload[1785] = 0x10
  const writer = new Writer()
  writeInstruction(writer, 'LONG4', payload)
  writer.u8(0x2e)
  const { error, text } = disassemble(writer.take(), { python: '3.13' })

  expect(error).toBeUndefined()
  expect(text).toMatch(/LONG4 {6}81744410132094422\d{4283}\n/)
})

// What pickletools.dis of 3.13.0 and 3.14.2 print.
test('a short string of Python 2 is printed in ASCII from 3.14 on', () => {
  const pickle = Uint8Array.of(0x55, 1, 0xe9, 0x2e)

  expect(disassemble(pickle, { python: '3.13' }).text).toContain("SHORT_BINSTRING 'é'\n")
  expect(disassemble(pickle, { python: '3.14' }).text).toContain("SHORT_BINSTRING '\\xe9'\n")
})

test('a LONG_BINGET of what is not there is told', () => {
  const { error } = disassemble(Uint8Array.of(0x6a, 0x2c, 1, 0, 0, 0x2e), { python: '3.13' })

  expect(error?.message).toBe('memo key 300 has never been stored into')
})
