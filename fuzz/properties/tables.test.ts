import { expect, test } from 'vitest'
import type { Observation } from '../../conformance/index.ts'
import type { JsonObject } from '../json.ts'
import { lengthy, obeys, objectAt, stepsOf, withPickler } from './law.ts'

/** The table out of the registry, put where it is asked for. */
function moved(json: JsonObject, to: 'instance' | 'subclass'): JsonObject {
  const registry = objectAt(json, 'copyreg')
  const table = { kind: 'dict', entries: registry['dispatch_table'] ?? [] }
  const emptied = { ...json, copyreg: { ...registry, dispatch_table: [] } }
  return withPickler(emptied, to, { dispatch_table: table })
}

/** Bytes, buffers, refusals; who was called, but for where the reducer stood. */
function outcome({ bytes, buffers, refused, trace = [] }: Observation) {
  const hooks = trace.map(([hook]) => hook.replace(/^.*(?:copyreg|dispatch_table)\[/, '['))
  return { bytes, buffers, refused: refused?.class, hooks }
}

test('a table on the instance, on the subclass and in copyreg give the same bytes', () => {
  let consulted = 0
  obeys(
    (scenario, subject) => {
      const registered = stepsOf(withPickler(scenario, 'subclass', {}), subject)
      const onInstance = stepsOf(withPickler(moved(scenario, 'instance'), 'subclass', {}), subject)
      const onSubclass = stepsOf(moved(scenario, 'subclass'), subject)

      expect(onInstance.map(outcome)).toEqual(registered.map(outcome))
      expect(onSubclass.map(outcome)).toEqual(registered.map(outcome))
      const isConsulted = registered.some(({ trace = [] }) =>
        trace.some(([hook]) => hook.startsWith('copyreg[')),
      )
      if (isConsulted) consulted += 1
      return isConsulted
    },
    {
      having: ['copyreg'],
      // A table of one's own has none of the reducers that the registry begins with.
      without: [
        ...lengthy,
        ...(['instanceTables', 'subclassTables', 'tableSteps'] as const),
        ...(['attributeSteps', 'hookActions', 'libraryObjects'] as const),
      ],
      leastPercent: 10,
      runs: 40,
    },
  )
  expect(consulted).toBeGreaterThan(8)
}, 60_000)
