import { decodeFloatBits, nanBits } from '../codecs/float.ts'
import { textOfStr } from '../codecs/str-content.ts'
import { PickleError } from '../errors.ts'
import { PyMemoryView } from '../unpickler/memory-view.ts'
import { type PyRecorded, PySymbol } from '../unpickler/recorded.ts'
import {
  type PyByteArray,
  PyDict,
  type PyFloat,
  type PyFrozenSet,
  type PyHeapValue,
  PyList,
  PySet,
  PyStr,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import { PyForeign, setProperty } from './foreign.ts'
import { isPlainInt } from './numbers.ts'
import { canBeObject } from './object-literals.ts'
import { readDeeds, readRecorded } from './read-recorded.ts'
import { Reduced } from './reduced.ts'
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

/** What has been met in one walk over values, so that nothing is read twice. */
type Met = { has(value: PyHeapValue): boolean; add(value: PyHeapValue): unknown }

/**
 * Makes JavaScript values of what a load makes, as README.md says: a Python object is the same
 * JavaScript object each time. Depth does not matter.
 */
export class ToJavaScript {
  readonly #dictsAsObjects: boolean
  readonly #made = new WeakMap<PyHeapValue, unknown>()
  readonly #origins = new WeakMap<object, PyHeapValue>()
  /** Python values that are read, their objects being ours. */
  readonly #own = new WeakSet<PyHeapValue>()
  /** What containers held when they were last read. */
  readonly #held = new WeakMap<PyHeapValue, readonly PyValue[]>()
  /** What was read in the middle of a load. */
  readonly #handed = new WeakSet<PyHeapValue>()
  /** Calls that set a state, by the object. */
  readonly #setters = new WeakMap<PyHeapValue, readonly PyRecorded[]>()
  #met: Met = new Set()
  #open: PyHeapValue[] = []

  constructor(dictsAsObjects: boolean) {
    this.#dictsAsObjects = dictsAsObjects
  }

  /** From now on the one stands for the other; what is in the object is not touched. */
  pair(value: PyHeapValue, object: object): void {
    this.#made.set(value, object)
    this.#origins.set(object, value)
  }

  /** The Python value that an object was made of or is paired with. */
  originOf(object: object): PyHeapValue | undefined {
    return this.#origins.get(object)
  }

  /**
   * The value as it is now, for a call in the middle of a load. A container that is not complete has
   * the rest when the load is over.
   */
  hand(value: PyValue): unknown {
    return this.#convert(value, this.#handed)
  }

  /** The value that a load gives. */
  whole(value: PyValue): unknown {
    return this.#convert(value, new Set())
  }

  /** Whether something stands for a Python value already. */
  has(value: PyHeapValue): boolean {
    return this.#made.has(value)
  }

  /** After the value of a load: an object in it was given its state by a call. */
  setBy(object: PyRecorded, call: PyRecorded): void {
    this.#setters.set(object, [...(this.#setters.get(object) ?? []), call])
    this.#open.push(object)
    this.#readAll()
  }

  #convert(value: PyValue, met: Met): unknown {
    this.#met = met
    const made = this.#part(value)
    this.#readAll()
    return made
  }

  #readAll(): void {
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) this.#read(next)
  }

  /** A value whose own parts are read later. */
  #part(value: PyValue): unknown {
    if (typeof value !== 'object' || value === null) return value
    switch (value.kind) {
      case 'int':
        return value.value
      case 'float':
        return this.#float(value)
      case 'str':
        return typeof value.content === 'string' ? value.content : this.#object(value)
      case 'singleton':
        return value.name === 'Ellipsis' ? Ellipsis : NotImplemented
      case 'bytearray':
        return checkLength(value, this.#object(value))
      default:
        return value instanceof PyForeign ? value.origin : this.#object(value)
    }
  }

  #float(float: PyFloat): unknown {
    const isPlain = hasPlainBits(float) && !isPlainInt(float.value)
    return isPlain ? float.value : this.#object(float)
  }

  #object(value: PyHeapValue): unknown {
    let made = this.#made.get(value)
    if (made === undefined) {
      const object = this.#shell(value)
      this.pair(value, object)
      this.#own.add(value)
      made = object
    }
    if (this.#own.has(value) && !this.#met.has(value)) {
      this.#met.add(value)
      this.#open.push(value)
    }
    return made
  }

  /** The object, which has nothing in it yet; what has no other counterpart is a recorded call. */
  #shell(value: PyHeapValue): object {
    switch (value.kind) {
      case 'tuple':
        return new Tuple()
      case 'list':
        return []
      case 'dict':
        return this.#dictsAsObjects && canBeObject(value) ? {} : new Map()
      case 'set':
        return new Set()
      case 'frozenset':
        return new FrozenSet()
      case 'bytes':
        return value.data
      case 'bytearray':
        return viewOf(value.data)
      case 'float':
        return new Float(value.value, value.bits ?? undefined)
      case 'str':
        return new CodePoints(value.content as readonly number[]) // or it would be a string
      case 'class':
      case 'function':
        return new Global(textOf(value.module), textOf(value.qualname))
      default:
        return value instanceof PyMemoryView
          ? new PickleBuffer(value.data, { isReadOnly: true })
          : new Reduced(null)
    }
  }

  /** Reads the parts of a container, and puts those into the object that were not there before. */
  #read(value: PyHeapValue): void {
    const object = this.#made.get(value)
    if (value instanceof PyDict) {
      this.#readDict(value, object as Map<unknown, unknown> | Record<string, unknown>)
    } else if (object instanceof Reduced) {
      const recorded = value as PyRecorded
      const setters = this.#setters.get(recorded) ?? []
      readRecorded(recorded, setters, object, (part) => this.#part(part))
    } else if (value instanceof PySymbol) {
      ;(object as Global).deeds = readDeeds(value.done, (part) => this.#part(part))
    } else if (value instanceof PyList) {
      this.#readItems(value, value.items, (item, at) => {
        ;(object as unknown[])[at] = item
      })
    } else if (value instanceof PyTuple) {
      const items = (object as Tuple).items as unknown[] // filled here, and nowhere else
      this.#readItems(value, value.items, (item) => items.push(item))
    } else if (value instanceof PySet || value.kind === 'frozenset') {
      const set = object as Set<unknown>
      this.#readItems(value, (value as PySet | PyFrozenSet).members, (_, at) => {
        set.add(this.#key((value as PySet | PyFrozenSet).members[at] ?? null, set))
      })
    }
  }

  #readItems(
    value: PyHeapValue,
    items: readonly PyValue[],
    put: (item: unknown, at: number) => void,
  ): void {
    const before = this.#held.get(value)
    this.#held.set(value, [...items])
    for (const [at, item] of items.entries()) {
      const part = this.#part(item)
      if (before?.[at] !== item) put(part, at)
    }
  }

  #readDict(dict: PyDict, object: Map<unknown, unknown> | Record<string, unknown>): void {
    for (const key of dict.keys) this.#part(key)
    this.#readItems(dict, dict.values, (part, at) => {
      const key = dict.keys[at] ?? null
      if (object instanceof Map) object.set(this.#key(key, object), part)
      else setProperty(object, propertyName(key), part)
    })
  }

  /** A key or member: where a plain number could not be one beside the others it is a Float. */
  #key(key: PyValue, taken: { has(key: unknown): boolean }): unknown {
    const part = this.#part(key)
    const isLost = Object.is(part, -0) || (Number.isNaN(part) && taken.has(part))
    return isLost ? this.#object(key as PyFloat) : part
  }
}

/** Whether a number is all there is to a float: no NaN but the usual one. */
function hasPlainBits({ bits }: PyFloat): boolean {
  return bits === null || decodeFloatBits(bits) === nanBits
}

/** The same bytes, not a copy. */
function viewOf({ buffer, byteOffset, length }: Uint8Array): ByteArray {
  return new ByteArray(buffer as ArrayBuffer, byteOffset, length) // a shared one is as good
}

/**
 * A bytearray that the program has is as long as it was.
 *
 * @throws {PickleError} BufferError, as Python says it of exported bytes
 */
function checkLength({ data }: PyByteArray, made: unknown): unknown {
  if ((made as ByteArray).length === data.length) return made
  throw new PickleError('BufferError', 'Existing exports of data: object cannot be re-sized')
}

/** The text of a name; none for what has no such name. */
function textOf(name: PyValue | undefined): string {
  return name instanceof PyStr ? textOfStr(name.content) : ''
}

/** @throws {PickleError} TypeError, for a key that came when the dict was an object already */
function propertyName(key: PyValue): string {
  if (key instanceof PyStr && typeof key.content === 'string') return key.content
  throw new PickleError(
    'TypeError',
    'a dict that was handed out as an object got a key that is no str',
  )
}
