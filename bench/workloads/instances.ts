import { parseScenario } from '../../conformance/index.ts'
import { Random } from '../random.ts'
import { pointClass, pointReducer, points } from './points.ts'
import type { Workload } from './workload.ts'

/** One way in which an instance says how it is reduced. */
type Route = {
  readonly name: string
  readonly why: string
  /** What the class has besides its name. */
  readonly class: object
  readonly where?: 'slots'
}

const routes: readonly Route[] = [
  {
    name: 'instances-default',
    why: 'instances with attributes and no method of their own: object.__reduce_ex__ and NEWOBJ',
    class: {},
  },
  {
    name: 'instances-reduce-ex',
    why: 'instances whose class has __reduce_ex__: one call of the class’s own code for each',
    class: { hooks: { __reduce_ex__: pointReducer } },
  },
  {
    name: 'instances-getstate',
    why: 'instances whose class has __getstate__: the default reduction with a state of its own',
    class: { hooks: { __getstate__: { rules: [{ returns: { self: '__dict__' } }] } } },
  },
  {
    name: 'instances-slots',
    why: 'instances with slots and no __dict__: a state of two parts, collected by name',
    class: { slots: ['x', 'y', 'label'] },
    where: 'slots',
  },
]

export const instances: readonly Workload[] = routes.map((route) => ({
  name: route.name,
  group: 'instances',
  why: route.why,
  counts: 'instances',
  size: 100,
  build: (seed, size) =>
    parseScenario({
      scenario: 1,
      classes: [{ name: pointClass, ...route.class }],
      steps: [{ dump: points(new Random(seed), size, route.where) }],
    }),
}))
