import { expect, test } from 'vitest'
import type { LoadResult, Refusal } from '../../conformance/index.ts'
import { examineLoad } from './examine-load.ts'
import { loadPartingOf } from './judge-load.ts'

const engine = 'c'

const refused = (type: string, message: string, cause: string | null = null): LoadResult => {
  const refusal: Refusal = { class: type, mro: [type], message, notes: [], cause }
  return { engine, refused: refusal }
}

const set = (...members: readonly (number | { readonly at: number })[]): LoadResult => ({
  engine,
  graph: {
    value: { at: 0 },
    objects: [{ set: members }, { tuple: [1, false] }, { tuple: [] }],
  },
})

test.each([
  ['the order of a set', set(1, { at: 1 }, { at: 2 }), set({ at: 2 }, 1, { at: 1 })],
  ['what a message says', refused('TypeError', 'a'), refused('TypeError', 'b')],
])('%s makes no difference', (_, one, other) => {
  expect(loadPartingOf(one, other)).toBeUndefined()
})

test.each([
  [set(1), set(2), 'graph: wanted objects:set:, found objects:set:'],
  [set(1), refused('KeyError', '17'), 'wanted a value, found KeyError: n'],
  [
    refused('TypeError', "unhashable type: 'list'"),
    refused('KeyError', '5', 'ValueError'),
    'wanted TypeError: unhashable type: …, found KeyError: n from ValueError',
  ],
])('a difference is told with how each of them went: %#', (wanted, found, signature) => {
  expect(loadPartingOf(wanted, found)?.signature).toContain(signature)
})

const question = { pickle: '4e2e', engines: ['c'], world: 'symbols' } as const

const examined = (outcome: Parameters<typeof examineLoad>[1], predict = (): LoadResult => set(1)) =>
  examineLoad(question, outcome, () => 'cpython-3.13.0-c', predict)

test('a subject that ends in the middle is a finding, and what it was not asked no check', () => {
  const death = { kind: 'timed-out', afterMs: 500, inCompanyOnly: true } as const
  const { checks, sightings } = examined(death)

  expect(checks).toBe(0)
  expect(sightings).toMatchObject([{ signature: 'timed-out, in company only', seen: undefined }])
  expect(examined({ kind: 'harness-error', message: 'no 7' }).sightings).toMatchObject([
    { signature: 'it was not carried out: no n' },
  ])
})

test.each([
  { kind: 'timed-out', afterMs: 500, inCompanyOnly: true, alone: [set(2)] },
  { kind: 'out-of-memory', rssMiB: 1537, inCompanyOnly: true, alone: [set(2)] },
] as const)(
  'what a subject says alone is judged when it was too much at the end of a session: $kind',
  (outcome) => {
    const { checks, sightings } = examined(outcome)

    expect(checks).toBe(1)
    expect(sightings).toMatchObject([
      { signature: 'graph: wanted objects:set:, found objects:set:' },
    ])
  },
)

test('a crash in company is told whatever the subject says alone', () => {
  const crash = { kind: 'crashed', signal: 'SIGSEGV', exitCode: null, stderrTail: '' } as const
  const { checks, sightings } = examined({ ...crash, inCompanyOnly: true, alone: [set(1)] })

  expect(checks).toBe(0)
  expect(sightings).toMatchObject([{ signature: 'crashed, in company only' }])
})

test('a reference that fails is a finding of its own', () => {
  const { checks, sightings } = examined({ kind: 'answered', ms: 1, results: [set(1)] }, () => {
    throw new RangeError('too long by 3')
  })

  expect(checks).toBe(1)
  expect(sightings).toMatchObject([
    { signature: 'the reference gave no answer: RangeError: too long by n', expected: undefined },
  ])
})
