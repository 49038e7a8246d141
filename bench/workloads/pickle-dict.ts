import { parseScenario } from '../../conformance/index.ts'
import type { Workload } from './workload.ts'

const tenKeys = { dict: [{ range: [0, 10], value: null }] }

export const pickleDict: Workload = {
  name: 'pickle-dict',
  group: 'pyperformance',
  why: 'a dict of small dicts, in the shape of pyperformance’s pickle_dict: keys and values taken from a table',
  isLoaded: true,
  counts: 'dicts of ten keys',
  size: 100,
  build: (_seed, size) =>
    parseScenario({
      scenario: 1,
      steps: [{ dump: { dict: [{ range: [0, size], value: tenKeys }] } }],
    }),
}
