import { dispatchTables } from './dispatch-tables.ts'
import { fastTree } from './fast-tree.ts'
import { instances } from './instances.ts'
import { persistentId } from './persistent-id.ts'
import { pickle } from './pickle.ts'
import { pickleDict } from './pickle-dict.ts'
import { pickleList } from './pickle-list.ts'
import { reducerOverrides } from './reducer-overrides.ts'
import type { Workload } from './workload.ts'

/** Every workload, in the order of reports. */
export const workloads: readonly Workload[] = [
  pickle,
  pickleList,
  pickleDict,
  ...instances,
  fastTree,
  ...dispatchTables,
  ...reducerOverrides,
  persistentId,
]
