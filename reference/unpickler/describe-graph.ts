import { hexOfBytes } from '../codecs/hex.ts'
import { codePointsOf, type StrContent } from '../codecs/str-content.ts'
import { repr } from '../values/repr.ts'
import {
  type PyBuffer,
  PyClass,
  PyDict,
  type PyFloat,
  PyFunction,
  type PyHeapValue,
  PyList,
  type PyObject,
  PyStr,
  type PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'
import type { ElsewhereLeaf, GraphDeed, GraphLeaf, GraphObject, ValueGraph } from './graph.ts'
import { PyMemoryView } from './memory-view.ts'
import { type Deed, PyPersistent, PyRecorded, PySymbol } from './recorded.ts'

/** What classes and functions that are not Python's are called, and what is elsewhere. */
export type NamesOfOwn = ReadonlyMap<
  PyHeapValue,
  { readonly class: string } | { readonly function: string } | ElsewhereLeaf
>

const longestRepr = 1000

/**
 * The flat description of everything that can be reached from a loaded value.
 * Depth costs nothing.
 */
export function describeGraph(world: World, root: PyValue, own: NamesOfOwn): ValueGraph {
  const describer = new GraphDescriber(world, own)
  const value = describer.leaf(root)
  const objects: GraphObject[] = []
  for (let at = 0; at < describer.found.length; at++) {
    objects.push(describer.content(describer.found[at] as PyHeapValue)) // in range
  }
  return { value, objects }
}

class GraphDescriber {
  readonly #world: World
  readonly #own: NamesOfOwn
  readonly #numbers = new Map<PyHeapValue, number>()
  /** The objects by their number. */
  readonly found: PyHeapValue[] = []

  constructor(world: World, own: NamesOfOwn) {
    this.#world = world
    this.#own = own
  }

  leaf(value: PyValue): GraphLeaf {
    if (value === null || typeof value === 'boolean') return value
    if (typeof value !== 'object') return intLeaf(value)
    switch (value.kind) {
      case 'int':
        return intLeaf(value.value)
      case 'str':
        return strLeaf(value.content)
      case 'float':
        return { float: hexOfFloat(value) }
      case 'bytes':
        return { bytes: hexOfBytes(value.data) }
      case 'singleton':
        return { singleton: value.name }
      default:
        return this.#named(value) ?? { at: this.#number(value) }
    }
  }

  #named(value: PyHeapValue): GraphLeaf | undefined {
    const own = this.#own.get(value)
    if (own !== undefined) return own
    if (value instanceof PySymbol) {
      return value.done.length > 0 ? undefined : { global: value.symbol }
    }
    if (value instanceof PyClass) {
      return { global: `${textOf(value.module)}:${textOf(value.qualname)}` }
    }
    if (value instanceof PyFunction && isOfModule(value)) {
      return { global: `${textOf(value.module)}:${textOf(value.qualname)}` }
    }
    return undefined
  }

  #number(value: PyHeapValue): number {
    let number = this.#numbers.get(value)
    if (number === undefined) {
      number = this.found.length
      this.#numbers.set(value, number)
      this.found.push(value)
    }
    return number
  }

  #leaves(items: readonly PyValue[]): GraphLeaf[] {
    return items.map((item) => this.leaf(item))
  }

  #pairs(keys: readonly PyValue[], values: readonly PyValue[]): [GraphLeaf, GraphLeaf][] {
    return keys.map((key, at) => [this.leaf(key), this.leaf(values[at] ?? null)])
  }

  /** What is in an object, its parts as leaves. */
  content(value: PyHeapValue): GraphObject {
    switch (value.kind) {
      case 'tuple':
        return { tuple: this.#leaves(value.items) }
      case 'list':
        return { list: this.#leaves(value.items) }
      case 'set':
        return { set: this.#leaves(value.members) }
      case 'frozenset':
        return { frozenset: this.#leaves(value.members) }
      case 'dict':
        return { dict: this.#pairs(value.keys, value.values) }
      case 'bytearray':
        return { bytearray: hexOfBytes(value.data) }
      case 'iterator':
        return value.rest === null
          ? this.#stranger(value)
          : { iterator: this.#leaves(value.rest()) }
      case 'buffer':
        return this.#buffer(value)
      case 'class':
        return { symbol: (value as PySymbol).symbol, done: this.#deeds((value as PySymbol).done) }
      case 'object':
        return this.#object(value)
      default:
        return this.#stranger(value)
    }
  }

  #object(value: PyObject): GraphObject {
    if (value instanceof PyMemoryView) return { outOfBand: hexOfBytes(value.data), readonly: true }
    if (value instanceof PyRecorded) return this.#recorded(value)
    if (value instanceof PyPersistent) return { persistent: this.leaf(value.pid) }
    const own = this.#own.get(value.type)
    if (own === undefined || !('class' in own)) return this.#stranger(value)
    return this.#instance(value, own.class)
  }

  #recorded({ making, done }: PyRecorded): GraphObject {
    const { from, by, args, keywords } = making
    const reduced = this.leaf(from)
    const given = this.#leaves(args)
    const named =
      keywords === null || keywords.keys.length === 0
        ? {}
        : { keywords: this.#pairs(keywords.keys, keywords.values) }
    const deeds = done.length === 0 ? {} : { done: this.#deeds(done) }
    return { reduced, by, arguments: given, ...named, ...deeds }
  }

  #deeds(done: readonly Deed[]): GraphDeed[] {
    return done.map(([name, given]) => [name, ...this.#leaves(given)])
  }

  #buffer(value: PyBuffer): GraphObject {
    if (value.data === null) return { buffer: null, released: true }
    const { data, isReadOnly, under } = value
    if (under === undefined) return { buffer: { bytes: hexOfBytes(data) }, readonly: isReadOnly }
    const { object, stride } = under
    return {
      buffer: this.leaf(object),
      readonly: isReadOnly,
      ...(stride !== 1 && { stride }),
    }
  }

  #stranger(value: PyHeapValue): GraphObject {
    const type = this.#world.typeOf(value)
    const name = `${textOf(type.module)}:${textOf(type.qualname)}`
    return { opaque: name, repr: [...repr(this.#world, value)].slice(0, longestRepr).join('') }
  }

  #instance(value: PyObject, instance: string): GraphObject {
    const { type, dict, slots, value: content } = value
    const member = slots?.get('_name_')
    const isMember = type.mro.some((cls) => cls.library?.name === 'enum:Enum')
    if (isMember && member instanceof PyStr) return { instance, member: strText(member.content) }
    const of = content === undefined ? undefined : this.#of(content)
    const attributes = dict === null ? [] : this.#pairs(dict.keys, dict.values)
    const held = [...(slots ?? [])].map(([name, slot]): [GraphLeaf, GraphLeaf] => [
      name,
      this.leaf(slot),
    ])
    const items = content instanceof PyList ? this.#leaves(content.items) : undefined
    const entries =
      content instanceof PyDict ? this.#pairs(content.keys, content.values) : undefined
    return {
      instance,
      ...(of !== undefined && { of }),
      ...(attributes.length > 0 && { attributes }),
      ...(held.length > 0 && { slots: held }),
      ...(items !== undefined && { items }),
      ...(entries !== undefined && { entries }),
    }
  }

  #of(content: PyValue) {
    if (typeof content !== 'object' || content === null) return this.leaf(content)
    switch (content.kind) {
      case 'list':
      case 'dict':
        return undefined
      case 'tuple':
        return { tuple: this.#leaves(content.items) }
      case 'set':
        return { set: this.#leaves(content.members) }
      case 'frozenset':
        return { frozenset: this.#leaves(content.members) }
      case 'bytearray':
        return { bytearray: hexOfBytes(content.data) }
      default:
        return this.leaf(content)
    }
  }
}

const largest = 2 ** 53 - 1

function intLeaf(value: number | bigint): GraphLeaf {
  return value >= -largest && value <= largest ? Number(value) : { int: String(value) }
}

function strLeaf(content: StrContent): GraphLeaf {
  const points = codePointsOf(content)
  const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff
  if (typeof content === 'string' && !points.some(isSurrogate)) return content
  const parts: (number | string)[] = []
  for (const code of points) {
    const last = parts.at(-1)
    if (isSurrogate(code)) parts.push(code)
    else if (typeof last === 'string') parts[parts.length - 1] = last + String.fromCodePoint(code)
    else parts.push(String.fromCodePoint(code))
  }
  return { str: parts }
}

const strText = (content: StrContent): string =>
  typeof content === 'string' ? content : String.fromCodePoint(...content)

function textOf(value: PyValue | undefined): string {
  return value instanceof PyStr ? strText(value.content) : 'None'
}

function hexOfFloat({ value, bits }: PyFloat): string {
  if (bits !== null) return hexOfBytes(bits)
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value)
  return hexOfBytes(bytes)
}

/** Whether a function has a name in a module: what is of a type or of an object has none. */
function isOfModule({ self = null, type }: PyFunction): boolean {
  const kind = type.library?.name
  return (
    kind === 'builtins:function' ||
    (kind === 'builtins:builtin_function_or_method' && self === null)
  )
}
