import { type PyClass, PyObject, PyTuple, type PyValue } from '../values/value.ts'
import type { Given } from './construct.ts'
import type { Unpickling } from './unpickling.ts'

export function newException(u: Unpickling, cls: PyClass, { args }: Given): PyValue {
  void u
  return new PyObject(cls, null, new PyTuple([...args]))
}

export function initException(_u: Unpickling, _content: PyValue, _cls: PyClass, _g: Given): void {}

export function builtInSetState(u: Unpickling, object: PyValue, state: PyValue): void {
  void u
  void object
  void state
}
