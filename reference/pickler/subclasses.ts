/** What is inside exact built-ins and instances of their subclasses alike. */
import type { StrContent } from '../codecs/str-content.ts'
import { PyDict, PyObject, PyStr, PyTuple, type PyValue } from '../values/value.ts'

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

/** An exception has a tuple inside, and a mapping of the library a dict, without being one. */
const isOfLayout = (value: PyValue, layout: string): boolean =>
  !(value instanceof PyObject) || value.type.layout === layout
