import type { PyTuple, PyValue } from '../values/value.ts'

/** A call by which an object is made again. */
export type Call = { readonly callable: PyValue; readonly args: PyTuple }
