import { strContent } from '../codecs/str-content.ts'
import { PickleError } from '../errors.ts'
import { PyRecorded, symbolKindsOf } from '../unpickler/recorded.ts'
import { dictLookup, dictStore } from '../values/dict.ts'
import {
  PyBuffer,
  PyByteArray,
  PyBytes,
  PyClass,
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
import { pythonInt, pythonNumber } from './numbers.ts'
import { Reduced } from './reduced.ts'
import { ToJavaScript } from './to-javascript.ts'
import {
  ByteArray,
  CodePoints,
  Ellipsis,
  Float,
  FrozenSet,
  Global,
  NotImplemented,
  PersistentId,
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
  readonly #toJavaScript = new ToJavaScript(false)
  /** What sets the state of what a recorded call gives. */
  readonly #setters = new WeakMap<PyRecorded, PyValue>()
  #hasPersistentIds = false
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

  /** Something that was converted is outside of the pickle. */
  get hasPersistentIds(): boolean {
    return this.#hasPersistentIds
  }

  /** What a hook is given: the object a Python value was made of, else a value like it. */
  given(value: PyValue): unknown {
    return this.#toJavaScript.hand(value)
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
        return pythonNumber(value)
      case 'bigint':
        return pythonInt(value)
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
    const empty = this.#empty(object)
    if (empty !== undefined) return empty
    let made = this.#made.get(object)
    if (made === undefined) {
      made = this.#new(object)
      this.#made.set(object, made)
      this.#toJavaScript.pair(made, object)
    }
    if (!this.#read.has(object)) {
      this.#read.add(object)
      this.#open.push(object)
    }
    return made
  }

  /** What all empty ones of a kind are, for kinds of which there is but one. */
  #empty(object: object): PyHeapValue | undefined {
    if (object instanceof Tuple) return object.length === 0 ? this.#world.emptyTuple : undefined
    if (!(object instanceof FrozenSet) || object.size > 0) return undefined
    const empty = this.#world.emptyFrozenSet()
    return empty === this.#world.emptyFrozenSet() ? empty : undefined
  }

  #new(object: object): PyHeapValue {
    if (Array.isArray(object)) return new PyList([])
    if (object instanceof Global) {
      if (object.deeds.length > 0) throw outOfOrder(String(object))
      return this.#globals.of(object)
    }
    if (object instanceof Map || isPlain(object)) return new PyDict()
    if (object instanceof Tuple) return new PyTuple([])
    if (object instanceof FrozenSet) return new PyFrozenSet([])
    if (object instanceof Set) return new PySet([])
    if (object instanceof ByteArray) return new PyByteArray(object)
    if (object instanceof Uint8Array) return new PyBytes(object)
    if (object instanceof Float) {
      return new PyFloat(object.valueOf(), object.bits)
    }
    if (object instanceof CodePoints) return new PyStr(strContent(object.codePoints))
    if (object instanceof PickleBuffer) return new PyBuffer(object.bytes, object.isReadOnly)
    if (object instanceof Reduced) return this.#recorded(object)
    if (object instanceof PersistentId) this.#hasPersistentIds = true
    return new PyObject(this.#instances.classOf(object))
  }

  /** The call is read later. */
  #recorded({ callable, isNew }: Reduced): PyRecorded {
    const making = { from: null, by: isNew ? 'new' : 'call', args: [], keywords: null } as const
    const made = new PyRecorded(this.#world, this.#typeOfResult(callable, isNew), making)
    const { reduction } = made
    made.reduction = (protocol) => {
      const parts = reduction?.(protocol) as PyTuple
      return new PyTuple([...parts.items, this.#setters.get(made) ?? null])
    }
    return made
  }

  /** For `__newobj__` the class has to be that of the object. */
  #typeOfResult(callable: unknown, isNew: boolean): PyClass {
    if (!(isNew && callable instanceof Global)) return symbolKindsOf(this.#world).made
    const cls = this.#globals.of(callable)
    if (cls instanceof PyClass) return cls
    throw new PickleError('TypeError', `${callable} is no class, of which an object could be made`)
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
    if (python instanceof PyRecorded) this.#fillReduced(python, object as Reduced)
    return undefined
  }

  #fillReduced(recorded: PyRecorded, reduced: Reduced): void {
    if (reduced.deeds.length > 0) throw outOfOrder(`what ${reduced.callable} makes`)
    const part = (value: unknown): PyValue => this.#shell(value)
    Object.assign(recorded.making, {
      from: part(reduced.callable),
      args: reduced.args.map(part),
      keywords: part(reduced.keywords),
    })
    this.#setters.set(recorded, part(reduced.stateSetter))
    recorded.done.length = 0
    for (const item of reduced.listItems) recorded.done.push(['append', [part(item)]])
    for (const entry of reduced.dictItems) recorded.done.push(['setitem', entry.map(part)])
    if (reduced.state !== undefined) recorded.done.push(['state', [part(reduced.state)]])
  }
}

function outOfOrder(what: string): PickleError {
  const text = `${what} was changed in a way that no reduction can tell`
  return new PickleError('PicklingError', text)
}

/** Python's own equality decides: 1, true and 1.0 are one key, which JavaScript tells apart. */
function complete({ python, items }: Filling): void {
  const index = python instanceof PyDict ? python : new PyDict()
  index.keys.length = 0
  index.values.length = 0
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

/** An object literal, or one without a prototype. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  return prototype === Object.prototype || prototype === null
}
