import type { PythonInt } from '../codecs/long.ts'
import { PickleError } from '../errors.ts'
import { attributeError, findAttribute, getAttribute } from '../values/attributes.ts'
import { setItem } from '../values/items.ts'
import { saysItIs } from '../values/said-class.ts'
import { typeNameOf } from '../values/type-of.ts'
import {
  PyByteArray,
  PyClass,
  PyDict,
  PyFunction,
  PyList,
  PyObject,
  PySet,
  type PyValue,
} from '../values/value.ts'
import { callLoaded } from './call.ts'
import { contentOf } from './contents.ts'
import { outOfRange, typeError, unpicklingError, valueError } from './errors.ts'
import { intOf } from './ints.ts'
import { PyMemoryView } from './memory-view.ts'
import { PyRecorded, PySymbol } from './recorded.ts'
import { addMembers, storeFirstItems, storeItem } from './store.ts'
import type { Unpickling } from './unpickling.ts'

/** @clause OP-APPEND */
export function loadAppend(u: Unpickling): void {
  const value = u.pop()
  const target = u.top()
  if (target instanceof PyList) target.items.push(value)
  else if (u.isC) extend(u, target, [value])
  else callMethod(u, target, 'append', value)
}

/** @clause OP-APPENDS */
export function loadAppends(u: Unpickling): void {
  const at = u.unmark()
  const { stack } = u
  if (u.isC) {
    if (at <= u.fence) throw u.underflow()
    if (stack.length === at && u.profile.noItems === 'nothing') return
  }
  const target = stack[at - 1] as PyValue
  if (target instanceof PyList && at > u.fence) {
    const { items } = target
    for (let index = at; index < stack.length; index++) items.push(stack[index] as PyValue)
    stack.length = at
  } else {
    const items = stack.splice(at)
    extend(u, u.top(), items)
  }
}

/** By `extend`, or where there is none by `append` one by one. */
function extend(u: Unpickling, target: PyValue, items: readonly PyValue[]): void {
  if (target instanceof PyByteArray) {
    appendBytes(target, items)
    return
  }
  const whole = new PyList([...items])
  if (hasMethod(u, target, 'extend')) {
    callMethod(u, target, 'extend', whole, items)
    return
  }
  wantMethod(u, target, 'append')
  for (const item of items) callMethod(u, target, 'append', item)
}

/** The methods that values of the data types have, as far as instructions call them. */
const methods: Readonly<Record<string, ReadonlySet<string>>> = {
  list: new Set(['append', 'extend']),
  bytearray: new Set(['append', 'extend']),
  set: new Set(['add']),
}

type Method = 'append' | 'extend' | 'add'

/** The data type that a value is of, also as an instance of a subclass. */
function kindOf(value: PyValue): string {
  if (value instanceof PyObject) {
    return value.type.library?.name === 'builtins:range' ? 'range' : value.type.layout
  }
  return typeof value === 'object' && value !== null ? value.kind : ''
}

function isRecording(value: PyValue): value is PyRecorded | PySymbol {
  return value instanceof PyRecorded || value instanceof PySymbol
}

function hasMethod(u: Unpickling, target: PyValue, name: Method): boolean {
  if (isRecording(target)) return name !== 'extend'
  if (target instanceof PyClass && target.mro.some((cls) => defines(cls, name))) return true
  if (findAttribute(u.world, target, name) !== undefined) return true
  return methods[kindOf(target)]?.has(name) === true
}

/** Whether a class is the built-in type that has a method. */
const defines = (cls: PyClass, name: Method): boolean =>
  cls.library !== null && methods[cls.name]?.has(name) === true

/** A method that the type of a value has of Python itself, which is carried out here. */
const isBuiltIn = (found: PyValue, target: PyValue): boolean =>
  found instanceof PyFunction &&
  found.library !== undefined &&
  (found.self === target || target instanceof PyClass)

function wantMethod(u: Unpickling, target: PyValue, name: Method): void {
  if (!hasMethod(u, target, name)) throw attributeError(target, name)
}

/** `target.name(given)`; the new items are what is given, unless `extend` is given a list of them. */
function callMethod(
  u: Unpickling,
  target: PyValue,
  name: Method,
  given: PyValue,
  items: readonly PyValue[] = [given],
): void {
  if (isRecording(target) && name !== 'extend') {
    target.done.push([name, [given]])
    return
  }
  wantMethod(u, target, name)
  const own = findAttribute(u.world, target, name)
  const isCarriedOutHere = own === undefined || isBuiltIn(own, target)
  const content = isCarriedOutHere ? contentOf(target) : undefined
  if (content instanceof PyList) content.items.push(...items)
  else if (content instanceof PyByteArray) appendBytes(content, items)
  else if (content instanceof PyClass) throw unboundMethod(u, content, name, given)
  else callLoaded(u, getAttribute(u.world, target, name), [given])
}

/** A method of a class, called with what should have been the object. */
function unboundMethod(u: Unpickling, cls: PyClass, name: Method, given: PyValue): PickleError {
  const type = cls.mro.find((base) => defines(base, name)) as PyClass // it was found
  if (u.world.typeOf(given).mro.includes(type)) {
    const whose = u.world.release[1] < 9 ? '' : `${type.name}.`
    return typeError(`${whose}${name}() takes exactly one argument (0 given)`)
  }
  return typeError(
    `descriptor '${name}' for '${type.name}' objects doesn't apply to a '${typeNameOf(given)}' object`,
  )
}

function appendBytes(target: PyByteArray, items: readonly PyValue[]): void {
  const bytes = items.map(byteOf)
  if (bytes.length === 0) return
  if (target.isExported) {
    throw new PickleError('BufferError', 'Existing exports of data: object cannot be re-sized')
  }
  const whole = new Uint8Array(target.data.length + bytes.length)
  whole.set(target.data)
  whole.set(bytes, target.data.length)
  target.data = whole
}

/** One byte of a bytearray. */
function byteOf(value: PyValue): number {
  const plain = intOf(value)
  if (plain === undefined) {
    throw typeError(`'${typeNameOf(value)}' object cannot be interpreted as an integer`)
  }
  if (plain < 0 || plain > 255) throw valueError('byte must be in range(0, 256)')
  return Number(plain)
}

/** @clause OP-SETITEM */
export function loadSetItem(u: Unpickling): void {
  const value = u.pop()
  const key = u.pop()
  store(u, u.top(), key, value)
}

/** @clause OP-SETITEMS */
export function loadSetItems(u: Unpickling): void {
  const at = u.unmark()
  const { stack } = u
  if (u.isC) {
    if (at <= u.fence) throw u.underflow()
    if ((stack.length - at) % 2 !== 0) throw unpicklingError('odd number of items for SETITEMS')
  } else if (at <= u.fence) throw outOfRange()
  const target = stack[at - 1] as PyValue // just counted
  if (target instanceof PyDict && target.keys.length === 0) {
    storeFirstItems(u, target, stack, at)
  } else {
    for (let index = at; index < stack.length; index += 2) {
      const value = stack[index + 1]
      if (value === undefined) throw outOfRange()
      store(u, target, stack[index] as PyValue, value)
    }
  }
  stack.length = at
}

/** `target[key] = value` */
function store(u: Unpickling, target: PyValue, key: PyValue, value: PyValue): void {
  if (target instanceof PyDict) storeItem(u, target, key, value)
  else if (isRecording(target)) target.done.push(['setitem', [key, value]])
  else storeElsewhere(u, target, key, value)
}

function storeElsewhere(u: Unpickling, target: PyValue, key: PyValue, value: PyValue): void {
  const own = target instanceof PyObject ? findAttribute(u.world, target, '__setitem__') : undefined
  if (own !== undefined && !isBuiltIn(own, target)) {
    callLoaded(u, own, [key, value])
    return
  }
  const content = contentOf(target)
  const kind = kindOf(target)
  if (content instanceof PyDict && kind === 'dict') storeItem(u, content, key, value)
  else if (content instanceof PyList && kind === 'list')
    content.items[positionIn(u, content.items.length, key, target)] = value
  else if (content instanceof PyByteArray) {
    // From 3.10 on the value is looked at before the place.
    wantIndexSize(u, indexIn(key, target))
    if (u.world.release[1] >= 10) byteOf(value)
    const at = positionIn(u, content.data.length, key, target)
    content.data[at] = byteOf(value)
  } else if (target instanceof PyMemoryView) throw typeError('cannot modify read-only memory')
  else {
    if (looksAtIndex(target)) wantIndexSize(u, intOf(key))
    setItem(u.world, target, key, value)
  }
}

/** Types that have a length or a place for each item, whose indexes are looked at first. */
const sequences: ReadonlySet<string> = new Set([
  ...['tuple', 'str', 'bytes', 'set', 'frozenset', 'range'],
])

/** Instances of classes that were made by a class statement might all be sequences. */
function looksAtIndex(target: PyValue): boolean {
  const isOwn = target instanceof PyObject && target.type.library === null
  return isOwn || sequences.has(kindOf(target))
}

function wantIndexSize(u: Unpickling, index: PythonInt | undefined): void {
  const { maxSize } = u.input
  if (index !== undefined && (index > maxSize || index < -maxSize - 1n)) {
    throw new PickleError('IndexError', "cannot fit 'int' into an index-sized integer")
  }
}

function indexIn(key: PyValue, target: PyValue): PythonInt {
  const index = intOf(key)
  if (index !== undefined) return index
  throw typeError(`${kindOf(target)} indices must be integers or slices, not ${typeNameOf(key)}`)
}

/** The place in a sequence that a key names. */
function positionIn(u: Unpickling, length: number, key: PyValue, target: PyValue): number {
  const index = indexIn(key, target)
  wantIndexSize(u, index)
  const at = index < 0 ? Number(index) + length : Number(index)
  if (at < 0 || at >= length) {
    const text = kindOf(target) === 'list' ? 'list assignment index' : 'bytearray index'
    throw new PickleError('IndexError', `${text} out of range`)
  }
  return at
}

/** @clause OP-ADDITEMS */
export function loadAddItems(u: Unpickling): void {
  const at = u.unmark()
  const { stack } = u
  if (u.isC) {
    if (at <= u.fence) throw u.underflow()
    if (stack.length === at && u.profile.noItems === 'nothing') return
  }
  const items = stack.splice(at)
  const target = u.top()
  const content = contentOf(target)
  const isSet = content instanceof PySet
  if (isSet && (u.isC || findAttribute(u.world, target, 'update') === undefined)) {
    addMembers(u, content, items)
  } else if (!u.isC && (isSet || saysItIs(u.world, target, 'builtins:set'))) {
    callLoaded(u, getAttribute(u.world, target, 'update'), [new PyList(items)])
  } else {
    wantMethod(u, target, 'add')
    for (const item of items) callMethod(u, target, 'add', item)
  }
}
