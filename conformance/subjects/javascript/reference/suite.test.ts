import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { measuredReleases } from '../../../../reference/index.ts'
import {
  type AskedEngine,
  type Case,
  deviationFor,
  documentedExpectation,
} from '../../../cases/index.ts'
import { clauseById } from '../../../clauses/index.ts'
import { meetsExpectation } from '../../../oracles/meets-expectation.ts'
import type { Request } from '../../../protocol/message.ts'
import { readResults } from '../../../runner/results.ts'
import { loadSuite } from '../../../runner/suite.ts'
import { matchesVersion } from '../../../scenario/index.ts'
import { answer } from './answer.ts'

const suite = loadSuite().cases.map((one) => one.case)

type Asked = Omit<AskedEngine, 'protocol'>

const profiles: readonly (readonly [string, Asked | null])[] = [
  ['documented', null],
  ...measuredReleases.flatMap((version) =>
    (['c', 'py'] as const).map(
      (engine) => [`cpython-${version}-${engine}`, { engine, version }] as const,
    ),
  ),
]

const around = {
  version: '0.0.0',
  runtime: 'vitest',
  profiles: ['documented'],
  sha256: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex'),
  now: () => performance.now() * 1e6,
}

function runRequest(one: Case, engine: string): Extract<Request, { request: 'run' }> {
  return {
    id: 1,
    request: 'run',
    engines: [engine],
    protocols: one.protocols ?? [0],
    observe: one.observe,
    scenarios: [one.scenario],
  }
}

/** What is right: the documented answer, or the engine's deviation; both where it is free to choose. */
function rightAnswers(one: Case, asked: Asked | null, protocol: number | null) {
  const documented = documentedExpectation(one, protocol)
  const deviation = asked === null ? undefined : deviationFor(one, { ...asked, protocol })
  if (deviation === undefined) return [documented]
  return deviation.kind === 'latitude' ? [deviation.expected, documented] : [deviation.expected]
}

/** Cases whose values a release has not got: unions of types came with 3.10. */
function isThere(one: Case, asked: Asked | null): boolean {
  return (
    one.id !== 'copyreg/initial-contents/union' || matchesVersion('3.10+', asked?.version ?? '3.14')
  )
}

/** What the adapter's function answers wrongly, a line for each question, by bytes and trace. */
function misses(one: Case, engine: string, asked: Asked | null): string[] {
  const request = runRequest(one, engine)
  const [said] = [...answer(request, around)]
  const read =
    said !== undefined && 'results' in said
      ? readResults(said.results, { ...request, scenario: one.scenario })
      : { found: JSON.stringify(said) }
  if (!('results' in read)) return [`${one.id}: ${read.found}`]
  const oracle = one.oracle ?? clauseById(one.clause)?.oracle ?? 'bytes'
  return read.results.flatMap(({ protocol, steps }) => {
    const held = {
      oracle: oracle === 'instructions' ? ('bytes' as const) : oracle,
      protocol,
      observed: one.observe,
    }
    const verdicts = rightAnswers(one, asked, protocol).map((expected) =>
      meetsExpectation(expected, steps, held),
    )
    return verdicts.some(({ kind }) => kind === 'passed')
      ? []
      : [`${one.id}@p${protocol}: ${JSON.stringify(verdicts[0])}`]
  })
}

const chapterOf = ({ clause }: Case) => clauseById(clause)?.chapter ?? 'no chapter'
const chapters = [...new Set(suite.map(chapterOf))].sort()

test('the suite has cases for every chapter it is about', () => {
  expect(chapters).toEqual(expect.arrayContaining(['COPYREG', 'DISP', 'DOC', 'FAST', 'PERS']))
  expect(chapters).toEqual(expect.arrayContaining(['RO', 'SAVE']))
  expect(chapters).not.toContain('no chapter')
})

describe.each(chapters)(
  'the reference meets every case of %s, deviations of the engine included',
  (chapter) => {
    test.each(profiles)('as %s', (name, asked) => {
      const cases = suite.filter((one) => chapterOf(one) === chapter && isThere(one, asked))

      expect(cases.flatMap((one) => misses(one, name, asked))).toEqual([])
    })
  },
)

test('an answer that is not expected is missed', () => {
  const [miss, ...others] = suite.flatMap((one) =>
    one.id === 'fast/switching/class-false-instance-true'
      ? misses(one, 'documented', { engine: 'c', version: '3.13.0' })
      : [],
  )

  expect(miss).toContain('fast/switching/class-false-instance-true@p0: {"kind":"failed"')
  expect(others).toHaveLength(5)
})
