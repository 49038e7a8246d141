import {
  codePointsOf,
  hexOfBytes,
  type PyClass,
  PyDict,
  type PyFloat,
  type PyFunction,
  type PyHeapValue,
  PyList,
  type PyObject,
  PyStr,
  PyTuple,
  type PyValue,
} from '../../reference/index.ts'
import { isHookName } from './names.ts'
import type { Entry, StrPart, TaggedValue, Value } from './scenario.ts'

/** How a scenario calls its own classes and functions. */
export type OwnNames = {
  readonly classes: ReadonlyMap<PyClass, string>
  readonly functions: ReadonlyMap<PyFunction, string>
}

/** An object for which the scenario language has no words. */
export class UndescribableError extends Error {
  constructor(what: string) {
    super(`found ${what}, wanted what a scenario can be written with`)
    this.name = 'UndescribableError'
  }
}

/** Where the description of a value is put. */
type Task = { readonly value: PyValue; readonly put: (described: Value) => void }

/**
 * The scenario value from which a graph like this one is built: objects that are met more than once
 * have an id where they are met first, and are referred to from then on.
 *
 * @throws {UndescribableError} an iterator, a module, or anything else without a literal form
 */
export function describe(value: PyValue, names: OwnNames): Value {
  const shared = sharedObjects(value)
  const ids = new Map<PyHeapValue, string>()
  let result: Value = null
  const tasks: Task[] = [
    {
      value,
      put: (described) => {
        result = described
      },
    },
  ]
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const known = typeof task.value === 'object' && task.value !== null ? ids.get(task.value) : null
    if (typeof known === 'string') {
      task.put({ ref: known })
      continue
    }
    const inner: Task[] = []
    const described = describeOne(task.value, names, inner)
    const isShared = typeof task.value === 'object' && task.value !== null && shared.has(task.value)
    if (isShared && task.value !== null) {
      const id = `o${ids.size}`
      ids.set(task.value as PyHeapValue, id)
      task.put({ id, ...tagged(described) } as Value)
    } else task.put(described)
    // The first of them is described next, so that ids stand in the order of the text.
    for (let at = inner.length - 1; at >= 0; at--) tasks.push(inner[at] as Task)
  }
  return result
}

/** A value in its tagged form, which alone can have an id. */
function tagged(value: Value): object {
  if (typeof value === 'string') return { str: [value] }
  if (typeof value === 'number') return { int: String(value) }
  return value as object
}

/** Objects that are met more than once, those left out that Python has only one of. */
function sharedObjects(root: PyValue): ReadonlySet<PyHeapValue> {
  const met = new Set<PyHeapValue>()
  const shared = new Set<PyHeapValue>()
  const pending: PyValue[] = [root]
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== 'object' || value === null || hasNoIdentity(value)) continue
    if (met.has(value)) shared.add(value)
    else {
      met.add(value)
      for (const child of childrenOf(value)) pending.push(child)
    }
  }
  return shared
}

function hasNoIdentity(value: PyHeapValue): boolean {
  switch (value.kind) {
    case 'class':
    case 'function':
    case 'singleton':
      return true
    case 'int':
      return value.value >= -5 && value.value <= 1024
    case 'str':
      return value.content.length < 2 && codePointsOf(value.content).every((code) => code < 256)
    case 'bytes':
      return value.data.length < 2
    case 'tuple':
      return value.items.length === 0
    case 'object':
      return isMember(value)
    default:
      return false
  }
}

function childrenOf(value: PyHeapValue): readonly PyValue[] {
  switch (value.kind) {
    case 'tuple':
    case 'list':
      return value.items
    case 'set':
    case 'frozenset':
      return value.members
    case 'dict':
      return value.keys.flatMap((key, at) => [key, value.values[at] ?? null])
    case 'object': {
      const { dict, slots, value: content } = value
      const inside = typeof content === 'object' && content !== null ? childrenOf(content) : []
      return [...inside, ...(dict?.values ?? []), ...(slots?.values() ?? [])]
    }
    default:
      return []
  }
}

/** The description of one object; what is inside it becomes tasks that complete it. */
function describeOne(value: PyValue, names: OwnNames, inner: Task[]): Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value
  if (typeof value === 'bigint') return { int: String(value) }
  switch (value.kind) {
    case 'int':
      return typeof value.value === 'number' ? value.value : { int: String(value.value) }
    case 'float':
      return { float: hexOfFloat(value) }
    case 'str':
      return textOf(value)
    case 'bytes':
      return { bytes: hexOfBytes(value.data) }
    case 'bytearray':
      return { bytearray: hexOfBytes(value.data) }
    case 'tuple':
      return { tuple: sequence(value.items, inner) }
    case 'list':
      return { list: sequence(value.items, inner) }
    case 'set':
      return { set: sequence(value.members, inner) }
    case 'frozenset':
      return { frozenset: sequence(value.members, inner) }
    case 'dict':
      return { dict: entries(value, inner) }
    case 'singleton':
      return { singleton: value.name }
    case 'class':
      return nameOfClass(value, names)
    case 'function':
      return nameOfFunction(value, names)
    case 'object':
      return describeObject(value, names, inner)
    case 'buffer':
      if (value.data === null || !value.isContiguous) throw new UndescribableError('a used buffer')
      return {
        buffer: value.isReadOnly
          ? { bytes: hexOfBytes(value.data) }
          : { bytearray: hexOfBytes(value.data) },
      }
    case 'iterator':
    case 'module':
    case 'property':
      throw new UndescribableError(value.kind)
  }
}

function sequence(items: readonly PyValue[], inner: Task[]): Value[] {
  const described: Value[] = new Array(items.length).fill(null)
  items.forEach((value, at) => {
    inner.push({
      value,
      put: (one) => {
        described[at] = one
      },
    })
  })
  return described
}

function entries(dict: PyDict, inner: Task[]): Entry[] {
  return dict.keys.map((key, at): Entry => {
    const pair: [Value, Value] = [null, null]
    inner.push({
      value: key,
      put: (one) => {
        pair[0] = one
      },
    })
    inner.push({
      value: dict.values[at] ?? null,
      put: (one) => {
        pair[1] = one
      },
    })
    return pair
  })
}

function named(
  values: readonly (readonly [string, PyValue])[],
  inner: Task[],
): (readonly [string, Value])[] {
  return values.map(([name, value]) => {
    const pair: [string, Value] = [name, null]
    inner.push({
      value,
      put: (one) => {
        pair[1] = one
      },
    })
    return pair
  })
}

function nameOfClass(cls: PyClass, names: OwnNames): TaggedValue {
  const own = names.classes.get(cls)
  if (own !== undefined) return { class: own }
  if (cls.library === null) throw new UndescribableError(`the class ${cls.name}`)
  return { global: cls.library.name }
}

function nameOfFunction(fn: PyFunction, names: OwnNames): TaggedValue {
  const own = names.functions.get(fn)
  if (own !== undefined) return { function: own }
  if (fn.library === undefined) throw new UndescribableError(`the function ${fn.name}`)
  return { global: fn.library }
}

function isMember(object: PyObject): boolean {
  return object.type.mro.some((cls) => cls.library?.name === 'enum:Enum')
}

function describeObject(object: PyObject, names: OwnNames, inner: Task[]): TaggedValue {
  const { type, value } = object
  if (type.layout === 'complex' && value instanceof PyTuple) {
    const parts = { arguments: sequence(value.items, inner), reductions: [] }
    return { opaque: 'builtins:complex', ...parts }
  }
  const instance = names.classes.get(type)
  if (instance === undefined) throw new UndescribableError(`an instance of ${type.name}`)
  if (isMember(object)) return { instance, member: memberName(object) }
  const content = contentOf(value, inner)
  const attributes = named(attributesOf(object), inner)
  const slots = named([...(object.slots ?? [])], inner)
  return {
    instance,
    ...content,
    ...(attributes.length > 0 && { attributes }),
    ...(slots.length > 0 && { slots }),
  }
}

function memberName(object: PyObject): string {
  const name = object.slots?.get('_name_')
  return name instanceof PyStr ? String(name.content) : ''
}

function attributesOf({ dict }: PyObject): (readonly [string, PyValue])[] {
  return (dict?.keys ?? []).map((key, at) => {
    if (!(key instanceof PyStr)) throw new UndescribableError('an attribute whose name is no str')
    const name = String(key.content)
    if (isHookName(name)) throw new UndescribableError(`the hook ${name} of an instance`)
    return [name, dict?.values[at] ?? null]
  })
}

/** What is inside an instance of a subclass of a built-in type. */
function contentOf(
  value: PyValue | undefined,
  inner: Task[],
): { of?: Value; items?: Value[]; entries?: Entry[] } {
  if (value === undefined) return {}
  if (value instanceof PyList) return { items: sequence(value.items, inner) }
  if (value instanceof PyDict) return { entries: entries(value, inner) }
  return { of: describeOne(value, noNames, inner) }
}

const noNames: OwnNames = { classes: new Map(), functions: new Map() }

function hexOfFloat({ value, bits }: PyFloat): string {
  if (bits !== null) return hexOfBytes(bits)
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value)
  return hexOfBytes(bytes)
}

/** A text where it has no lone surrogates, else its code points. */
function textOf({ content }: PyStr): Value {
  const parts: StrPart[] = [...codePointsOf(content)]
  const isText = parts.every((code) => typeof code === 'number' && (code < 0xd800 || code > 0xdfff))
  return isText && typeof content === 'string' ? content : { str: parts }
}
