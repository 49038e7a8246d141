import { PickleError } from '../errors.ts'
import { tupleOf } from '../unpickler/contents.ts'
import { unpicklingError } from '../unpickler/errors.ts'
import { classFields } from '../values/build.ts'
import { PyClass, PyDict, PyObject, PyStr, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { makeFunction } from './make-function.ts'

/** A JavaScript value that a load got from the program: Python only passes it on. */
export class PyForeign extends PyObject {
  readonly origin: unknown

  constructor(type: PyClass, origin: unknown) {
    super(type)
    this.origin = origin
  }
}

/** A JavaScript class that a load got from the program. */
export class PyForeignClass extends PyClass {}

type ToJavaScript = (value: PyValue) => unknown

/**
 * The type of such values in Python. What instructions do to its instances is done to the JavaScript
 * objects: `__setstate__`, else attributes; `append` or `push`, `add`, and `__setitem__` or `set`.
 */
export function foreignType(world: World, toJavaScript: ToJavaScript): PyClass {
  const type = new PyClass(classFields(world, 'object', 'javascript'))
  const method = (
    name: string,
    act: (object: unknown, given: readonly PyValue[]) => void,
  ): void => {
    const call = ([self = null, ...given]: readonly PyValue[]): PyValue => {
      act((self as PyForeign).origin, given) // bound to the instances of this type alone
      return null
    }
    type.namespace.set(name, makeFunction(world, name, call))
  }
  const calling = (...names: readonly string[]): void => {
    const [name = ''] = names
    method(name, (object, given) => callMethod(object, names, given.map(toJavaScript)))
  }
  calling('append', 'push')
  calling('add')
  calling('__setitem__', 'set')
  method('__setstate__', (object, [state = null]) => setState(object, state, toJavaScript))
  return type
}

/** Calls the first of these methods that the object has. */
function callMethod(object: unknown, names: readonly string[], given: readonly unknown[]): void {
  for (const name of names) {
    const method = methodOf(object, name)
    if (method === undefined) continue
    method.call(object, ...given)
    return
  }
  const wanted = names.map((name) => `'${name}'`).join(' or ')
  throw new PickleError('AttributeError', `'${nameOf(object)}' object has no method ${wanted}`)
}

type Method = (...given: unknown[]) => unknown

function methodOf(object: unknown, name: string): Method | undefined {
  if (typeof object !== 'object' || object === null) return undefined
  const found: unknown = Reflect.get(object, name)
  return typeof found === 'function' ? (found as Method) : undefined
}

function nameOf(object: unknown): string {
  if (typeof object !== 'object' || object === null) return typeof object
  return object.constructor?.name ?? 'object'
}

/** By the object's own `__setstate__`, else each entry of the state, and of the slots, is assigned. */
function setState(object: unknown, state: PyValue, toJavaScript: ToJavaScript): void {
  const own = methodOf(object, '__setstate__')
  if (own !== undefined) {
    own.call(object, toJavaScript(state))
    return
  }
  if (typeof object !== 'object' || object === null) {
    throw new PickleError('AttributeError', `a value that is ${nameOf(object)} can have no state`)
  }
  const pair = tupleOf(state)
  for (const part of pair?.items.length === 2 ? pair.items : [state]) {
    if (part === null) continue
    if (!(part instanceof PyDict)) throw unpicklingError('state is not a dictionary')
    for (const [at, key] of part.keys.entries()) {
      if (!(key instanceof PyStr && typeof key.content === 'string')) {
        throw new PickleError('TypeError', 'an attribute name that is no string')
      }
      setProperty(object, key.content, toJavaScript(part.values[at] ?? null))
    }
  }
}

/** Assigns; `__proto__` is a property like any other. */
export function setProperty(object: object, name: string, value: unknown): void {
  if (name !== '__proto__') {
    Reflect.set(object, name, value) || refuse(object, name)
    return
  }
  Object.defineProperty(object, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  })
}

function refuse(object: object, name: string): never {
  throw new PickleError(
    'AttributeError',
    `'${nameOf(object)}' object does not let '${name}' be set`,
  )
}
