import { codePointsOf } from '../codecs/str-content.ts'
import { PickleError } from '../errors.ts'
import { typeNameOf } from './type-of.ts'
import { type PyFrozenSet, PyObject, PyTuple, type PyValue } from './value.ts'

/** What Python equality makes of a key: two keys are equal exactly when these are the same. */
export type HashKey = string | number | bigint | boolean | null | object

/**
 * The key of a value in a JavaScript Map, such that equal values of Python have the same: `1`, `True`
 * and `1.0`; strs and bytes by content; tuples and frozensets by their members; the rest by identity.
 *
 * @throws {PickleError} TypeError, for a value that cannot be a key
 */
export function hashKey(value: PyValue): HashKey {
  if (value === null) return null
  switch (typeof value) {
    case 'boolean':
      return value ? 1 : 0
    case 'number':
    case 'bigint':
      return value
    default:
  }
  switch (value.kind) {
    case 'int':
      return value.value
    case 'float':
      return floatKey(value.value, value)
    case 'str':
      return strKey(value.content)
    case 'bytes':
      return `\0b${value.data.join(',')}`
    case 'tuple':
    case 'frozenset':
      return compoundKey(value)
    case 'list':
    case 'dict':
    case 'set':
    case 'bytearray':
      throw unhashable(value)
    case 'object':
      return objectKey(value)
    default:
      return value
  }
}

function floatKey(number: number, identity: object): HashKey {
  if (Number.isNaN(number)) return identity
  // Zero is one number, whatever its sign.
  if (number === 0) return 0
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? BigInt(number) : number
}

function strKey(content: string | readonly number[]): string {
  if (typeof content !== 'string') return `\0p${codePointsOf(content).join(',')}`
  return content.startsWith('\0') ? `\0s${content}` : content
}

/** An instance of a subclass of a built-in type equals the value inside it, an enum member itself. */
function objectKey(object: PyObject): HashKey {
  if (isUnhashable(object)) throw unhashable(object)
  const { slots, type } = object
  if (type.library?.name === 'builtins:slice' && slots !== null) return sliceKey(slots)
  if (object.value === undefined) return object
  switch (object.type.layout) {
    case 'int':
    case 'float':
    case 'str':
    case 'bytes':
    case 'tuple':
    case 'frozenset':
      return hashKey(object.value)
    default:
      return object
  }
}

/** Slices are equal when their parts are, of which each has to be hashable. */
function sliceKey(slots: ReadonlyMap<string, PyValue>): HashKey {
  return `\0l${keyText(compoundKey(new PyTuple([...slots.values()])))}`
}

/** The first class that says anything about `__hash__` says None. */
function isUnhashable({ type }: PyObject): boolean {
  return type.mro.some(
    (cls) => cls.library?.isUnhashable === true || cls.namespace.get('__hash__') === null,
  )
}

const identities = new WeakMap<object, number>()
let lastIdentity = 0

/** A text for a key that can be part of a longer one. */
function keyText(key: HashKey): string {
  switch (typeof key) {
    case 'string':
      return `s${key.length}:${key}`
    case 'object': {
      if (key === null) return 'n'
      let identity = identities.get(key)
      if (identity === undefined) {
        identity = ++lastIdentity
        identities.set(key, identity)
      }
      return `i${identity}`
    }
    default:
      return String(key)
  }
}

type Open = {
  readonly of: PyTuple | PyFrozenSet
  readonly members: readonly PyValue[]
  readonly texts: string[]
}

/** Beyond so many characters a key is an object that stands for its text. */
const longestText = 96

/** The objects that stand for long keys, one for each text, as long as there is a key that is one. */
let standIns = new Map<string, WeakRef<object>>()

/** With more of them than this, those that nobody has any more are left out. */
let sweptAbove = 64

/** Long keys of tuples and frozensets, so that none is looked through twice. */
const longKeys = new WeakMap<object, object>()

function standInFor(text: string): object {
  let found = standIns.get(text)?.deref()
  if (found === undefined) {
    found = {}
    standIns.set(text, new WeakRef(found))
    if (standIns.size > sweptAbove) sweep()
  }
  return found
}

function sweep(): void {
  standIns = new Map([...standIns].filter(([, one]) => one.deref() !== undefined))
  sweptAbove = Math.max(sweptAbove, 2 * standIns.size)
}

/**
 * The key of a tuple or frozenset, however deep: as text, which takes another's as a part, or beyond a
 * length as an object.
 */
function compoundKey(value: PyTuple | PyFrozenSet): HashKey {
  const stack: Open[] = []
  let key: HashKey = longKeys.get(value) ?? null
  let result = enter(value, stack)
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (result !== undefined) top.texts.push(result)
    const next = top.members[top.texts.length]
    if (next !== undefined) {
      result = enter(next, stack)
      continue
    }
    stack.pop()
    const isSet = top.of.kind === 'frozenset'
    const text = `\0${isSet ? 'f' : 't'}${(isSet ? top.texts.sort() : top.texts).join(',')}`
    key = text
    if (text.length > longestText) {
      key = standInFor(text)
      longKeys.set(top.of, key)
    }
    result = keyText(key)
  }
  return key
}

/** The text of a value without members; undefined for one whose members are looked at next. */
function enter(value: PyValue, stack: Open[]): string | undefined {
  const inner = value instanceof PyObject && isNest(value) ? value.value : value
  if (typeof inner === 'object' && inner !== null) {
    const long = longKeys.get(inner)
    if (long !== undefined) return keyText(long)
    if (inner.kind === 'tuple') {
      stack.push({ of: inner, members: inner.items, texts: [] })
      return undefined
    }
    if (inner.kind === 'frozenset') {
      stack.push({ of: inner, members: inner.members, texts: [] })
      return undefined
    }
  }
  return keyText(hashKey(value))
}

/** Whether it equals the tuple or frozenset inside of it: an exception is no tuple of its arguments. */
function isNest(object: PyObject): object is PyObject & { value: PyValue } {
  const { layout } = object.type
  return (
    (layout === 'tuple' || layout === 'frozenset') &&
    object.value !== undefined &&
    !isUnhashable(object)
  )
}

function unhashable(value: PyValue): PickleError {
  return new PickleError('TypeError', `unhashable type: '${typeNameOf(value)}'`)
}
