import { PickleError } from '../errors.ts'
import { classAttribute, methodOf } from './attributes.ts'
import { typeNameOf } from './type-of.ts'
import { PyClass, PyFunction, PyObject, type PyValue } from './value.ts'
import type { World } from './world.ts'

/**
 * `fn(*args)`. Only what a scenario gave can be called: its functions, classes with a `__new__` and
 * instances with a `__call__`.
 *
 * @throws {PickleError} TypeError, when the value is not callable; and whatever the call raises
 * @throws {Error} when it is a function of Python's library
 */
export function callValue(world: World, fn: PyValue, args: readonly PyValue[]): PyValue {
  if (fn instanceof PyFunction) {
    if (fn.call !== undefined) return fn.call(args)
    throw new Error(`the reference does not carry out calls of ${fn.library ?? fn.name}`)
  }
  if (fn instanceof PyClass) return callClass(fn, args)
  const method = fn instanceof PyObject ? methodOf(world, fn, '__call__') : undefined
  if (method === undefined) throw notCallable(fn)
  return callValue(world, method, args)
}

/** Whether `callable(value)`. */
export function isCallable(value: PyValue): boolean {
  if (value instanceof PyFunction || value instanceof PyClass) return true
  if (!(value instanceof PyObject)) return false
  return value.type.mro.some(
    (cls) => cls.namespace.has('__call__') || cls.library?.methods.has('__call__') === true,
  )
}

function callClass(cls: PyClass, args: readonly PyValue[]): PyValue {
  const maker = classAttribute(cls, '__new__')
  if (maker instanceof PyFunction && maker.call !== undefined) {
    return maker.call([cls, ...args])
  }
  if (cls.library !== null || cls.layout !== 'object') {
    throw new Error(`the reference does not carry out calls of the class ${cls.name}`)
  }
  if (args.length > 0) throw new PickleError('TypeError', `${cls.name}() takes no arguments`)
  return new PyObject(cls)
}

function notCallable(value: PyValue): PickleError {
  return new PickleError('TypeError', `'${typeNameOf(value)}' object is not callable`)
}
