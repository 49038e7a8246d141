import { methodOf } from '../values/attributes.ts'
import { isCallable } from '../values/call.ts'
import { typeNameOf } from '../values/type-of.ts'
import { PyClass, type PyDict, PyFunction, PyObject, PyStr, type PyValue } from '../values/value.ts'
import { classCall, newOfBase } from './construct.ts'
import { typeError } from './errors.ts'
import { libraryFunction } from './functions.ts'
import { PyRecorded, PySymbol } from './recorded.ts'
import { UnknownCallError } from './unknown-call-error.ts'
import type { Unpickling } from './unpickling.ts'

/**
 * `fn(*args)` as far as it is known to be harmless: symbols record it, the data types of
 * Python make values, what a scenario gave is called. Nothing else is ever carried out.
 *
 * @throws {PickleError} what the call raises, TypeError for what cannot be called
 */
export function callLoaded(u: Unpickling, fn: PyValue, args: readonly PyValue[]): PyValue {
  const made = u.hooks.make(u, fn, 'call', args, null)
  if (made !== undefined) return made
  if (fn instanceof PySymbol) {
    return new PyRecorded(u.world, fn, { from: fn, by: 'call', args, keywords: null })
  }
  if (fn instanceof PyRecorded) {
    const { made } = u.hooks.symbolKinds()
    return new PyRecorded(u.world, made, { from: fn, by: 'call', args, keywords: null })
  }
  if (fn instanceof PyClass) return classCall(u, fn, args)
  if (fn instanceof PyFunction) {
    return fn.call === undefined ? libraryFunction(u, fn, args) : fn.call(args)
  }
  if (fn instanceof PyObject && isCallable(fn)) {
    const method = methodOf(u.world, fn, '__call__')
    if (method !== undefined) return callLoaded(u, method, args)
    throw new UnknownCallError(`the reference carries out no call of a ${typeNameOf(fn)}`)
  }
  throw typeError(`'${typeNameOf(fn)}' object is not callable`)
}

/**
 * `cls.__new__(cls, *args, **keywords)`.
 *
 * @throws {PickleError} TypeError, for what is no class, and what `__new__` raises
 */
export function newLoaded(
  u: Unpickling,
  cls: PyValue,
  args: readonly PyValue[],
  keywords: PyDict | null = null,
): PyValue {
  const made = u.hooks.make(u, cls, 'new', args, keywords)
  if (made !== undefined) return made
  if (cls instanceof PySymbol) {
    checkKeywords(u, keywords)
    return new PyRecorded(u.world, cls, { from: cls, by: 'new', args, keywords })
  }
  return newOfBase(u, cls, cls, { args, keywords })
}

/** Names of arguments are strs, and `cls` is taken; how the method is called depends on the release. */
function checkKeywords(u: Unpickling, keywords: PyDict | null): void {
  const [, minor] = u.world.release
  for (const key of keywords?.keys ?? []) {
    if (!(key instanceof PyStr)) {
      throw typeError(`${minor < 9 ? '__new__() ' : ''}keywords must be strings`)
    }
    if (key.content === 'cls') {
      const method = minor < 10 ? '__new__()' : 'Recorded.__new__()'
      throw typeError(`${method} got multiple values for argument 'cls'`)
    }
  }
}
