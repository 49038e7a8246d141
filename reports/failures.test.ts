import { expect, test } from 'vitest'
import { casesWith, displeased, expectedGroups, protocolsByTarget, standingOf } from './failures.ts'
import type { Verdict, VerdictLine } from './record.ts'
import { sampleRecord } from './testing/sample-record.ts'

const { verdicts } = sampleRecord()
const passed: Verdict = { kind: 'passed' }
const failed: Verdict = { kind: 'failed', because: 'so' }
const unsupported: Verdict = { kind: 'unsupported', because: 'so' }
const expectedFailure = { reason: 'a bug of theirs', link: null }

test.each<[string, Parameters<typeof standingOf>[0], string, string[]]>([
  ['both judges pass', { conformance: passed, parity: passed }, 'passed', []],
  ['one judge fails', { conformance: passed, parity: failed }, 'failing', ['parity']],
  ['both fail', { conformance: failed, parity: failed }, 'failing', ['conformance', 'parity']],
  [
    'it fails as expected',
    { conformance: failed, parity: null, expectedFailure },
    'expected',
    ['conformance'],
  ],
  [
    'it passes against expectation',
    { conformance: passed, parity: null, expectedFailure },
    'unexpected-pass',
    [],
  ],
  ['it could not be asked', { conformance: unsupported, parity: passed }, 'unsupported', []],
])('where %s a line stands so', (_, line, standing, judges) => {
  expect(standingOf(line)).toBe(standing)
  expect(displeased(line)).toEqual(judges)
})

test('failing cases come in the order of the record, each with all who fail it', () => {
  const cases = casesWith('failing', verdicts)

  expect(cases.map((one) => [one.case, one.lines.length])).toEqual([
    ['ro/precedence/table-too', 6],
    ['fast/sharing/list', 4],
    ['fast/cycles/list-in-itself', 1],
  ])
  expect(protocolsByTarget(cases[1]?.lines ?? [])).toEqual([
    { target: 'cpython-3.8.18 py', protocols: [2, 3, 4, 5] },
  ])
})

test('the line shown of a case is the first with something to show', () => {
  const [, line] = casesWith('failing', verdicts).flatMap((one) => one.lines)
  if (line?.details === undefined) throw new Error('the sample has no details')
  const { details, ...bare } = line
  const later: VerdictLine = { ...bare, protocol: 5, details }

  expect(casesWith('failing', [bare, later])[0]?.shown).toBe(later)
  expect(casesWith('failing', [bare])[0]?.shown).toBe(bare)
})

test('expected failures are grouped by subject and reason', () => {
  expect(expectedGroups(verdicts).map((group) => [group.subject, group.lines.length])).toEqual([
    ['cpython-3.14.2', 6],
    ['cpython-3.13.0', 6],
    ['cpython-3.8.18', 6],
  ])
})
