import { expect, test } from 'vitest'
import { describePlace, describeVerdict, protocolRanges, ruleOf, targetName } from './describe.ts'
import type { Difference, Verdict } from './record.ts'

test.each<[Verdict, string]>([
  [{ kind: 'passed' }, ''],
  [{ kind: 'failed', because: 'the pickles part at byte 2' }, 'the pickles part at byte 2'],
  [{ kind: 'lossy', because: 'it has no tuples' }, 'it has no tuples'],
  [{ kind: 'unsupported', because: 'protocol 5' }, 'protocol 5'],
  [
    { kind: 'crashed', signal: 'SIGSEGV', exitCode: null, stderr: '', inCompanyOnly: true },
    'it died of SIGSEGV (not again when asked alone)',
  ],
  [
    { kind: 'crashed', signal: null, exitCode: 3, stderr: '', inCompanyOnly: false },
    'it ended with exit code 3',
  ],
  [{ kind: 'timed-out', afterMs: 500, inCompanyOnly: false }, 'no answer within 500 ms'],
  [{ kind: 'out-of-memory', rssMiB: 1024, inCompanyOnly: false }, 'it grew to 1024 MiB'],
  [{ kind: 'babbled', found: 'hello', inCompanyOnly: false }, 'it wrote what is no answer: hello'],
  [{ kind: 'harness-error', message: 'no such case' }, 'no such case'],
])('%j is told in a clause', (verdict, told) => {
  expect(describeVerdict(verdict)).toBe(told)
})

test.each<[Partial<Difference>, string]>([
  [{ kind: 'byte', at: 2, instruction: 1 }, 'step 1, byte 2 in instruction 1'],
  [{ kind: 'instruction', at: 4 }, 'step 1, instruction 4'],
  [{ kind: 'trace', at: 0 }, 'step 1, hook call 0'],
  [{ kind: 'graph', at: '$.items[2]' }, 'step 1, the value at $.items[2]'],
  [{ kind: 'error', at: 'message' }, 'step 1, the refusal: message'],
])('the place of %j is named', (difference, named) => {
  expect(
    describePlace({ kind: 'byte', step: 1, at: 0, expected: null, seen: null, ...difference }),
  ).toBe(named)
})

test.each([
  [[0, 1, 2, 3, 4, 5], '0-5'],
  [[5, 0, 1, 3], '0-1, 3, 5'],
  [[2, 2], '2'],
  [[null], 'own'],
  [[null, 4], 'own, 4'],
  [[], ''],
])('the protocols %j are %j in few words', (protocols, words) => {
  expect(protocolRanges(protocols)).toBe(words)
})

test('a rule of two engines is one text, and a subject without engines has its own name', () => {
  expect(ruleOf({ says: 'One.' })).toBe('One.')
  expect(ruleOf({ says: { c: 'One.', pure: 'Two.' } })).toBe('Accelerated: One. Pure: Two.')
  expect(targetName({ subject: 'go', engine: null })).toBe('go')
  expect(targetName({ subject: 'cpython', engine: 'c' })).toBe('cpython c')
})
