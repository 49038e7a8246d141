import type { StrContent } from '../codecs/str-content.ts'
import { PyBytes, PyFloat, PyInt, PyStr, PyTuple, type PyValue } from './value.ts'
import type { World } from './world.ts'

/** A new int object, as Python makes it; a plain number where its identity cannot be seen. */
export function freshInt(world: World, value: number | bigint): PyValue {
  if (world.equalIsSame !== null) return world.boxesInts ? world.equalIsSame.int(value) : value
  if (typeof value === 'bigint') return new PyInt(value)
  const isShared = value >= -5 && value <= world.largestSmallInt
  return world.boxesInts && !isShared ? new PyInt(value) : value
}

/** A new float object, as Python makes it. */
export function freshFloat(world: World, value: number, bits: Uint8Array | null = null): PyFloat {
  return world.equalIsSame?.float(value, bits) ?? new PyFloat(value, bits)
}

/** A copy of a str: a new object also for one character, but the only empty one (MODEL-03). */
export function copyStr(world: World, content: StrContent): PyStr {
  return content.length === 0 ? world.emptyStr : new PyStr(content)
}

/** A new bytes object, except that there is one without bytes and one of each byte. */
export function freshBytes(world: World, data: Uint8Array): PyBytes {
  const [first] = data
  if (first === undefined) return world.emptyBytes
  return data.length === 1 ? world.singleByte(first) : new PyBytes(data)
}

/** A new tuple, except that there is one without items. */
export function freshTuple(world: World, items: readonly PyValue[]): PyTuple {
  return items.length === 0 ? world.emptyTuple : new PyTuple([...items])
}
