import { parseScenario, type Value } from '../../conformance/index.ts'
import { Random } from '../random.ts'
import { pointClass, points } from './points.ts'
import type { Workload } from './workload.ts'

const storedClass = 'Stored'

export const persistentId: Workload = {
  name: 'persistent-id',
  group: 'hooks',
  why: 'persistent_id is asked about every value, and answers for as many instances as it declines',
  isLoaded: false,
  counts: 'pairs of instances',
  size: 50,
  build: (seed, size) => {
    const stored: Value = { list: [{ repeat: size, of: { instance: storedClass } }] }
    const rules = [{ match: { class: storedClass }, returns: { tuple: [storedClass, 1729] } }]
    return parseScenario({
      scenario: 1,
      classes: [{ name: pointClass }, { name: storedClass }],
      pickler: { subclass: { persistent_id: { rules } } },
      steps: [{ dump: { tuple: [points(new Random(seed), size), stored] } }],
    })
  },
}
