import { strContent } from '../codecs/str-content.ts'
import { PickleError } from '../errors.ts'
import { dictLookup, dictStore } from '../values/dict.ts'
import {
  PyBuffer,
  PyByteArray,
  PyBytes,
  PyDict,
  PyFloat,
  PyFrozenSet,
  type PyHeapValue,
  PyList,
  PyObject,
  PySet,
  PyStr,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'
import { Globals } from './globals.ts'
import { Instances } from './instances.ts'
import {
  ByteArray,
  CodePoints,
  Ellipsis,
  Float,
  FrozenSet,
  Global,
  NotImplemented,
  PickleBuffer,
  Tuple,
} from './values.ts'

/** What a container holds, to be filled in: keys and members wait until all tuples are complete. */
type Filling = { readonly python: PyDict | PySet | PyFrozenSet; readonly items: readonly PyValue[] }

/**
 * Makes Python values of JavaScript ones, as README.md says: an object is the same Python object
 * each time, equal strings of one dump are one str. Depth does not matter.
 */
export class ToPython {
  readonly #world: World
  readonly #globals: Globals
  readonly #instances: Instances
  readonly #made = new WeakMap<object, PyHeapValue>()
  readonly #origins = new WeakMap<PyHeapValue, object>()
  #strs = new Map<string, PyStr>()
  /** What was read in this dump. */
  #read = new Set<object>()
  #open: object[] = []

  constructor(world: World) {
    this.#world = world
    this.#globals = new Globals(world)
    this.#instances = new Instances(this, world)
  }

  get instances(): Instances {
    return this.#instances
  }

  /** From now on objects are read again, since they may have changed since the last dump. */
  begin(): void {
    this.#read = new Set()
    this.#strs = new Map()
  }

  /** The object a Python value was made of. */
  originOf(value: PyHeapValue): object | undefined {
    return this.#origins.get(value)
  }

  /**
   * The Python value.
   *
   * @throws {PickleError} TypeError, for what has no counterpart or cannot be a key
   */
  convert(value: unknown): PyValue {
    const outer = this.#open
    this.#open = []
    const made = this.#shell(value)
    const fillings: Filling[] = []
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) {
      const filling = this.#fill(next)
      if (filling !== undefined) fillings.push(filling)
    }
    this.#open = outer
    for (const filling of fillings) complete(filling)
    return made
  }

  #shell(value: unknown): PyValue {
    switch (typeof value) {
      case 'boolean':
        return value
      case 'number':
        return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : new PyFloat(value)
      case 'bigint':
        return isSafe(value) ? Number(value) : value
      case 'string':
        return this.#str(value)
      case 'symbol':
        if (value === NotImplemented) return this.#world.notImplemented
        if (value === Ellipsis) return this.#world.ellipsis
        throw new PickleError('TypeError', `${String(value)} has no counterpart in Python`)
      case 'undefined':
        throw new PickleError('TypeError', 'undefined has no counterpart in Python: None is null')
      default:
        return value === null ? null : this.#object(value as object)
    }
  }

  #str(text: string): PyStr {
    if (text === '') return this.#world.emptyStr
    const made = this.#strs.get(text) ?? new PyStr(text)
    this.#strs.set(text, made)
    return made
  }

  #object(object: object): PyValue {
    let made = this.#made.get(object)
    if (made === undefined) {
      made = this.#new(object)
      this.#made.set(object, made)
      if (made !== this.#world.emptyTuple) this.#origins.set(made, object)
    }
    if (!this.#read.has(object)) {
      this.#read.add(object)
      this.#open.push(object)
    }
    return made
  }

  #new(object: object): PyHeapValue {
    if (Array.isArray(object)) return new PyList([])
    if (object instanceof Global) return this.#globals.of(object)
    if (object instanceof Map || isPlain(object)) return new PyDict()
    if (object instanceof Tuple) {
      return object.length === 0 ? this.#world.emptyTuple : new PyTuple([])
    }
    if (object instanceof FrozenSet) return new PyFrozenSet([])
    if (object instanceof Set) return new PySet([])
    if (object instanceof ByteArray) return new PyByteArray(object)
    if (object instanceof Uint8Array) return new PyBytes(object)
    if (object instanceof Float) return new PyFloat(object.valueOf())
    if (object instanceof CodePoints) return new PyStr(strContent(object.codePoints))
    if (object instanceof PickleBuffer) return new PyBuffer(object.bytes, object.isReadOnly, true)
    return new PyObject(this.#instances.classOf(object))
  }

  /** Reads what is in a container; keys and members are left to `complete`. */
  #fill(object: object): Filling | undefined {
    const python = this.#made.get(object)
    if (python instanceof PyList) {
      python.items.length = 0
      for (const item of object as unknown[]) python.items.push(this.#shell(item))
    } else if (python instanceof PyTuple) {
      python.items.length = 0
      for (const item of object as Tuple) python.items.push(this.#shell(item))
    } else if (python instanceof PyDict) {
      const pairs = object instanceof Map ? object : Object.entries(object)
      const items: PyValue[] = []
      for (const [key, value] of pairs) items.push(this.#shell(key), this.#shell(value))
      return { python, items }
    } else if (python instanceof PySet || python instanceof PyFrozenSet) {
      return { python, items: Array.from(object as Set<unknown>, (item) => this.#shell(item)) }
    }
    return undefined
  }
}

/** Python's own equality decides: 1, true and 1.0 are one key, which JavaScript tells apart. */
function complete({ python, items }: Filling): void {
  const index = python instanceof PyDict ? python : new PyDict()
  index.keys.length = 0
  index.values.length = 0
  index.index = null
  const step = python instanceof PyDict ? 2 : 1
  for (let at = 0; at < items.length; at += step) {
    const key = items[at] ?? null
    if (dictLookup(index, key) !== undefined) {
      throw new PickleError('ValueError', `two keys are equal in Python, at position ${at / step}`)
    }
    dictStore(index, key, items[at + step - 1] ?? null)
  }
  if (!(python instanceof PyDict)) python.members.splice(0, python.members.length, ...items)
}

function isSafe(value: bigint): boolean {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
}

/** An object literal, or one without a prototype. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  return prototype === Object.prototype || prototype === null
}
