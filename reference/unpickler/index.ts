export { describeGraph, type NamesOfOwn } from './describe-graph.ts'
export type { ValueGraph } from './graph.ts'
export { graphInOrder } from './graph-in-order.ts'
export {
  knownNames as namesOfWorld,
  type LoadNames,
  type ScenarioNames,
  symbolNames,
} from './load-names.ts'
export { PyMemoryView } from './memory-view.ts'
export { type Deed, PyPersistent, PyRecorded, PySymbol } from './recorded.ts'
export { BytesReader, type Reader as PullReader, type Source } from './source.ts'
export { UnknownCallError } from './unknown-call-error.ts'
export { Unpickler, type UnpicklerInit } from './unpickler.ts'
export type { UnpicklerClass } from './unpickler-class.ts'
