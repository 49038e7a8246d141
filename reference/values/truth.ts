import { methodOf } from './attributes.ts'
import { callValue } from './call.ts'
import type { PyObject, PyValue } from './value.ts'
import type { World } from './world.ts'

/** `bool(value)`. */
export function isTruthy(world: World, value: PyValue): boolean {
  if (value === null) return false
  if (typeof value === 'boolean') return value
  if (typeof value !== 'object') return value !== 0 && value !== 0n
  switch (value.kind) {
    case 'int':
      return value.value !== 0 && value.value !== 0n
    case 'float':
      return value.value !== 0
    case 'str':
      return value.content.length > 0
    case 'bytes':
    case 'bytearray':
      return value.data.length > 0
    case 'tuple':
    case 'list':
      return value.items.length > 0
    case 'dict':
      return value.keys.length > 0
    case 'set':
    case 'frozenset':
      return value.members.length > 0
    case 'object':
      return isObjectTruthy(world, value)
    default:
      return true
  }
}

function isObjectTruthy(world: World, object: PyObject): boolean {
  const bool = methodOf(world, object, '__bool__')
  if (bool !== undefined) return callValue(bool, []) === true
  const length = methodOf(world, object, '__len__')
  if (length !== undefined) return isTruthy(world, callValue(length, []))
  const hasContent = object.value !== undefined && object.type.layout !== 'exception'
  // An enum member without a number inside is true whatever its value.
  if (!hasContent || object.type.layout === 'object') return true
  return object.value !== undefined && isTruthy(world, object.value)
}
