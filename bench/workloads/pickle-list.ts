import { parseScenario } from '../../conformance/index.ts'
import type { Workload } from './workload.ts'

const ten = { list: [{ range: [0, 10] }] }

export const pickleList: Workload = {
  name: 'pickle-list',
  group: 'pyperformance',
  why: 'pairs of short lists of small ints, in the shape of pyperformance’s pickle_list: almost nothing but the way from one value to the next',
  isLoaded: true,
  counts: 'pairs of lists',
  size: 50,
  build: (_seed, size) =>
    parseScenario({
      scenario: 1,
      steps: [{ dump: { list: [{ repeat: size, of: { list: [ten, ten] } }] } }],
    }),
}
