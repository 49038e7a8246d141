import { expect, test } from 'vitest'
import { clauses } from '../clauses/index.ts'
import { loadSuite } from '../runner/suite.ts'
import { isNegative } from './questions.ts'

const cases = loadSuite().cases.map((one) => one.case)
const asked = clauses.filter(({ excluded }) => excluded === undefined)

test('every case cites a clause and boundaries that exist', () => {
  const clauseIds = new Set(clauses.map(({ id }) => id))
  const boundaryIds = new Set(
    clauses.flatMap(({ boundaries = [] }) => boundaries.map(({ id }) => id)),
  )

  expect(cases.filter(({ clause }) => !clauseIds.has(clause))).toEqual([])
  expect(cases.flatMap((one) => one.boundaries).filter((id) => !boundaryIds.has(id))).toEqual([])
})

test('every boundary of a clause that has no reason has a case or a reason', () => {
  const cited = new Set(cases.flatMap((one) => one.boundaries))

  const missing = asked
    .flatMap(({ boundaries = [] }) => boundaries)
    .filter(({ id, excluded }) => excluded === undefined && !cited.has(id))
  expect(missing).toEqual([])
})

test('every clause has a case or a reason, or each of its boundaries has one', () => {
  const cited = new Set(cases.map(({ clause }) => clause))

  const missing = asked
    .filter(({ id }) => !cited.has(id))
    .filter(({ boundaries = [] }) => boundaries.some(({ excluded }) => excluded === undefined))
  expect(missing.map(({ id }) => id)).toEqual([])
})

test('every clause that conformance is judged by has a case that is no refusal', () => {
  const positive = cases.filter((one) =>
    (one.protocols ?? [null]).some((at) => !isNegative(one, at)),
  )
  const shown = new Set(positive.map(({ clause }) => clause))

  const ids = clauses.filter(({ level }) => level !== 'implementation').map(({ id }) => id)
  const cited = new Set(cases.map(({ clause }) => clause))
  expect(ids.filter((id) => cited.has(id) && !shown.has(id))).toEqual([])
})

test('a clause with a reason for having no case has none', () => {
  const cited = new Set(cases.map(({ clause }) => clause))

  const both = clauses.filter(({ id, excluded }) => excluded !== undefined && cited.has(id))
  expect(both.map(({ id }) => id)).toEqual([])
})
