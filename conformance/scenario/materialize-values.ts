import {
  bytesOfHex,
  codePointsOf,
  dictStore,
  freshBytes,
  freshFloat,
  freshInt,
  instanceDict,
  listIterator,
  PickleError,
  PyBuffer,
  PyByteArray,
  PyBytes,
  PyDict,
  type PyFloat,
  PyFrozenSet,
  PyInt,
  PyList,
  PyObject,
  PySet,
  PyStr,
  PyTuple,
  type PyValue,
  type StrContent,
  setAttribute,
  strContent,
  type World,
} from '../../reference/index.ts'
import { expandEntries, expandItems } from './expand.ts'
import { type Building, distinct, type Filling, labelOf, Pending } from './materialize-building.ts'
import { makeInstance } from './materialize-instances.ts'
import { makeOpaque } from './materialize-opaque.ts'
import type { Run } from './materialize-run.ts'
import type { BytesPart, Entry, Item, StrPart, TaggedValue, Value } from './scenario.ts'
import { UnbuildableError } from './unbuildable.ts'

/**
 * Builds values for one run in two phases: immutable objects at once, the contents of mutable ones
 * afterwards from a queue in the order they were made. It needs no more stack for deeper values.
 */
export class Builder implements Building {
  readonly run: Run
  #queue: Filling[] = []
  #self: PyValue | undefined
  #isLabelling = true
  readonly #making = new Set<string>()

  constructor(run: Run) {
    this.run = run
  }

  /** One evaluation with a queue of its own, drained before the value is given back. */
  evaluate(value: Value, self?: PyValue): PyValue {
    if (typeof value !== 'object' || value === null) return this.build(value)
    const outer = [this.#queue, this.#self] as const
    this.#queue = []
    this.#self = self
    try {
      const made = this.build(value)
      this.#drain()
      return made
    } catch (error) {
      throw unbuildable(error)
    } finally {
      this.#queue = outer[0]
      this.#self = outer[1]
    }
  }

  evaluateUnlabelled(value: Value, self: PyValue): PyValue {
    const outer = this.#isLabelling
    this.#isLabelling = false
    try {
      return this.evaluate(value, self)
    } finally {
      this.#isLabelling = outer
    }
  }

  /** From now on objects get no labels, which would keep them for as long as the run is kept. */
  stopLabelling(): void {
    this.#isLabelling = false
  }

  /** All objects with an id in one evaluation. */
  evaluateAll(ids: Iterable<string>): void {
    try {
      for (const id of ids) this.build({ ref: id })
      this.#drain()
    } catch (error) {
      throw unbuildable(error)
    }
  }

  /** What `{"self":…}` stands for now. */
  get self(): PyValue | undefined {
    return this.#self
  }

  /** Lets contents be filled in after those of all objects made before. */
  later(filling: Filling): void {
    this.#queue.push(filling)
  }

  #drain(): void {
    // The queue grows while it is worked off.
    for (let at = 0; at < this.#queue.length; at++) this.#queue[at]?.()
    this.#queue = []
  }

  /** The object of a value; contents of mutable ones wait in the queue. */
  build(value: Value): PyValue {
    const started = this.#start(value)
    if (!(started instanceof Pending)) return started
    const stack: Pending[] = [started]
    for (;;) {
      const top = stack.at(-1) as Pending // pushed above, popped below only before leaving
      const { done, value: next } = top.inside.next()
      if (done !== true) {
        const inner = this.#start(next)
        if (inner instanceof Pending) stack.push(inner)
        else top.made.push(inner)
        continue
      }
      const finished = top.finish(top.made)
      stack.pop()
      const outer = stack.at(-1)
      if (outer === undefined) return finished
      outer.made.push(finished)
    }
  }

  /** The members of a sequence in order. */
  items(items: readonly Item[]): PyValue[] {
    const made: PyValue[] = []
    for (const item of expandItems(items)) made.push(this.build(item))
    return made
  }

  #start(value: Value): PyValue | Pending {
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'number') return freshInt(this.run.world, value)
    if (typeof value === 'string') return this.#text(value)
    if ('ref' in value) return this.#named(value.ref)
    if ('id' in value && value.id !== undefined) return this.#named(value.id)
    return this.#make(value)
  }

  /** The one object with this id, made when first met. */
  #named(id: string): PyValue | Pending {
    const { objects, plan } = this.run
    const before = objects.get(id)
    if (before !== undefined) return before
    const value = plan.named.get(id)
    if (value === undefined) throw new UnbuildableError(`no object has the id ${id}`)
    if (this.#making.has(id)) throw new UnbuildableError(`${id} is a cycle of immutable objects`)
    this.#making.add(id)
    const started = this.#make(value)
    const keep = (made: PyValue): PyValue => {
      objects.set(id, made)
      return made
    }
    return started instanceof Pending ? started.andThen(keep) : keep(started)
  }

  #make(value: TaggedValue): PyValue | Pending {
    const started = this.#startTagged(value)
    if (!('node' in value)) return started
    return started instanceof Pending
      ? started.andThen((made) => this.#labelled(value, made))
      : this.#labelled(value, started)
  }

  #labelled(value: TaggedValue & { readonly node?: number; readonly id?: string }, made: PyValue) {
    if (this.#isLabelling) this.run.labels.add(made, value.id, value.node)
    return made
  }

  #startTagged(value: TaggedValue): PyValue | Pending {
    const { run } = this
    if ('int' in value) return intObject(run.world, safeInt(BigInt(value.int)))
    if ('float' in value) return floatOf(run.world, bytesOfHex(value.float))
    if ('str' in value) return this.#str(strOfParts(value.str))
    if ('bytes' in value) return freshBytes(run.world, bytesOfParts(value.bytes))
    if ('bytearray' in value) return new PyByteArray(bytesOfParts(value.bytearray))
    if ('tuple' in value) {
      return new Pending(expandItems(value.tuple), (made) =>
        made.length === 0 ? run.world.emptyTuple : new PyTuple(made),
      )
    }
    if ('frozenset' in value) {
      return new Pending(expandItems(value.frozenset), (made) =>
        this.frozenSet(labelOf(value), made),
      )
    }
    if ('list' in value) {
      const list = new PyList([])
      this.later(() => this.#extend(list.items, value.list))
      return list
    }
    if ('set' in value) {
      const set = new PySet([])
      this.later(() => this.fillSet(set, labelOf(value), this.items(value.set)))
      return set
    }
    if ('dict' in value) {
      const dict = new PyDict()
      this.later(() => this.fillDict(dict, value.dict))
      return dict
    }
    if ('iterator' in value) {
      const under = new PyList([])
      this.later(() => this.#extend(under.items, value.iterator))
      return listIterator(run.world, under)
    }
    if ('nest' in value) return this.#nest(value)
    if ('singleton' in value) {
      return value.singleton === 'Ellipsis' ? run.world.ellipsis : run.world.notImplemented
    }
    if ('global' in value) return run.globalOf(value.global)
    if ('class' in value) return run.classOf(value.class)
    if ('function' in value) {
      const made = run.functions.get(value.function)
      if (made === undefined) throw new UnbuildableError(`no function is named ${value.function}`)
      return made
    }
    if ('self' in value) return this.#selfOf(value.self)
    if ('instance' in value) return makeInstance(this, value)
    if ('buffer' in value) {
      return new Pending([value.buffer], ([under = null]) => bufferOf(under, value))
    }
    if ('opaque' in value) return makeOpaque(this, value)
    return this.#named(value.ref)
  }

  #text(content: StrContent): PyStr {
    const { world } = this.run
    const length = content.length
    if (length === 0) return world.emptyStr
    if (typeof content !== 'string' || length > 2) return new PyStr(content)
    const isLatin1 = length === 1 && content.charCodeAt(0) < 256
    const isCharacter = length === 1 || Number(content.codePointAt(0)) > 0xffff
    const isOne = world.equalIsSame === null ? isLatin1 : isCharacter
    return isOne ? world.intern(content) : new PyStr(content)
  }

  #str(content: StrContent): PyStr {
    return this.#text(content)
  }

  #extend(target: PyValue[], items: readonly Item[]): void {
    for (const item of expandItems(items)) target.push(this.build(item))
  }

  fillDict(dict: PyDict, entries: readonly Entry[]): void {
    for (const [key, value] of expandEntries(entries)) {
      const builtKey = this.build(key)
      dictStore(dict, builtKey, this.build(value))
    }
  }

  fillSet(set: PySet, label: string, members: readonly PyValue[]): void {
    set.members.push(...this.run.ordered(label, distinct(members)))
  }

  frozenSet(label: string, members: readonly PyValue[]): PyFrozenSet {
    return members.length === 0
      ? this.run.world.emptyFrozenSet()
      : new PyFrozenSet([...this.run.ordered(label, distinct(members))])
  }

  #selfOf(which: true | '__dict__'): PyValue {
    const self = this.#self
    if (self === undefined) throw new UnbuildableError('self outside of what a hook returns')
    if (which === true) return self
    const dict = self instanceof PyObject ? instanceDict(self) : undefined
    if (dict === undefined) throw new UnbuildableError('self has no __dict__')
    return dict
  }

  #nest(value: Extract<TaggedValue, { readonly nest: number }>): PyValue | Pending {
    const { nest: depth, in: kind, of, node } = value
    const { labels, world } = this.run
    if (kind === 'tuple' || kind === 'frozenset') {
      return new Pending([of], ([inner = null]) => {
        let made = inner
        for (let level = depth; level > 0; level--) {
          made = kind === 'tuple' ? new PyTuple([made]) : new PyFrozenSet([made])
          labels.add(made, undefined, node)
        }
        return made
      })
    }
    const cls = kind.startsWith('instance:')
      ? this.run.classOf(kind.slice('instance:'.length))
      : null
    const levels = Array.from({ length: depth }, () =>
      kind === 'list' ? new PyList([]) : cls === null ? new PyDict() : new PyObject(cls),
    )
    for (const level of levels) labels.add(level, undefined, node)
    const put = (outer: PyValue, inner: PyValue): void => {
      if (outer instanceof PyList) outer.items.push(inner)
      else if (outer instanceof PyDict) dictStore(outer, 0, inner)
      else if (outer instanceof PyObject) setAttribute(world, outer, 'next', inner)
    }
    this.later(() => {
      levels.forEach((level, at) => {
        const inner = levels[at + 1]
        put(level, inner === undefined ? this.build(of) : inner)
      })
    })
    return levels[0] ?? null
  }
}

/** What Python would refuse while a value is made is no answer of a pickler. */
function unbuildable(error: unknown): unknown {
  return error instanceof PickleError
    ? new UnbuildableError(`${error.type}: ${error.message}`)
    : error
}

function safeInt(int: bigint): number | bigint {
  const isSafe = int >= Number.MIN_SAFE_INTEGER && int <= Number.MAX_SAFE_INTEGER
  return isSafe ? Number(int) : int
}

const intObject = ({ equalIsSame }: World, value: number | bigint): PyInt =>
  equalIsSame?.int(value) ?? new PyInt(value)

function floatOf(world: World, bits: Uint8Array): PyFloat {
  const value = new DataView(bits.buffer, bits.byteOffset).getFloat64(0)
  return freshFloat(world, value, Number.isNaN(value) ? bits : null)
}

/** The content of a list of code points, texts and fills. */
function strOfParts(parts: readonly StrPart[]): StrContent {
  const hasSurrogates = parts.some(
    (part) => typeof part === 'number' && part >= 0xd800 && part < 0xe000,
  )
  if (!hasSurrogates) {
    return parts
      .map((part) => {
        if (typeof part === 'number') return String.fromCodePoint(part)
        return typeof part === 'string' ? part : part.of.repeat(part.fill)
      })
      .join('')
  }
  const codePoints: number[] = []
  for (const part of parts) {
    if (typeof part === 'number') codePoints.push(part)
    else {
      const text = typeof part === 'string' ? part : part.of.repeat(part.fill)
      for (const codePoint of codePointsOf(text)) codePoints.push(codePoint)
    }
  }
  return strContent(codePoints)
}

/** The bytes of a hex text or a list of hex texts and fills. */
function bytesOfParts(parts: string | readonly BytesPart[]): Uint8Array {
  if (typeof parts === 'string') return bytesOfHex(parts)
  const pieces = parts.map((part) => {
    if (typeof part === 'string') return bytesOfHex(part)
    const once = bytesOfHex(part.of)
    const filled = new Uint8Array(once.length * part.fill)
    for (let time = 0; time < part.fill; time++) filled.set(once, time * once.length)
    return filled
  })
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

function bufferOf(
  under: PyValue,
  spec: { readonly readonly?: boolean; readonly stride?: number; readonly released?: boolean },
): PyValue {
  const inner = under instanceof PyObject ? under.value : under
  if (!(inner instanceof PyBytes || inner instanceof PyByteArray)) {
    throw new UnbuildableError('a buffer is wanted over bytes or a bytearray')
  }
  if (inner instanceof PyByteArray && spec.released !== true) inner.isExported = true
  const stride = spec.stride ?? 1
  const data = stride === 1 ? inner.data : strided(inner.data, stride)
  return new PyBuffer(
    spec.released === true ? null : data,
    spec.readonly === true || inner instanceof PyBytes,
    stride === 1 || data.length < 2,
    { object: under, stride },
  )
}

/** `data[::stride]`. */
function strided(data: Uint8Array, stride: number): Uint8Array {
  const taken: number[] = []
  for (let at = stride > 0 ? 0 : data.length - 1; at >= 0 && at < data.length; at += stride) {
    taken.push(data[at] ?? 0)
  }
  return Uint8Array.from(taken)
}
