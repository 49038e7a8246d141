import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRecordFile, readRecordFile } from './disk.ts'
import { parseRecord, parseRecordLine, RecordError } from './parse-record.ts'
import {
  formatRecordLine,
  type Header,
  type Verdict,
  type VerdictLine,
  verdictKinds,
  verdictOf,
} from './record.ts'
import { countedAs, Tally } from './tally.ts'

const header: Header = {
  record: 1,
  picklespec: '0.1.0',
  started: '2026-01-31T12:00:00.000Z',
  machine: { cores: 2, cpu: 'some cpu', os: 'linux 6.1', node: '20.19.0' },
  suite: 'ab'.repeat(32),
  clauses: [
    {
      id: 'FAST-01',
      chapter: 'fast',
      title: 'Fast mode stores nothing in the memo',
      level: 'documented',
      says: { c: 'Nothing is stored.', pure: 'Nothing at all is stored.' },
      source: 'library reference, Pickler.fast',
    },
  ],
  subjects: [
    {
      id: 'reference',
      profile: {
        name: 'picklespec',
        version: '0.1.0',
        wordSize: 64,
        language: 'TypeScript',
        runtime: 'Node 20',
        homepage: 'https://example.org',
        issues: 'https://example.org/issues',
        engines: [{ id: 'documented', follows: 'documented' }],
        roles: ['pickler'],
        protocols: [0, 1, 2, 3, 4, 5],
        capabilities: [],
        distinguishes: ['identity'],
      },
    },
    { id: 'broken', refused: { kind: 'timed-out', afterMs: 5000, inCompanyOnly: false } },
  ],
  absent: [{ id: 'pypy', reason: 'pypy3 is not on the path' }],
}

const line = (over: Partial<VerdictLine> = {}): VerdictLine => ({
  case: 'fast/cycles/list-in-itself',
  protocol: 4,
  subject: 'reference',
  engine: 'documented',
  clause: 'FAST-01',
  chapter: 'fast',
  level: 'documented',
  positive: true,
  conformance: { kind: 'passed' },
  parity: { kind: 'passed' },
  ...over,
})

const verdicts: readonly Verdict[] = [
  { kind: 'passed' },
  {
    kind: 'failed',
    because: 'the pickles part at byte 2',
    difference: { kind: 'byte', step: 1, at: 2, expected: '5d', seen: '28', instruction: 1 },
  },
  { kind: 'lossy', because: 'it has no tuples' },
  { kind: 'unsupported', because: 'protocol 5' },
  { kind: 'crashed', signal: 'SIGSEGV', exitCode: null, stderr: 'ow', inCompanyOnly: true },
  { kind: 'timed-out', afterMs: 500, inCompanyOnly: false },
  { kind: 'out-of-memory', rssMiB: 1024, inCompanyOnly: false },
  { kind: 'babbled', found: 'hello', inCompanyOnly: false },
  { kind: 'harness-error', message: 'no such scenario' },
]

const end = { stale: [], complete: true, ms: 12 }

describe('a record', () => {
  test('is read back as it was written, with every kind of verdict', () => {
    const lines = verdicts.map((verdict) => line({ conformance: verdict, parity: null }))
    const tally = new Tally()
    for (const each of lines) tally.add(each)
    const footer = tally.footer(end)

    const text = [header, ...lines, footer].map(formatRecordLine).join('')

    expect(parseRecord(text)).toEqual({ header, verdicts: lines, footer })
    expect(new Set(verdicts.map((verdict) => verdict.kind))).toEqual(new Set(verdictKinds))
  })

  test('whose run died in the middle of a line has no footer and keeps the lines before', () => {
    const whole = [header, line(), line()].map(formatRecordLine).join('')

    expect(parseRecord(whole.slice(0, -10))).toEqual({
      header,
      verdicts: [line()],
      footer: undefined,
    })
  })

  test.each([
    ['nothing', '', 1, 'no header'],
    ['a verdict first', formatRecordLine(line()), 1, 'its header'],
    ['two headers', formatRecordLine(header).repeat(2), 2, 'one header'],
    ['not JSON', `${formatRecordLine(header)}oops\n`, 2, 'not JSON'],
    [
      'a line after the footer',
      [header, new Tally().footer(end), line()].map(formatRecordLine).join(''),
      3,
      'last line',
    ],
    ['a record of the future', '{"record":2}\n', 1, 'found 2, wanted 1'],
    [
      'an unknown field',
      `${formatRecordLine(header)}${JSON.stringify({ ...line(), mood: 'good' })}\n`,
      2,
      '$.mood: this field is not known here',
    ],
    [
      'an unknown verdict',
      `${formatRecordLine(header)}${JSON.stringify({ ...line(), parity: { kind: 'meh' } })}\n`,
      2,
      '$.parity.kind: found "meh"',
    ],
    ['a line of another program', `${formatRecordLine(header)}{"a":1}\n`, 2, 'found neither'],
    ['a null', 'null\n', 1, 'wanted an object'],
  ])('%s is refused with its line', (_, text, at, message) => {
    let caught: unknown
    try {
      parseRecord(text)
    } catch (error) {
      caught = error
    }

    expect(caught).toBeInstanceOf(RecordError)
    expect(caught).toMatchObject({ line: at, message: expect.stringContaining(message) })
  })

  test('on disk holds each line as soon as it is appended', () => {
    const folder = mkdtempSync(join(tmpdir(), 'record-'))
    try {
      const path = join(folder, 'new', 'run.jsonl')
      const file = createRecordFile(path)
      file.append(header)
      file.append(line())
      expect(readRecordFile(path).verdicts).toHaveLength(1)
      file.append(line({ protocol: null }))
      file.close()
      expect(readRecordFile(path).verdicts).toHaveLength(2)
      writeFileSync(path, 'nonsense\n')
      expect(() => readRecordFile(path)).toThrow(RecordError)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('line may be any JSON and is read or refused as RecordError', () => {
    for (const text of ['[]', '1', '"a"', '{"__proto__":1}', '{"case":{}}', `${'['.repeat(1e5)}`]) {
      expect(() => parseRecordLine(text, 7)).toThrow(RecordError)
    }
  })
})

describe('the tally', () => {
  test('counts every line in exactly one field', () => {
    const tally = new Tally()
    for (const verdict of verdicts) tally.add(line({ parity: verdict }))
    const footer = tally.footer(end)

    expect(footer).toMatchObject({
      passed: 1,
      failed: 1,
      lossy: 1,
      unsupported: 1,
      crashed: 1,
      timedOut: 1,
      outOfMemory: 1,
      babbled: 1,
      harnessError: 1,
      executed: 8,
      parity: { equal: 1, of: 8 },
    })
  })

  test('counts an expected failure and an unexpected pass apart from the rest', () => {
    const expectedFailure = { reason: 'a bug of theirs', link: null }

    expect(countedAs(line({ expectedFailure }))).toBe('unexpectedPasses')
    expect(
      countedAs(line({ expectedFailure, conformance: { kind: 'failed', because: 'so' } })),
    ).toBe('expectedFailures')
  })

  test('executes nothing on a subject that never said hello', () => {
    const tally = new Tally()
    tally.add(
      line({
        engine: null,
        conformance: { kind: 'timed-out', afterMs: 1, inCompanyOnly: false },
        parity: null,
      }),
    )

    expect(tally.footer(end)).toMatchObject({ timedOut: 1, executed: 0 })
  })

  test.each([
    ['all its cases pass, one of them positive', [line(), line({ positive: false })], 1, 1],
    ['only refusals pass', [line({ positive: false })], 0, 1],
    [
      'one of its cases fails',
      [line(), line({ conformance: { kind: 'failed', because: 'x' } })],
      0,
      1,
    ],
    [
      'one of its cases is unsupported',
      [line(), line({ conformance: { kind: 'unsupported', because: 'x' } })],
      0,
      1,
    ],
    ['nobody wrote it down', [line({ level: 'implementation' })], 0, 0],
    [
      'it is met by one engine of two',
      [line(), line({ engine: 'py', conformance: { kind: 'failed', because: 'x' } })],
      1,
      2,
    ],
  ])('says of a clause when %s how often it is met', (_, lines, met, of) => {
    const tally = new Tally()
    for (const each of lines) tally.add(each)

    expect(tally.footer(end).conformance).toEqual({ met, of })
  })

  test('takes the worse of two verdicts', () => {
    const failed: Verdict = { kind: 'failed', because: 'x' }

    expect(verdictOf(line({ conformance: failed }))).toBe(failed)
    expect(verdictOf(line({ parity: failed }))).toBe(failed)
    expect(verdictOf(line({ conformance: null, parity: failed }))).toBe(failed)
    expect(verdictOf(line())).toEqual({ kind: 'passed' })
  })
})
