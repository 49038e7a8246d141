import { describe, expect, test } from 'vitest'
import { type Change, compareRecords, isWorse } from './compare.ts'
import type { RunRecord, Verdict, VerdictLine } from './record.ts'
import { renderComparison } from './renderers/comparison.ts'
import { sampleRecord, withFooter } from './testing/sample-record.ts'

const { header } = sampleRecord()
const passed: Verdict = { kind: 'passed' }
const failed: Verdict = { kind: 'failed', because: 'the pickles part at byte 2' }
const expectedFailure = { reason: 'a bug of theirs', link: null }

const line = (name: string, over: Partial<VerdictLine>): VerdictLine => ({
  case: name,
  protocol: 4,
  subject: 'reference',
  engine: 'documented',
  clause: 'FAST-01',
  chapter: 'FAST',
  level: 'documented',
  positive: true,
  conformance: passed,
  parity: null,
  ...over,
})

const run = (...verdicts: readonly VerdictLine[]): RunRecord => withFooter({ header, verdicts })

const told = (change: Change): string =>
  `${change.kind} ${change.line.case} ${change.before} ${change.after}`

describe('what changed', () => {
  test.each<[string, Partial<VerdictLine>, Partial<VerdictLine>, string[], boolean]>([
    ['nothing', {}, {}, [], false],
    ['how long it took', { ms: 1 }, { ms: 2 }, [], false],
    ['it fails', {}, { conformance: failed }, ['newly-failing a passed failing'], true],
    ['it passes', { conformance: failed }, {}, ['newly-passing a failing passed'], false],
    [
      'it fails elsewhere',
      { conformance: failed },
      { conformance: { kind: 'failed', because: 'the pickles part at byte 3' } },
      ['otherwise a failing failing'],
      false,
    ],
    [
      'its failure is expected',
      { conformance: failed },
      { conformance: failed, expectedFailure },
      ['otherwise a failing expected'],
      false,
    ],
    [
      'its failure is expected no longer',
      { conformance: failed, expectedFailure },
      { conformance: failed },
      ['newly-failing a expected failing'],
      true,
    ],
    [
      'it passes against expectation',
      { conformance: failed, expectedFailure },
      { expectedFailure },
      ['newly-failing a expected unexpected-pass'],
      true,
    ],
    [
      'its protocol',
      {},
      { protocol: 5 },
      ['new a undefined passed', 'gone a passed undefined'],
      false,
    ],
    [
      'its engine, and it fails',
      {},
      { engine: 'other', conformance: failed },
      ['new a undefined failing', 'gone a passed undefined'],
      true,
    ],
  ])('is %s', (_, before, after, changes, worse) => {
    const found = compareRecords(run(line('a', before)), run(line('a', after)))

    expect(found.map(told)).toEqual(changes)
    expect(found.some(isWorse)).toBe(worse)
  })

  test('is shown by kind, protocols of an engine together', () => {
    const protocols = [0, 1, 2, 5]
    const older = run(
      ...protocols.map((protocol) => line('a', { protocol })),
      line('b', { conformance: failed }),
      line('c', {}),
    )
    const newer = run(
      ...protocols.map((protocol) => line('a', { protocol, conformance: failed })),
      line('b', {}),
      line('d', { protocol: null }),
    )

    const shown = renderComparison(older, newer, compareRecords(older, newer), {
      columns: 80,
      colour: false,
    })

    expect(shown.split('\n').slice(1)).toEqual([
      '',
      'Newly failing: 4 answers',
      '  a: reference documented at 0-2, 5 (was passed, is failing): the pickles part',
      '  at byte 2',
      '',
      'Newly passing: 1 answer',
      '  b: reference documented at 4 (was failing, is passed)',
      '',
      'New: 1 answer',
      '  d: reference documented at own (passed)',
      '',
      'Gone: 1 answer',
      '  c: reference documented at 4 (was passed)',
      '',
    ])
  })

  test('is nothing between equal records, and the records are compared only so far', () => {
    const one = run(line('a', {}))
    const other = { ...one, header: { ...header, suite: 'other' }, footer: undefined }

    const view = { columns: 100, colour: false }
    expect(renderComparison(one, one, [], view)).toContain('Nothing changed.')
    const shown = renderComparison(one, other, compareRecords(one, other), view)
    expect(shown).toContain('The questions are not the same')
    expect(shown).toContain('One of the runs is incomplete.')
  })
})
