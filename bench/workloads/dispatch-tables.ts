import { parseScenario } from '../../conformance/index.ts'
import { Random } from '../random.ts'
import { pointClass, pointReducer, points } from './points.ts'
import type { Workload } from './workload.ts'

const entries = [[pointClass, pointReducer]]
const table = { kind: 'dict', entries }

/** Where the one reducer stands; the pickles are the same. */
const places = [
  {
    name: 'dispatch-table-instance',
    why: 'many instances of a class in the dispatch_table of the pickler',
    scenario: { pickler: { instance: { dispatch_table: table } } },
  },
  {
    name: 'dispatch-table-subclass',
    why: 'the same table as an attribute of a subclass of Pickler',
    scenario: { pickler: { subclass: { dispatch_table: table } } },
  },
  {
    name: 'dispatch-table-copyreg',
    why: 'the same reducer in copyreg.dispatch_table, for every pickler of the process',
    scenario: { copyreg: { dispatch_table: entries } },
  },
]

export const dispatchTables: readonly Workload[] = places.map(({ name, why, scenario }) => ({
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
      ...scenario,
      steps: [{ dump: points(new Random(seed), size) }],
    }),
}))
