import { PyDict, PyObject, PyTuple, type PyValue } from '../values/value.ts'

/** The value inside an instance of a subclass of a built-in type, else the value itself. */
export function contentOf(value: PyValue): PyValue {
  return value instanceof PyObject && value.value !== undefined ? value.value : value
}

/** The tuple a value is, or has inside as an instance of a subclass. */
export function tupleOf(value: PyValue): PyTuple | undefined {
  const inner = value instanceof PyObject && value.type.layout === 'tuple' ? value.value : value
  return inner instanceof PyTuple ? inner : undefined
}

/** The dict a value is, or has inside as an instance of a subclass. */
export function dictOf(value: PyValue): PyDict | undefined {
  const inner = value instanceof PyObject && value.type.layout === 'dict' ? value.value : value
  return inner instanceof PyDict ? inner : undefined
}
