import { expect, test } from 'vitest'
import { type Blame, blameOf, describeIsolation } from './blame.ts'
import type { Isolation, Verdict } from './record.ts'

const failed: Verdict = { kind: 'failed', because: 'the pickles part' }
const crashed = { kind: 'crashed', signal: 'SIGSEGV', exitCode: null, stderr: '' } as const

test.each<readonly [Verdict, Isolation | undefined, Blame | undefined]>([
  [{ kind: 'passed' }, undefined, undefined],
  [{ kind: 'lossy', because: 'no tuples' }, undefined, undefined],
  [{ kind: 'unsupported', because: 'no sets' }, undefined, undefined],
  [failed, undefined, 'implementation'],
  [failed, { kind: 'alike' }, 'implementation'],
  [failed, { kind: 'otherwise', signature: 'parity: byte' }, 'implementation'],
  [failed, { kind: 'after', case: 'save/atoms/int' }, 'adapter'],
  [failed, { kind: 'in-company' }, 'adapter'],
  [failed, { kind: 'not-again' }, 'environment'],
  [{ ...crashed, inCompanyOnly: false }, undefined, 'implementation'],
  [{ ...crashed, inCompanyOnly: true }, undefined, 'environment'],
  [{ kind: 'timed-out', afterMs: 1, inCompanyOnly: true }, undefined, 'environment'],
  [{ kind: 'out-of-memory', rssMiB: 1, inCompanyOnly: false }, undefined, 'implementation'],
  [{ kind: 'babbled', found: 'noise', inCompanyOnly: false }, undefined, 'adapter'],
  [{ kind: 'harness-error', message: 'no prediction' }, undefined, 'suite'],
  [{ kind: 'harness-error', message: 'no such tag', by: 'adapter' }, undefined, 'adapter'],
  [{ kind: 'harness-error', message: 'interrupted', by: 'environment' }, undefined, 'environment'],
])('%j, asked again %j, is for the %s', (conformance, isolation, blame) => {
  const line = { conformance, parity: null, ...(isolation !== undefined && { isolation }) }

  expect(blameOf(line)).toBe(blame)
})

test('of two verdicts the worse one says who is to look', () => {
  const babbled: Verdict = { kind: 'babbled', found: 'noise', inCompanyOnly: false }

  expect(blameOf({ conformance: failed, parity: babbled })).toBe('adapter')
})

test('each outcome of asking again is told', () => {
  expect(describeIsolation({ kind: 'after', case: 'save/atoms/int' })).toBe(
    'it fails only after save/atoms/int: something of that case is left behind',
  )
  expect(describeIsolation({ kind: 'otherwise', signature: 'parity: byte' })).toContain('byte')
  const rest = ['alike', 'in-company', 'not-again'] as const
  const texts = rest.map((kind) => describeIsolation({ kind }))
  expect(new Set(texts).size).toBe(3)
})
