import { PickleError } from '../errors.ts'
import { methodOf } from './attributes.ts'
import { callValue } from './call.ts'
import { typeNameOf } from './type-of.ts'
import { PyInt, PyObject, type PyValue } from './value.ts'
import type { World } from './world.ts'

/**
 * The int that a value is, derives from or gives by `__index__`; undefined for what is no index.
 *
 * @throws {PickleError} TypeError, where `__index__` gives no int, and whatever it raises
 */
export function indexOf(world: World, value: PyValue): number | bigint | undefined {
  const int = intOf(value)
  if (int !== undefined) return int
  const method = methodOf(world, value, '__index__')
  if (method === undefined) return undefined
  const answer = callValue(world, method, [])
  const index = intOf(answer)
  if (index !== undefined) return index
  const what = typeNameOf(answer)
  throw new PickleError('TypeError', `__index__ returned non-int (type ${what})`)
}

function intOf(value: PyValue): number | bigint | undefined {
  const inner = value instanceof PyObject ? value.value : value
  if (inner instanceof PyInt) return inner.value
  if (typeof inner === 'boolean') return Number(inner)
  return typeof inner === 'number' || typeof inner === 'bigint' ? inner : undefined
}
