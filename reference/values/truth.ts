import { PickleError } from '../errors.ts'
import { methodOf } from './attributes.ts'
import { callValue } from './call.ts'
import { flagValue } from './flags.ts'
import { indexOf } from './index-of.ts'
import { typeNameOf } from './type-of.ts'
import { type PyClass, type PyObject, PyTuple, type PyValue } from './value.ts'
import type { World } from './world.ts'

/**
 * `bool(value)`.
 *
 * @throws {PickleError} what `__bool__` or `__len__` raises, and TypeError, ValueError or
 * OverflowError where their answer is no truth; TypeError for NotImplemented from 3.14 on
 */
export function isTruthy(world: World, value: PyValue): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value)
  switch (value.kind) {
    case 'int':
      return Number(value.value) !== 0
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
    case 'singleton':
      if (value === world.notImplemented && world.release[1] >= 14) {
        const text = 'NotImplemented should not be used in a boolean context'
        throw new PickleError('TypeError', text)
      }
      return true
    case 'class':
      return truthByMethods(world, value) ?? true
    case 'object':
      return truthByMethods(world, value) ?? isContentTruthy(world, value)
    default:
      return true
  }
}

/** What the methods say that the scenario gave the type; undefined when it has none. */
function truthByMethods(world: World, value: PyObject | PyClass): boolean | undefined {
  const bool = methodOf(world, value, '__bool__')
  if (bool !== undefined) {
    const answer = callValue(world, bool, [])
    if (typeof answer === 'boolean') return answer
    const what = typeNameOf(answer)
    throw new PickleError('TypeError', `__bool__ should return bool, returned ${what}`)
  }
  const length = methodOf(world, value, '__len__')
  return length === undefined ? undefined : isLength(world, callValue(world, length, []))
}

/** Whether the answer of `__len__` is a length other than 0. */
function isLength(world: World, answer: PyValue): boolean {
  const length = indexOf(world, answer)
  if (length === undefined) {
    const text = `'${typeNameOf(answer)}' object cannot be interpreted as an integer`
    throw new PickleError('TypeError', text)
  }
  if (length < 0) throw new PickleError('ValueError', '__len__() should return >= 0')
  if (length >= 2n ** 63n) {
    throw new PickleError('OverflowError', "cannot fit 'int' into an index-sized integer")
  }
  return Number(length) !== 0
}

/** A flag is as its value; another member of an enum without a number inside is true, as plain objects are. */
function isContentTruthy(world: World, object: PyObject): boolean {
  const { type, value } = object
  const bits = flagValue(object)
  if (bits !== undefined) return isTruthy(world, bits)
  if (value === undefined || type.layout === 'exception') return true
  const isComplex = type.layout === 'complex' && value instanceof PyTuple
  return isComplex ? value.items.some((part) => isTruthy(world, part)) : isTruthy(world, value)
}
