import { expect, test } from 'vitest'
import { parseScenario } from '../../conformance/index.ts'
import { lengthy, obeys, stepsOf } from './law.ts'

/** The calls of reducers, by hook and object, of which there is one object each. */
const reducers = /__reduce(?:_ex)?__$|dispatch_table\[|^copyreg\[/

/** The objects that are made once: those of the steps, but for what their hooks answer. */
function labelsIn(held: unknown): string[] {
  if (typeof held !== 'object' || held === null) return []
  if (Array.isArray(held)) return held.flatMap(labelsIn)
  const { id, node, hooks: _, ...parts } = held as Record<string, unknown>
  const label = typeof id === 'string' ? id : `#${node}`
  return [...(node === undefined ? [] : [label]), ...Object.values(parts).flatMap(labelsIn)]
}

test('with a memo and without cycles each reducer is called once per object', () => {
  let calls = 0
  obeys(
    (scenario, subject) => {
      const labels = new Set(labelsIn(parseScenario(scenario).steps))
      const steps = stepsOf(scenario, subject)
      // What was being saved when a dump was refused is reduced again by the next.
      const refusedAt = steps.findIndex(({ refused }) => refused !== undefined)
      const before = refusedAt === -1 ? steps : steps.slice(0, refusedAt + 1)
      const trace = before.flatMap((step) => step.trace ?? [])
      const reduced = trace
        .filter(([hook]) => reducers.test(hook))
        .filter(([, object]) => labels.has(object))
        .map(([hook, object]) => `${hook} of ${object}`)
      calls += reduced.length

      expect(reduced).toEqual([...new Set(reduced)])
      return reduced.length > 0
    },
    {
      having: ['reducers', 'sharing'],
      // What has a code in the extension registry does not enter the memo.
      without: [
        ...lengthy,
        ...(['fast', 'cycles', 'recursiveTuples', 'extensions', 'clearMemo'] as const),
        ...([
          'attributeSteps',
          'tableSteps',
          'objectSteps',
          'severalDumps',
          'hookActions',
        ] as const),
      ],
      leastPercent: 10,
      runs: 90,
    },
  )
  expect(calls).toBeGreaterThan(40)
}, 60_000)
