import { expect, test } from 'vitest'
import { argumentForms } from './arguments.ts'
import recorded from './fixtures/opcodes-cpython-3.13.0.json' with { type: 'json' }
import { isOpcodeName, opcodeNames, opcodeOfCode, opcodes } from './opcodes.ts'

test('the table is that of pickletools', () => {
  const rows = opcodeNames.map((name) => {
    const { says, ...row } = opcodes[name]
    return { name, ...row }
  })
  const expected = recorded.opcodes.map(({ bytes, ...row }) => row)

  expect(rows).toEqual(expected.sort((one, other) => one.code - other.code))
  expect(rows).toHaveLength(68)
})

/** How `pickletools` writes that the end of an argument is not a number of bytes. */
const endings = new Map([
  [-1, 'lines'],
  [-2, 'uint1'],
  [-3, 'int4'],
  [-4, 'uint4'],
  [-5, 'uint8'],
])

test.each(recorded.opcodes)('the argument of $name ends as in pickletools', ({ name, bytes }) => {
  if (!isOpcodeName(name)) throw new Error(`${name} is missing`)
  const { layout } = argumentForms[opcodes[name].argument]
  const ending = layout.by === 'count' ? layout.prefix : layout.by

  expect(endings.get(bytes) ?? (bytes === 0 ? 'nothing' : 'size')).toBe(ending)
  if (layout.by === 'size') expect(layout.bytes).toBe(bytes)
})

test('every row says something of its own', () => {
  const sayings = opcodeNames.map((name) => opcodes[name].says)

  expect(new Set(sayings).size).toBe(sayings.length)
})

test('an opcode is found by its byte', () => {
  expect(opcodeOfCode(0x2e)).toBe('STOP')
  expect(opcodeOfCode(0x98)).toBe('READONLY_BUFFER')
  expect(opcodeOfCode(0xff)).toBeUndefined()
  expect(opcodeOfCode(256)).toBeUndefined()
})

test('a name is told from what is none', () => {
  expect(isOpcodeName('BINGET')).toBe(true)
  expect(isOpcodeName('binget')).toBe(false)
  expect(isOpcodeName('toString')).toBe(false)
})
