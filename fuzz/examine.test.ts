import { expect, test } from 'vitest'
import { EndlessError, type Observation, parseScenario } from '../conformance/index.ts'
import { examine } from './examine.ts'

const question = {
  scenario: parseScenario({ scenario: 1, steps: [{ dump: null }] }),
  ...{ engines: ['c'], protocols: [0, 2], observe: [] },
}

test('what was answered when it was asked alone is examined where only the time was up', () => {
  const results = [{ engine: 'c', protocol: 0, steps: [{}, { bytes: '4e2e' }] }]
  const outcome = { kind: 'timed-out', afterMs: 1, inCompanyOnly: true, alone: results } as const
  const examinedAs = (bytes: string) =>
    examine(
      question,
      outcome,
      () => 'cpython-3.13.0-c',
      () => [{}, { bytes }],
    )

  expect(examinedAs('4e2e')).toMatchObject({ checked: ['cpython-3.13.0-c'], sightings: [] })
  expect(examinedAs('882e').sightings).toHaveLength(1)
})

const mro = ['RecursionError', 'RuntimeError', 'Exception', 'BaseException']
const deep: Observation = {
  refused: { class: 'RecursionError', mro, message: '', notes: [], cause: null },
}

const late = { kind: 'timed-out', afterMs: 1, inCompanyOnly: false } as const
const crash = {
  kind: 'crashed',
  signal: 'SIGSEGV',
  ...{ exitCode: null, stderrTail: '', inCompanyOnly: false },
} as const
const spoiled = { kind: 'babbled', found: 'noise', inCompanyOnly: false } as const

const keyError: Observation = {
  refused: { class: 'KeyError', mro: ['KeyError'], message: '', notes: [], cause: null },
}
const counted = (count: number, step: Observation): Observation => ({
  ...step,
  trace: [['A.__reduce__', '#1', 'None']],
  traceMore: count,
})

test.each([
  ['depends on the depth is', counted(130, keyError), [186, 80], [], true],
  ['does not depend on the depth is not', counted(130, keyError), [186, 186], 1, false],
  ['is a pickle is not', counted(130, { bytes: '4e2e' }), [186, 80], 1, false],
] as const)(
  'a trace of another length that %s left to the engine',
  (_, step, counts, many, isTooDeep) => {
    const examined = examine(
      question,
      { kind: 'answered', ms: 1, results: [{ engine: 'c', protocol: 0, steps: [{}, step] }] },
      () => 'cpython-3.13.0-c',
      (_scenario, _profile, _protocol, _observe, _orders, limit) => [
        {},
        { ...step, ...counted(counts[limit === undefined ? 0 : 1], step) },
      ],
    )

    expect(examined.sightings).toHaveLength(many === 1 ? 1 : 0)
    expect(examined.isTooDeep).toBe(isTooDeep)
  },
)

test.each([
  ['takes too long and the reference follows to its limit is', late, deep, [], true],
  ['takes too long and the reference ends is not', late, { bytes: '4e2e' }, ['timed-out'], false],
  ['crashes and the reference follows to its limit is', crash, deep, [], true],
  ['crashes and the reference ends is not', crash, { bytes: '4e2e' }, ['crashed'], false],
  ['babbles is not', spoiled, deep, ['babbled'], false],
] as const)('what %s left to the engine', (_, outcome, step, signatures, isTooDeep) => {
  const examined = examine(
    question,
    outcome,
    () => 'cpython-3.13.0-c',
    (_scenario, _profile, protocol) => [{}, protocol === 2 ? step : { bytes: '4e2e' }],
  )

  expect(examined.sightings.map(({ signature }) => signature)).toEqual(signatures)
  expect(examined.isTooDeep).toBe(isTooDeep)
})

test.each([late, crash])('what goes on for ever is left to the engine, $kind', (outcome) => {
  const examined = examine(
    question,
    outcome,
    () => 'cpython-3.13.0-c',
    () => {
      throw new EndlessError()
    },
  )

  expect(examined.sightings).toEqual([])
  expect(examined.isTooDeep).toBe(true)
})
