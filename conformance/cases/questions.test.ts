import { describe, expect, test } from 'vitest'
import { caseWith, fileOf } from './fixtures/documents.ts'
import {
  type Case,
  checkSuite,
  isNegative,
  isRefusal,
  parseCaseFile,
  questionsOf,
  twinQuestions,
} from './index.ts'

const refused = { refused: 'PicklingError' }
const pickle = ['PROTO n', 'NONE', 'STOP']

function casesOf(...changes: readonly object[]): readonly Case[] {
  return parseCaseFile(fileOf(...changes.map(caseWith)), 'a/b').cases
}

function onlyCase(change: object): Case {
  const [one] = casesOf(change)
  if (one === undefined) throw new RangeError('a file of one case')
  return one
}

const valid = onlyCase({ name: 'valid' })
const own = onlyCase({
  name: 'own',
  value: undefined,
  protocols: undefined,
  scenario: { pickler: { init: { protocol: 3 } }, value: null },
  expect: { '*': ['PROTO 3', 'NONE', 'STOP'] },
})

describe('the questions of a case', () => {
  test('are one for each protocol, with its own id', () => {
    expect(questionsOf([valid, own]).map(({ id, protocol }) => [id, protocol])).toEqual([
      ['a/b/valid@p2', 2],
      ['a/b/valid@p3', 3],
      ['a/b/valid@p4', 4],
      ['a/b/valid@p5', 5],
      ['a/b/own', null],
    ])
  })
})

describe('a refusal', () => {
  test('is an expectation with nothing but a refusal', () => {
    expect(isRefusal({ construction: refused })).toBe(true)
    expect(isRefusal({ steps: [refused] })).toBe(true)
    expect(isRefusal({ steps: [{}, refused] })).toBe(true)
    expect(isRefusal({ steps: [refused, { pickle }] })).toBe(false)
    expect(isRefusal({ steps: [refused, { graph: { value: null, objects: [] } }] })).toBe(false)
    expect(isRefusal({ steps: [] })).toBe(false)
    expect(isRefusal({ steps: [{ pickle }] })).toBe(false)
  })

  const partly = onlyCase({ name: 'partly', expect: { '2-4': refused, '5': pickle } })
  const wholly = onlyCase({ name: 'wholly', twin: 'valid', expect: { '*': refused } })

  test('is told by protocol', () => {
    expect([2, 3, 4, 5].map((protocol) => isNegative(partly, protocol))).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect(isNegative(own, null)).toBe(false)
  })

  test('counts beside its twin at the same protocol', () => {
    expect(twinQuestions(wholly, 3, valid)).toEqual(['a/b/valid@p3'])
  })

  test('counts beside its twin at any protocol where the twin is not asked for the same', () => {
    const two = onlyCase({ name: 'two', protocols: '2-3', expect: { '*': pickle } })

    expect(twinQuestions(wholly, 5, two)).toEqual(['a/b/two@p2', 'a/b/two@p3'])
    expect(twinQuestions(wholly, 5, own)).toEqual(['a/b/own'])
  })

  test('counts beside its own answer at other protocols', () => {
    expect(twinQuestions(partly, 2, partly)).toEqual(['a/b/partly@p5'])
    expect(twinQuestions(wholly, 2, partly)).toEqual(['a/b/partly@p5'])
  })
})

describe('a suite', () => {
  const known = { clauses: new Set(['ATOM-01']), boundaries: new Set(['ATOM-01/none']) }

  test('goes together when ids, clauses, boundaries and twins do', () => {
    const cases = casesOf(
      { name: 'valid', boundary: 'ATOM-01/none' },
      { name: 'bad', twin: 'valid', expect: { '*': refused } },
    )

    expect(() => checkSuite(cases, known)).not.toThrow()
  })

  test.each([
    ['an id twice', [{}], 'a/b/none: found the id again', 2],
    ['an unknown clause', [{ clause: 'SAVE-99' }], 'a/b/none: found the clause SAVE-99', 1],
    [
      'an unknown boundary',
      [{ boundary: 'ATOM-01/x' }],
      'a/b/none: found the boundary ATOM-01/x',
      1,
    ],
    [
      'a twin that is not there',
      [{ twin: 'x', expect: { '*': refused } }],
      'found the twin a/b/x, wanted the id',
      1,
    ],
    [
      'a twin that is refused',
      [
        { twin: 'other', expect: { '*': refused } },
        { name: 'other', twin: 'none', expect: { '*': refused } },
      ],
      'found the twin a/b/other, which is refused',
      1,
    ],
  ])('with %s does not', (_, changes, message, times) => {
    const cases = Array.from({ length: times }, () => casesOf(...changes)).flat()

    expect(() => checkSuite(cases, known)).toThrow(message)
  })
})
