import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { Difference, Verdict, VerdictLine } from '../../reports/index.ts'
import { packageFile } from '../package-root.ts'
import {
  ExpectedFailuresError,
  formatExpectedFailures,
  parseExpectedFailures,
} from './expected-failures.ts'
import { signatureOf } from './signature.ts'

const entry = {
  case: 'fast/cycles/*',
  engine: 'c',
  versions: '<3.13.1',
  protocols: '0-1',
  reason: 'a bug of theirs',
  link: 'https://example.org/1',
  signature: 'conformance: class ValueError for RecursionError',
}

const schema: object = JSON.parse(
  readFileSync(packageFile('conformance', 'runner', 'expected-failures.schema.json'), 'utf8'),
)
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)

const file = (...entries: object[]): object => ({ expectedFailures: 1, entries })
const without = (name: keyof typeof entry): object =>
  Object.fromEntries(Object.entries(entry).filter(([key]) => key !== name))

describe('a file of expected failures', () => {
  test('is read as it was written', () => {
    expect(parseExpectedFailures(formatExpectedFailures([entry]))).toEqual([entry])
  })

  test.each<[string, object]>([
    ['an entry with everything', file(entry)],
    ['no entries', file()],
    ['an entry for every engine', file(without('engine'))],
    ['an entry for every protocol and release', file(without('protocols'), without('versions'))],
    ['an entry without link', file({ ...entry, link: null })],
    ['a schema', { $schema: 'x', ...file() }],
  ])('may hold %s', (_, json) => {
    expect(() => parseExpectedFailures(JSON.stringify(json))).not.toThrow()
    expect(validate(json)).toBe(true)
  })

  test.each<[string, object, string]>([
    [
      'an entry without reason',
      file(without('reason')),
      '$.entries[0]: the field "reason" is missing',
    ],
    ['an empty reason', file({ ...entry, reason: '' }), '$.entries[0].reason'],
    [
      'an open reason',
      file({ ...entry, reason: '?' }),
      '$.entries[0].reason: found "?", wanted a reason',
    ],
    ['an entry without signature', file(without('signature')), '"signature" is missing'],
    ['an entry without link', file(without('link')), '"link" is missing'],
    ['releases that are none', file({ ...entry, versions: 'new' }), '$.entries[0].versions'],
    ['protocols that are none', file({ ...entry, protocols: '7' }), '$.entries[0].protocols'],
    ['an unknown field', file({ ...entry, mood: 'good' }), '$.entries[0].mood'],
    ['another version', { expectedFailures: 2, entries: [] }, '$.expectedFailures'],
    ['an array', [], '$: found an array'],
  ])('is refused with %s', (_, json, message) => {
    expect(() => parseExpectedFailures(JSON.stringify(json))).toThrow(ExpectedFailuresError)
    expect(() => parseExpectedFailures(JSON.stringify(json))).toThrow(message)
    expect(validate(json)).toBe(false)
  })

  test('that is not JSON is refused', () => {
    expect(() => parseExpectedFailures('{')).toThrow(ExpectedFailuresError)
  })

  test('may have open reasons while it is a draft', () => {
    const source = JSON.stringify(file({ ...entry, reason: '?' }))

    expect(parseExpectedFailures(source, 'draft')).toHaveLength(1)
  })
})

describe('the signature', () => {
  const difference = (over: Partial<Difference>): Verdict => ({
    kind: 'failed',
    because: 'at byte 17',
    difference: { kind: 'byte', step: 1, at: 17, expected: '00', seen: '01', ...over },
  })
  const line = (conformance: Verdict | null, parity: Verdict | null): VerdictLine => ({
    case: 'a/b/c',
    protocol: 0,
    subject: 'one',
    engine: 'c',
    clause: 'FAST-01',
    chapter: 'FAST',
    level: 'documented',
    positive: true,
    conformance,
    parity,
  })

  test.each<[string, Verdict]>([
    ['byte', difference({})],
    [
      'instruction PUT for MEMOIZE',
      difference({ kind: 'instruction', expected: 'MEMOIZE', seen: 'PUT 7' }),
    ],
    [
      'instruction nothing for STOP',
      difference({ kind: 'instruction', expected: 'STOP', seen: null }),
    ],
    [
      'trace copyreg[A] for A.__reduce__',
      difference({
        kind: 'trace',
        expected: 'A.__reduce__(#1) -> None',
        seen: 'copyreg[A](#2) -> None',
      }),
    ],
    [
      'class ValueError for TypeError',
      difference({ kind: 'error', at: 'class', expected: 'TypeError', seen: 'ValueError' }),
    ],
    ['message', difference({ kind: 'error', at: 'message', expected: 'a', seen: 'b' })],
    [
      'refused ValueError for a pickle of n bytes',
      difference({
        kind: 'outcome',
        at: 'refused',
        expected: 'a pickle of 17 bytes',
        seen: 'ValueError: at 0x7f',
      }),
    ],
    [
      'instruction INT 6 for INT 5',
      difference({ kind: 'instruction', expected: 'INT 5', seen: 'INT 6' }),
    ],
    ['failed', { kind: 'failed', because: 'twin' }],
    [
      'crashed SIGSEGV',
      { kind: 'crashed', signal: 'SIGSEGV', exitCode: null, stderr: '', inCompanyOnly: false },
    ],
    [
      'crashed exit 3',
      { kind: 'crashed', signal: null, exitCode: 3, stderr: 'x', inCompanyOnly: false },
    ],
    ['timed-out', { kind: 'timed-out', afterMs: 1, inCompanyOnly: false }],
    ['babbled', { kind: 'babbled', found: 'x', inCompanyOnly: false }],
  ])('is %s', (signature, verdict) => {
    expect(signatureOf(line(verdict, null))).toBe(`conformance: ${signature}`)
    expect(signatureOf(line({ kind: 'passed' }, verdict))).toBe(`parity: ${signature}`)
    expect(signatureOf(line(verdict, verdict))).toBe(
      `conformance: ${signature}; parity: ${signature}`,
    )
  })

  test('of what passes is empty', () => {
    expect(signatureOf(line({ kind: 'passed' }, { kind: 'passed' }))).toBe('')
  })
})
