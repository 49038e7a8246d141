import { describe, expect, test } from 'vitest'
import { MergeError, mergeRecords } from './merge.ts'
import type { RunRecord } from './record.ts'
import { sampleRecord, withFooter } from './testing/sample-record.ts'

const whole = sampleRecord()

/** The part of the record that has these subjects, as a run of its own. */
function part(subjects: readonly string[], started = whole.header.started): RunRecord {
  return withFooter({
    header: {
      ...whole.header,
      started,
      subjects: whole.header.subjects.filter(({ id }) => subjects.includes(id)),
      absent: [...whole.header.absent, { id: 'reference', reason: 'not asked here' }].filter(
        ({ id }) => !subjects.includes(id),
      ),
    },
    verdicts: whole.verdicts.filter((line) => subjects.includes(line.subject)),
  })
}

const here = part(['reference', 'cpython-3.14.2'])
const there = part(['cpython-3.13.0', 'cpython-3.8.18', 'og-rek'], '2026-01-30T12:00:00Z')

describe('records of several machines', () => {
  test('become one, with the answers and figures of all', () => {
    const merged = mergeRecords([here, there])

    expect(merged.verdicts).toHaveLength(whole.verdicts.length)
    expect(merged.footer).toEqual({ ...whole.footer, ms: 2 * 34_120 })
    expect(merged.header.started).toBe('2026-01-30T12:00:00Z')
    expect(merged.header.subjects.map(({ id }) => id)).toEqual([
      ...['reference', 'cpython-3.14.2', 'cpython-3.13.0', 'cpython-3.8.18', 'og-rek'],
    ])
    // Absent there, present here.
    expect(merged.header.absent.map(({ id }) => id)).toEqual(['pypy3', 'cpython-2.7'])
  })

  test('have an end when all of them have', () => {
    expect(mergeRecords([here, { ...there, footer: undefined }]).footer).toBeUndefined()
    if (there.footer === undefined) throw new Error('the part has no footer')
    const interrupted = { ...there, footer: { ...there.footer, complete: false } }
    expect(mergeRecords([here, interrupted]).footer?.complete).toBe(false)
  })

  test('name every processor once', () => {
    const machine = { ...whole.header.machine, cpu: 'another', cores: 8 }
    const other = { ...there, header: { ...there.header, machine } }

    expect(mergeRecords([here, other]).header.machine).toEqual({
      ...whole.header.machine,
      cpu: 'Some CPU at 2.60GHz and another',
      cores: 8,
    })
  })

  test('of which there is one are left as they are', () => {
    expect(mergeRecords([whole])).toBe(whole)
  })
})

const older = {
  ...here,
  header: {
    ...here.header,
    subjects: here.header.subjects.map((subject) =>
      'profile' in subject
        ? { ...subject, profile: { ...subject.profile, version: '0.0.9' } }
        : subject,
    ),
  },
  verdicts: [],
}

test.each<[string, RunRecord[], string]>([
  ['none', [], 'found no run record'],
  ['an answer twice', [here, here], 'twice'],
  [
    'different questions',
    [here, { ...there, header: { ...there.header, suite: 'other' } }],
    '2 different suites',
  ],
  ['a subject in two versions', [here, older], 'reference in the versions 0.1.0 and 0.0.9'],
])('records with %s are refused', (_, records, message) => {
  expect(() => mergeRecords(records)).toThrow(MergeError)
  expect(() => mergeRecords(records)).toThrow(message)
})
