import { type Layout, PyDict, PyObject, PyTuple, type PyValue } from '../values/value.ts'

/** The value inside an instance of a subclass of a built-in type, else the value itself. */
export function contentOf(value: PyValue): PyValue {
  return value instanceof PyObject && value.value !== undefined ? value.value : value
}

/** The value inside an instance of a subclass of the type with this layout, else the value itself. */
export function innerOf(value: PyValue, layout: Layout): PyValue {
  return value instanceof PyObject && value.type.layout === layout ? contentOf(value) : value
}

/** The tuple a value is, or has inside as an instance of a subclass. */
export function tupleOf(value: PyValue): PyTuple | undefined {
  const inner = innerOf(value, 'tuple')
  return inner instanceof PyTuple ? inner : undefined
}

/** The dict a value is, or has inside as an instance of a subclass. */
export function dictOf(value: PyValue): PyDict | undefined {
  const inner = innerOf(value, 'dict')
  return inner instanceof PyDict ? inner : undefined
}

/** The keys of a dict with their values. */
export function entriesOf({ keys, values }: PyDict): [key: PyValue, value: PyValue][] {
  return keys.map((key, at) => [key, values[at] ?? null])
}
