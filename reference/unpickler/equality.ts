import { dictLookup } from '../values/dict.ts'
import { type HashKey, hashKey } from '../values/hash-key.ts'
import {
  type Layout,
  PyByteArray,
  PyBytes,
  PyDict,
  PyFrozenSet,
  PyList,
  PyObject,
  PySet,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import { contentOf } from './contents.ts'

/** What a value equals as a key; undefined for one without a hash. */
export function keyOf(value: PyValue): HashKey | undefined {
  try {
    return hashKey(value)
  } catch {
    return undefined
  }
}

/** `one == other`: lists, tuples and dicts by what is in them, sets and bytearrays as what they hold. */
export function areEqual(left: PyValue, right: PyValue): boolean {
  if (left === right) return true
  const [one, other] = [bare(left), bare(right)]
  if (one instanceof PyList && other instanceof PyList) return areAllEqual(one.items, other.items)
  if (one instanceof PyTuple && other instanceof PyTuple) return areAllEqual(one.items, other.items)
  if (one instanceof PyDict && other instanceof PyDict) {
    const found = one.keys.map((key) => dictLookup(other, key))
    return one.keys.length === other.keys.length && areAllEqual(one.values, found)
  }
  const key = keyOf(hashable(one))
  return key !== undefined && key === keyOf(hashable(other))
}

function areAllEqual(ones: readonly PyValue[], others: readonly (PyValue | undefined)[]): boolean {
  return (
    ones.length === others.length &&
    ones.every((one, at) => {
      const other = others[at]
      return other !== undefined && areEqual(one, other)
    })
  )
}

const containers: ReadonlySet<Layout> = new Set(['list', 'tuple', 'dict', 'set', 'bytearray'])

/** The container in an instance of a subclass. */
const bare = (value: PyValue): PyValue =>
  value instanceof PyObject && containers.has(value.type.layout) ? contentOf(value) : value

/** What has a hash and equals the value, where there is such a type. */
function hashable(value: PyValue): PyValue {
  if (value instanceof PySet) return new PyFrozenSet(value.members)
  return value instanceof PyByteArray ? new PyBytes(value.data) : value
}
