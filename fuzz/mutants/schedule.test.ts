import ts from 'typescript'
import { expect, test } from 'vitest'
import { findMutants } from './find-mutants.ts'
import { instrumented, type Region } from './instrument.ts'
import { naming, neighbours, Readers } from './schedule.ts'

/** The texts of the regions whose run can tell a mutant that puts `after` in the place of `before`. */
function readersOf(text: string, before: string, after: string): readonly string[] | undefined {
  const file = 'reference/made-up.ts'
  const regions: Region[] = []
  instrumented(ts, file, text, regions)
  const mutant = findMutants(ts, file, text).find(
    (one) => one.before === before && one.after === after,
  )
  if (mutant === undefined) throw new Error(`nothing puts ${after} in the place of ${before}`)
  const found = new Readers(ts, new Map([[file, text]]), regions).regionsFor(mutant)
  return found?.map((at) => text.slice(regions[at]?.start, regions[at]?.end))
}

test('what a function does is told by its run alone', () => {
  const text = 'export function twice(x: number): number { return x * 2 }'

  expect(readersOf(text, '*', '+')).toEqual(['return x * 2'])
})

test('what a call makes when the module is loaded is told by those who read it', () => {
  const text = [
    'const squares = Array.from({ length: 9 }, (_, at) => at * 3)',
    'const shown = squares.map(String)',
    'export function square(at: number) { return squares[at] }',
    'export function text(at: number) { return shown[at] }',
  ].join('\n')

  expect(readersOf(text, '*', '+')).toEqual(['at * 3', 'return squares[at]', 'return shown[at]'])
})

test('what a function that is called when the module is loaded does is told by those, too', () => {
  const text = [
    'const table = made(3)',
    'function made(x: number) { return x * 5 }',
    'export function entry() { return table }',
  ].join('\n')

  expect(readersOf(text, '*', '+')).toEqual(['return x * 5', 'return table'])
})

test('a function in a table runs when it is called', () => {
  const text = [
    'const table = { plus: (x: number) => x * 7 }',
    'export function entry() { return table }',
  ].join('\n')

  expect(readersOf(text, '*', '+')).toEqual(['x * 7'])
})

test('a table is told by tests that read it themselves, too', () => {
  const file = 'reference/made-up.ts'
  const text =
    "const table = ['x', 'y']\nexport const tables = [table]\nexport const other = ['u', 'v']"
  const named = (before: string) => {
    const mutant = findMutants(ts, file, text).find((one) => one.before.includes(before))
    if (mutant === undefined) throw new Error(`nothing changes ${before}`)
    return new Readers(ts, new Map([[file, text]]), []).namesFor(mutant)
  }
  const coverage = {
    ...{ caseIds: ['one'], profiles: ['documented'], unfit: [], touches: () => false },
    tests: [
      { file: 'a.test.js', name: 'reads' },
      { file: 'b.test.js', name: 'does not' },
    ],
    costs: new Map([0, 1, 2].map((question) => [question, 1])),
  }
  const texts: Record<string, string> = { 'a.test.js': 'expect(tables)', 'b.test.js': 'other' }
  const asked = (before: string) => naming(coverage, named(before), (name) => texts[name] ?? '')

  expect(named('x')).toEqual(new Set(['table', 'tables']))
  expect(asked('x')).toEqual([1])
  expect(asked('u')).toEqual([2])
})

test('near a mutant, tests of its folder are asked while they are quick, and one case in eight', () => {
  const caseIds = Array.from({ length: 9 }, (_, at) => `case ${at}`)
  const tests = ['reference/a/slow', 'reference/a/quick', 'reference/a/middle', 'reference/b/near']
  const costs = new Map([
    ...caseIds.map((_, at): [number, number] => [at, 5]),
    ...[1500, 300, 400, 1].map((ms, at): [number, number] => [9 + at, ms]),
  ])
  const coverage = {
    ...{ caseIds, costs, profiles: ['documented'], unfit: [], touches: () => false },
    tests: tests.map((file) => ({ file: `${file}.test.js`, name: 'does' })),
  }

  expect(neighbours(coverage, 'reference/a/mutated.ts', [])).toEqual([10, 11, 0, 8])
  expect(neighbours(coverage, 'reference/a/mutated.ts', [11, 8])).toEqual([10, 9, 0])
})
