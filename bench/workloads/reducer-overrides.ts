import { parseScenario } from '../../conformance/index.ts'
import { Random } from '../random.ts'
import { pointClass, pointReduction, points } from './points.ts'
import type { Workload } from './workload.ts'

const notImplemented = { singleton: 'NotImplemented' }

const overrides = [
  {
    name: 'reducer-override-answers',
    why: 'reducer_override reduces every instance: the hook in place of the object’s own reduction',
    rules: [{ match: { class: pointClass }, returns: pointReduction }],
  },
  {
    name: 'reducer-override-declines',
    why: 'reducer_override answers NotImplemented to everything: what it costs only to be asked',
    rules: [],
  },
]

export const reducerOverrides: readonly Workload[] = overrides.map(({ name, why, rules }) => ({
  name,
  group: 'hooks',
  why,
  isLoaded: false,
  counts: 'instances',
  size: 100,
  build: (seed, size) =>
    parseScenario({
      scenario: 1,
      classes: [{ name: pointClass }],
      pickler: { subclass: { reducer_override: { rules, else: notImplemented } } },
      steps: [{ dump: points(new Random(seed), size) }],
    }),
}))
