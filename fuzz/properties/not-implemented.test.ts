import { expect, test } from 'vitest'
import type { Observation } from '../../conformance/index.ts'
import { lengthy, obeys, stepsOf, withPickler } from './law.ts'

/** What a step did, but for calls of the override; other objects are numbered by what was called. */
function withoutOverride({ trace = [], traceMore: _, ...step }: Observation) {
  const others = trace.filter(([hook]) => !hook.endsWith('.reducer_override'))
  const calls = others.map(([hook, object, answer]) => [
    hook,
    object.replace(/^~\d+:/, '~:'),
    answer.replace(/~\d+:/g, '~:'),
  ])
  return { ...step, calls }
}

/** A trace has 64 entries, which the override fills sooner: as many calls as both have. */
function cut(one: ReturnType<typeof withoutOverride>, other: typeof one) {
  return { ...one, calls: one.calls.slice(0, other.calls.length) }
}

const notImplemented = { rules: [], else: { singleton: 'NotImplemented' } }

test('an override that always says NotImplemented changes nothing', () => {
  obeys(
    (scenario, subject) => {
      // Only a subclass can have an override.
      const own = withPickler(scenario, 'subclass', {})
      const plain = stepsOf(own, subject).map(withoutOverride)
      const overridden = withPickler(scenario, 'subclass', { reducer_override: notImplemented })
      const seen = stepsOf(overridden, subject).map(withoutOverride)

      expect(seen).toEqual(plain.map((step, at) => cut(step, seen[at] ?? step)))
      return plain.some(({ bytes }) => bytes !== undefined)
    },
    { without: [...lengthy, 'override', 'attributeSteps', 'hookActions'], leastPercent: 70 },
  )
}, 60_000)
