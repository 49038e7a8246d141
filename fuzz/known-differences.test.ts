import { expect, test } from 'vitest'
import { parseScenario } from '../conformance/index.ts'
import { type Known, KnownDifferences, knownDifferences } from './known-differences.ts'

const scenario = parseScenario({ scenario: 1, steps: [{ dump: { bytearray: '' } }] })

const known: Known = {
  clause: 'FAST-06',
  kind: 'bug',
  engine: 'c',
  versions: '3.8-3.12',
  signature: /^bytes: /,
  needs: ({ steps }) => JSON.stringify(steps).includes('bytearray'),
  because: 'it was made for a test',
  example: { scenario: 1 },
}

const sighting = (follows: string, signature: string) => ({
  ...{ follows, signature, engine: 'c', protocol: 2, seen: undefined },
  ...{ because: '', step: 1, expected: [] },
})

test.each([
  ['its engine, release and signature', 'cpython-3.12.1-c', 'bytes: wanted LIST', true],
  ['another engine', 'cpython-3.12.1-py', 'bytes: wanted LIST', false],
  ['a later release', 'cpython-3.13.0-c', 'bytes: wanted LIST', false],
  ['another signature', 'cpython-3.12.1-c', 'trace: wanted no call', false],
])('of %s a difference is told as told', (_, follows, signature, isKnown) => {
  const differences = new KnownDifferences([known])

  expect(differences.meets(sighting(follows, signature), scenario)).toBe(isKnown)
  expect(differences.met.get(known)).toBe(isKnown ? 1 : undefined)
})

test('a scenario that lacks what it takes shows something new', () => {
  const other = parseScenario({ scenario: 1, steps: [{ dump: null }] })

  const seen = sighting('cpython-3.12.1-c', 'bytes: wanted LIST')
  expect(new KnownDifferences([known]).explains(seen, other)).toBeUndefined()
})

test.each(knownDifferences)('$clause, $engine: the example has what it takes', (one) => {
  expect(one.needs(parseScenario(one.example))).toBe(true)
})
