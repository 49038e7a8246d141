import ts from 'typescript'
import { expect, test } from 'vitest'
import { packageRoot, readSoleMutants, readToldMutants } from '../../conformance/index.ts'
import { findMutants } from './find-mutants.ts'
import { readSources } from './ground.ts'
import { handWrittenMutants, readHandWritten } from './hand-written.ts'
import { bindingClauses, citations, clausesWithCases } from './sole-clauses.ts'

const sources = readSources(packageRoot)
const names = new Set(
  [
    ...[...sources].flatMap(([file, text]) => findMutants(ts, file, text)),
    ...handWrittenMutants(ts, sources, readHandWritten()),
  ].map(({ id }) => id),
)

test('what only the cases of a clause tell is a mutant of these sources, and they stand on it', () => {
  const cites = citations()
  const wrong = readSoleMutants().filter(
    ({ cases, clause, mutant }) =>
      !names.has(mutant) || cases.length === 0 || cases.some((name) => !cites(name).has(clause)),
  )

  expect(wrong).toEqual([])
})

test('no clause stands there twice, and each binds', () => {
  const clauses = readSoleMutants().map(({ clause }) => clause)

  expect(new Set(clauses).size).toBe(clauses.length)
  expect(bindingClauses()).toEqual(expect.arrayContaining(clauses))
})

test('every clause with cases has a mutant of these sources that one of them tells', () => {
  const cites = citations()
  const told = readToldMutants()

  expect(told.map(({ clause }) => clause)).toEqual(clausesWithCases(cites))
  const wrong = told.filter((one) => !names.has(one.mutant) || !cites(one.case).has(one.clause))
  expect(wrong).toEqual([])
})
