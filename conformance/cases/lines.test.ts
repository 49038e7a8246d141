import fc from 'fast-check'
import { expect, test } from 'vitest'
import { root, showPlace } from '../scenario/place.ts'
import { foldLines, readLines } from './lines.ts'

const read = (json: unknown) => readLines(json, root, () => {})

test('counted lines are written out in their place', () => {
  const lines = ['EMPTY_LIST', { range: [255, 257], of: ['LONG1 #', 'NONE'] }, 'STOP']

  expect(read(lines)).toEqual(['EMPTY_LIST', 'LONG1 255', 'NONE', 'LONG1 256', 'NONE', 'STOP'])
})

test('each text that is written out is looked at with its place', () => {
  const seen: string[] = []
  readLines(['STOP', { range: [1, 3], of: ['LONG1 #'] }], root, (line, place) => {
    seen.push(`${showPlace(place)}: ${line}`)
  })

  expect(seen).toEqual(['$[0]: STOP', '$[1].of[0]: LONG1 1', '$[1].of[0]: LONG1 2'])
})

test('rounds of lines in which an int is counted up are folded', () => {
  const pairs = Array.from({ length: 20 }, (_, n) => [`BININT1 ${n + 3}`, 'NONE']).flat()
  const lines = ['MARK', ...pairs, 'NONE *16', 'STOP']

  expect(foldLines(lines)).toEqual([
    'MARK',
    { range: [3, 23], of: ['BININT1 #', 'NONE'] },
    'NONE *16',
    'STOP',
  ])
})

test('rounds of the same lines are folded, too', () => {
  const lines = Array.from({ length: 65 }, () => ['MARK', 'NONE *1000', 'APPENDS']).flat()

  expect(foldLines(lines)).toEqual([{ range: [0, 65], of: ['MARK', 'NONE *1000', 'APPENDS'] }])
})

test('fifteen rounds are written out', () => {
  const lines = Array.from({ length: 15 }, (_, n) => `BINPUT ${n}`)

  expect(foldLines(lines)).toEqual(lines)
})

test('a number sign of an argument is none of the pattern', () => {
  const lines = Array.from({ length: 16 }, (_, n) => ['UNICODE "#"', `PUT ${n}`]).flat()

  expect(read(foldLines(lines))).toEqual(lines)
})

test('what is folded is read as what it was', () => {
  const line = fc.oneof(
    fc.constantFrom('NONE', 'POP', 'UNICODE "#"', 'PROTO n'),
    fc.integer({ min: 0, max: 40 }).map((n) => `BINPUT ${n}`),
  )
  const run = fc.record({ of: fc.array(line, { maxLength: 3 }), times: fc.nat(40) })
  const counted = fc
    .tuple(fc.nat(300), fc.nat(40))
    .map(([from, length]) => Array.from({ length }, (_, n) => [`LONG1 ${from + n}`, 'POP']).flat())
  const lines = fc
    .array(
      fc.oneof(
        run.map(({ of, times }) => Array.from({ length: times }, () => of).flat()),
        counted,
        fc.array(line),
      ),
    )
    .map((runs) => runs.flat())

  fc.assert(
    fc.property(lines, (of) => {
      expect(read(foldLines(of))).toEqual(of)
    }),
  )
})
