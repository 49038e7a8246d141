/** What `import … from 'picklespec'` gives: Python's pickle for JavaScript values, and the tools. */

export { NotationError, PickleError, type PickleErrorDetails } from '../errors.ts'
export { profileNames } from '../profiles.ts'
export * from '../tools/index.ts'
export { copyreg } from './copyreg.ts'
export { dump, dumps, type PickleFile, Pickler, type PicklerOptions } from './pickler.ts'
export { Reduced, type ReducedParts } from './reduced.ts'
export type { Constructor, DispatchTable, Reducer, Reduction, ReductionParts } from './reduction.ts'
export { load, loads, type PickleSource, Unpickler, type UnpicklerOptions } from './unpickler.ts'
export {
  ByteArray,
  CodePoints,
  type Deed,
  Ellipsis,
  Float,
  FrozenSet,
  Global,
  global,
  NotImplemented,
  PersistentId,
  PickleBuffer,
  Tuple,
  tuple,
} from './values.ts'
