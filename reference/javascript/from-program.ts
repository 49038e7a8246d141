import { typeError } from '../unpickler/errors.ts'
import type { Unpickling } from '../unpickler/unpickling.ts'
import { classFields } from '../values/build.ts'
import { type PyClass, type PyDict, PyStr, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { foreignType, PyForeign, PyForeignClass } from './foreign.ts'
import type { FoundNames } from './found-names.ts'
import { makeFunction } from './make-function.ts'
import { pythonInt, pythonNumber } from './numbers.ts'
import type { ToJavaScript } from './to-javascript.ts'
import { Ellipsis, Global, NotImplemented } from './values.ts'

type Callable = (...given: unknown[]) => unknown
type Class = new (...given: unknown[]) => unknown

/** Values that a program gives a load: Python ones for plain values, stand-ins for objects. */
export class FromProgram {
  readonly #world: World
  readonly #toJavaScript: ToJavaScript
  readonly #names: FoundNames
  readonly #type: PyClass

  constructor(world: World, toJavaScript: ToJavaScript, names: FoundNames) {
    this.#world = world
    this.#toJavaScript = toJavaScript
    this.#names = names
    this.#type = foreignType(world, (value) => toJavaScript.hand(value))
  }

  value(u: Unpickling, value: unknown): PyValue {
    switch (typeof value) {
      case 'boolean':
        return value
      case 'number':
        return pythonNumber(value)
      case 'bigint':
        return pythonInt(value)
      case 'string':
        return new PyStr(value)
      case 'object':
        return value === null ? null : this.#object(u, value)
      case 'function':
        return this.#object(u, value)
      default:
        if (value === Ellipsis) return this.#world.ellipsis
        if (value === NotImplemented) return this.#world.notImplemented
        return new PyForeign(this.#type, value)
    }
  }

  #object(u: Unpickling, object: object): PyValue {
    if (object instanceof Global) return this.#names.valueOf(u, object.module, object.name)
    const known = this.#toJavaScript.originOf(object)
    if (known !== undefined) return known
    const made = this.#standIn(u, object)
    this.#toJavaScript.pair(made, object)
    return made
  }

  #standIn(u: Unpickling, object: object) {
    if (typeof object !== 'function') return new PyForeign(this.#type, object)
    const callable = object as Callable
    const { name } = callable
    const given = (args: readonly PyValue[]) => args.map((arg) => this.#toJavaScript.hand(arg))
    if (!isClass(callable)) {
      return makeFunction(this.#world, name, (args) => this.value(u, callable(...given(args))))
    }
    const cls = new PyForeignClass(classFields(this.#world, name, 'javascript'))
    const construct = makeFunction(this.#world, '__new__', ([, ...args], keywords = null) => {
      const named = keywords === null ? [] : this.#optionsOf(keywords)
      return this.value(u, instanceOf(callable, [...given(args), ...named]))
    })
    cls.namespace.set('__new__', construct)
    return cls
  }

  /** Keyword arguments, as JavaScript has them: the properties of a last argument. */
  #optionsOf({ keys, values }: PyDict): object[] {
    if (keys.length === 0) return []
    const entries = keys.map((key, at) => {
      if (!(key instanceof PyStr)) throw typeError('keywords must be strings')
      return [String(key.content), this.#toJavaScript.hand(values[at] ?? null)] as const
    })
    return [Object.fromEntries(entries)]
  }
}

/** Whether a function is made for `new`: classes and the built-in constructors. */
function isClass(fn: Callable): boolean {
  return Object.getOwnPropertyDescriptor(fn, 'prototype')?.writable === false
}

/** By the static method `__new__` of the class, else with `new`. */
function instanceOf(cls: Callable, given: readonly unknown[]): unknown {
  const make: unknown = Reflect.get(cls, '__new__')
  return typeof make === 'function'
    ? Reflect.apply(make, cls, given)
    : new (cls as unknown as Class)(...given)
}
