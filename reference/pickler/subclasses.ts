/** What is inside exact built-ins and instances of their subclasses alike. */
import type { StrContent } from '../codecs/str-content.ts'
import { PyDict, PyFloat, PyInt, PyObject, PyStr, PyTuple, type PyValue } from '../values/value.ts'

/** The items of a tuple; undefined for everything else. */
export function tupleItems(value: PyValue): readonly PyValue[] | undefined {
  const inside = value instanceof PyObject ? value.value : value
  return inside instanceof PyTuple && isOfLayout(value, 'tuple') ? inside.items : undefined
}

/** The content of a str; undefined for everything else. */
export function contentOfStr(value: PyValue): StrContent | undefined {
  const inside = value instanceof PyObject ? value.value : value
  return inside instanceof PyStr && isOfLayout(value, 'str') ? inside.content : undefined
}

/** The storage of a dict; undefined for everything else. */
export function storageOfDict(value: PyValue): PyDict | undefined {
  const inside = value instanceof PyObject ? value.value : value
  return inside instanceof PyDict && isOfLayout(value, 'dict') ? inside : undefined
}

/** The value of an int, booleans among them; undefined for everything else. */
export function intOf(value: PyValue): number | bigint | undefined {
  const inside = value instanceof PyObject ? insideOf(value, 'int') : value
  if (typeof inside === 'number' || typeof inside === 'bigint') return inside
  if (typeof inside === 'boolean') return Number(inside)
  return inside instanceof PyInt ? inside.value : undefined
}

/** The value of a float; undefined for everything else. */
export function floatOf(value: PyValue): number | undefined {
  const inside = value instanceof PyObject ? insideOf(value, 'float') : value
  return inside instanceof PyFloat ? inside.value : undefined
}

const insideOf = (object: PyObject, layout: string): PyValue | undefined =>
  object.type.layout === layout ? object.value : undefined

/** An exception has a tuple inside, and a mapping of the library a dict, without being one. */
const isOfLayout = (value: PyValue, layout: string): boolean =>
  !(value instanceof PyObject) || value.type.layout === layout
