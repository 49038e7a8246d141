import { PyInt, PyObject, type PyValue } from '../values/value.ts'

/** The value of an int, a bool or an instance of a subclass; undefined for anything else. */
export function intOf(value: PyValue): number | bigint | undefined {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'number' || typeof value === 'bigint') return value
  if (value instanceof PyInt) return value.value
  if (value instanceof PyObject && value.type.layout === 'int') return intOf(value.value ?? null)
  return undefined
}
