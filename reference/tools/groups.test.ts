import { expect, test } from 'vitest'
import { hexOfBytes } from '../codecs/hex.ts'
import { assemble, disassembleToAssembly } from './assembly.ts'
import { groupLines } from './groups.ts'

test('a run of instructions that stands four times in a row is written once', () => {
  const pair = ['EMPTY_DICT', 'BININT1 0']

  expect(groupLines([...pair, ...pair, ...pair, ...pair, 'STOP'])).toEqual([
    '( EMPTY_DICT ; BININT1 0 ) *4',
    'STOP',
  ])
  expect(groupLines([...pair, ...pair, ...pair, 'STOP'])).toHaveLength(7)
})

test('a line that is itself a run stays out of groups', () => {
  const pair = ['NONE *9', 'POP']

  expect(groupLines([...pair, ...pair, ...pair, ...pair])).toHaveLength(8)
  expect(
    groupLines(['POP', 'NONE *9', 'POP', 'NONE *9', 'POP', 'NONE *9', 'POP', 'NONE *9']),
  ).toHaveLength(8)
})

test('a group is assembled as often as it says, whatever its arguments hold', () => {
  const lines = ['( BINUNICODE "; ) ( *4" ; POP ) *5', 'STOP']

  const bytes = assemble(lines)

  expect(hexOfBytes(bytes)).toBe(`${'58080000003b20292028202a3430'.repeat(5)}2e`)
  expect(disassembleToAssembly(bytes)).toEqual(lines)
})

test.each([
  ['( POP ; NONE *2', 'line 1, column 14: wanted ; or ) after an instruction of a group'],
  ['( POP', 'line 1, column 6: wanted ; or ) after an instruction of a group'],
  ['( ) *2', 'line 1, column 3: ) is not the name of an opcode'],
])('%s is no group', (line, message) => {
  expect(() => assemble([line])).toThrow(message)
})

test('a run of twelve lines may be a group, one of thirteen not', () => {
  const run = (length: number) => Array.from({ length }, (_, at) => `BININT1 ${at}`)
  const fourTimes = (lines: readonly string[]) => Array.from({ length: 4 }, () => lines).flat()

  expect(groupLines(fourTimes(run(12)))).toEqual([`( ${run(12).join(' ; ')} ) *4`])
  expect(groupLines(fourTimes(run(13)))).toHaveLength(52)
})

test('equal lines in a row are no group', () => {
  expect(groupLines(Array.from({ length: 20 }, () => 'POP'))).toHaveLength(20)
})

test('lines that are runs themselves cost no more than others, however many there are', () => {
  const lines = Array.from({ length: 200_000 }, (_, at) => (at % 2 === 0 ? 'NONE *9' : 'POP'))
  const start = performance.now()

  expect(groupLines(lines)).toHaveLength(200_000)
  expect(performance.now() - start).toBeLessThan(5_000)
})
