import { expect, test } from 'vitest'
import { clauses, loadSuite } from '../../conformance/index.ts'
import { factsOf } from './case-facts.ts'
import { exercised, exercisedByRows } from './exercised.ts'
import { citations, exercises } from './sole-clauses.ts'

const { cases } = loadSuite()
const caseOf = (id: string) => {
  const found = cases.find((one) => one.case.id === id)
  if (found === undefined) throw new Error(`the suite has no case ${id}`)
  return found.case
}

test('what a case exercises is read from its scenario and from its pickles', () => {
  const facts = factsOf(caseOf('documentation/reducer-override-example/class-by-value'))
  const found = exercised(facts)

  expect(facts).toMatchObject({
    dumps: 1,
    loads: 0,
    isRefused: false,
    protocols: [0, 1, 2, 3, 4, 5],
  })
  expect([...facts.words]).toEqual(
    expect.arrayContaining(['reducer_override', 'subclass.reducer_override', 'class']),
  )
  expect([...found]).toEqual(
    expect.arrayContaining(['DOC-RO-1', 'RO-07', 'OP-REDUCE', 'OP-STACK_GLOBAL', 'SAVE-09']),
  )
  const not = ['DOC-DT-1', 'DOC-FAST-1', 'DOC-PID-1', 'OP-BUILD', 'OP-PERSID', 'UNP-01', 'ERR-01']
  expect(not.filter((clause) => found.has(clause))).toEqual([])
})

test('a pickle that is loaded is read as far as it goes, and refusals are seen', () => {
  const facts = factsOf(caseOf('opcodes/dicts/empty-dict-twice'))

  expect(facts).toMatchObject({ dumps: 0, loads: 1, isRefused: false, protocols: [] })
  expect([...facts.opcodes]).toEqual(['EMPTY_DICT', 'TUPLE2', 'STOP'])
  expect(factsOf(caseOf('reducer-override/answers/none')).isRefused).toBe(true)
})

test('what a step assigns counts as if it had been there from the beginning', () => {
  const wordsOf = (id: string) => [...factsOf(caseOf(id)).words]

  expect(wordsOf('reducer-override/where-it-is-defined/method-added-after-construction')).toEqual(
    expect.arrayContaining(['reducer_override', 'subclass.reducer_override']),
  )
  expect(wordsOf('copyreg/registering/class')).toEqual(
    expect.arrayContaining(['dispatch_table', 'copyreg.dispatch_table']),
  )
  expect(wordsOf('dispatch-table/when-it-is-looked-up/set-on-a-plain-pickler')).toEqual(
    expect.arrayContaining(['dispatch_table', 'instance.dispatch_table']),
  )
})

test('lines of a group count each, and so does an instruction that is cut short', () => {
  const opcodesOf = (id: string) => [...factsOf(caseOf(id)).opcodes]

  expect(opcodesOf('fast/depth/instance-49')).toEqual(
    expect.arrayContaining(['GLOBAL', 'NEWOBJ', 'STACK_GLOBAL', 'BUILD']),
  )
  expect(opcodesOf('opcodes/bytes/binbytes-cut-short')).toEqual(['BINBYTES'])
})

test('what the canonical form of a scenario names without having it is not exercised', () => {
  const { words } = factsOf(caseOf('reducer-override/answers/none'))

  expect(['dispatch_table', 'extensions', 'subclass'].filter((word) => words.has(word))).toEqual([
    'subclass',
  ])
})

test('rows speak of clauses that there are', () => {
  const known = new Set(clauses.map(({ id }) => id))

  expect(exercisedByRows.filter((id) => !known.has(id))).toEqual([])
})

test('a case exercises what it is about, and rows leave most cases out of most clauses', () => {
  const cites = citations()
  const exercising = exercises(cites)
  const ids = cases.map((one) => one.case.id)

  expect(ids.filter((id) => [...cites(id)].some((one) => !exercising(id).has(one)))).toEqual([])
  const shares = exercisedByRows.map((clause) => {
    const count = ids.filter((id) => exercising(id).has(clause)).length
    return count / ids.length
  })
  expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeLessThan(0.35)
  expect(Math.min(...shares)).toBeGreaterThan(0)
})
