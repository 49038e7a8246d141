import { type PyClass, PyObject, PyTuple, type PyValue } from '../values/value.ts'
import { intOf } from './ints.ts'

/** What an object of the library is made of, by name, that its repr and its reduction show. */
export function partsObject(
  type: PyClass,
  parts: readonly (readonly [name: string, value: PyValue])[],
): PyObject {
  const object = new PyObject(type)
  object.slots = new Map(parts)
  object.reduction = () => new PyTuple([type, new PyTuple(parts.map(([, value]) => value))])
  return object
}

/** Start, stop and step of a range; undefined for anything else. */
export function partsOfRange(object: PyObject): readonly [bigint, bigint, bigint] | undefined {
  if (object.type.library?.name !== 'builtins:range') return undefined
  const part = (name: string): bigint => {
    // A range has all three of them, as ints.
    return BigInt(intOf(object.slots?.get(name) as PyValue) as number | bigint)
  }
  return [part('start'), part('stop'), part('step')]
}
