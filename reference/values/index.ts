export {
  attributeError,
  classAttribute,
  deleteAttribute,
  findAttribute,
  getAttribute,
  instanceDict,
  setAttribute,
} from './attributes.ts'
export * as build from './build.ts'
export { callValue, isCallable } from './call.ts'
export { createWorld, type WorldOptions } from './create-world.ts'
export { dictDelete, dictLookup, dictStore } from './dict.ts'
export { exceptionMro, isException, RaisedError } from './exceptions.ts'
export { freshBytes, freshFloat, freshInt } from './fresh.ts'
export { type HashKey, hashKey } from './hash-key.ts'
export { callGet, deleteItem, getItem, keyError, setItem } from './items.ts'
export { drain, iterate, listIterator } from './iterate.ts'
export { makePartial } from './partial.ts'
export { raised } from './raise.ts'
export { repr } from './repr.ts'
export { type Difference, graphDifference } from './same-graph.ts'
export { isTruthy } from './truth.ts'
export { isType, typeName, typeNameOf } from './type-of.ts'
export {
  type ClassFields,
  type FunctionFields,
  type Layout,
  PyBuffer,
  PyByteArray,
  PyBytes,
  PyClass,
  PyDict,
  PyFloat,
  PyFrozenSet,
  PyFunction,
  type PyHeapValue,
  PyInt,
  PyIterator,
  PyList,
  PyModule,
  PyObject,
  PyProperty,
  PySet,
  PySingleton,
  PyStr,
  PyTuple,
  type PyValue,
} from './value.ts'
export type { World } from './world.ts'
