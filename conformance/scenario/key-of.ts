import type { ClassFacts, ClassTable } from './class-facts.ts'
import type { Layout } from './known-classes.ts'
import { codePointLength } from './parse-parts.ts'
import type { Place } from './place.ts'
import type { Noted } from './reading.ts'
import type { BytesPart, InstanceValue, Item, StrPart, TaggedValue, Value } from './scenario.ts'
import { refuse } from './scenario-error.ts'
import { itemValues } from './walk.ts'

/** The most items of a tuple or frozenset in a key, and the deepest such nesting. */
export const maximalKeyItems = 10_000
export const maximalKeyDepth = 200

/** The most bytes or code points of a key that is given with `fill`. */
export const maximalKeyLength = 2 ** 20

type Key = { readonly key: string; readonly depth: number }

const valueDefaults: Partial<Record<Layout, Value>> = {
  int: 0,
  float: 0,
  str: '',
  bytes: { bytes: '' },
  tuple: { tuple: [] },
  frozenset: { frozenset: [] },
}

/** Names each hashable value so that two values have one name exactly when Python has them equal. */
export class KeyReader {
  readonly #objects: ReadonlyMap<string, Noted<TaggedValue>>
  readonly #classes: ClassTable
  readonly #composed = new Map<string, string>()
  readonly #byId = new Map<string, Key>()
  #fresh = 0

  constructor(objects: ReadonlyMap<string, Noted<TaggedValue>>, classes: ClassTable) {
    this.#objects = objects
    this.#classes = classes
  }

  /**
   * The name of a key. One that starts with `i:` is a number equal to the int that follows.
   *
   * @throws {ScenarioError} at `place`, when the value is not hashable or too large to be a key
   */
  keyOf(value: Value, place: Place): string {
    return this.#key(value, place, 0).key
  }

  #key(value: Value, place: Place, depth: number): Key {
    if (depth > maximalKeyDepth) refuseDepth(place)
    if (typeof value === 'object' && value !== null) return this.#tagged(value, place, depth)
    if (typeof value === 'string') return atom(`s:${value}`)
    return atom(value === null ? 'None' : `i:${Number(value)}`)
  }

  #tagged(value: TaggedValue, place: Place, depth: number): Key {
    if ('ref' in value) return this.#ref(value.ref, place, depth)
    if ('int' in value) return atom(`i:${value.int}`)
    if ('float' in value) return this.#float(value.float, value.id)
    if ('str' in value) return atom(strKey(value.str, place))
    if ('bytes' in value) return atom(`b:${expandBytes(value.bytes, place)}`)
    if ('tuple' in value) return this.#composite('t', this.#items(value.tuple, place, depth), place)
    if ('frozenset' in value) {
      const members = this.#items(value.frozenset, place, depth)
      return this.#composite('f', [...members].sort(byKey), place)
    }
    if ('nest' in value) return this.#nest(value, place, depth)
    if ('instance' in value) return this.#instance(value, place, depth)
    if ('iterator' in value || 'buffer' in value) return this.#identity(value.id)
    if ('singleton' in value) return atom(`g:${value.singleton}`)
    if ('global' in value) return atom(`g:${value.global}`)
    if ('class' in value) return atom(`c:${value.class}`)
    if ('function' in value) return atom(`c:${value.function}`)
    if ('opaque' in value) {
      refuse(
        place,
        `found an object of ${value.opaque}, wanted a key or member that this language can compare`,
      )
    }
    if ('self' in value) {
      refuse(
        place,
        'found "self", wanted a key or member whose hash is known; a ref to an instance has one',
      )
    }
    const [tag = ''] = Object.keys(value).filter((name) => name !== 'id' && name !== 'node')
    return refuseUnhashable(`a ${tag}`, place)
  }

  #ref(id: string, place: Place, depth: number): Key {
    const known = this.#byId.get(id)
    if (known !== undefined) return known
    const target = this.#objects.get(id)?.what ?? null
    const key = this.#key(target, place, depth)
    this.#byId.set(id, key)
    return key
  }

  #float(bits: string, id: string | undefined): Key {
    const view = new DataView(new ArrayBuffer(8))
    view.setBigUint64(0, BigInt(`0x${bits}`))
    const float = view.getFloat64(0)
    if (Number.isNaN(float)) return this.#identity(id)
    return atom(Number.isInteger(float) ? `i:${BigInt(float)}` : `d:${bits}`)
  }

  #items(items: readonly Item[], place: Place, depth: number): readonly Key[] {
    const keys: Key[] = []
    const add = (key: Key): void => {
      keys.push(key)
      if (keys.length > maximalKeyItems) {
        refuse(
          place,
          `found more than ${maximalKeyItems} items in one tuple or frozenset, wanted fewer in a key or member`,
        )
      }
    }
    for (const item of items) {
      if (typeof item === 'object' && item !== null && 'range' in item) {
        for (let int = item.range[0]; int < item.range[1]; int += 1) add(atom(`i:${int}`))
        continue
      }
      const repeat = typeof item === 'object' && item !== null && 'repeat' in item ? item.repeat : 1
      for (const value of itemValues(item)) {
        for (let time = 0; time < repeat; time += 1) add(this.#key(value, place, depth + 1))
      }
    }
    return keys
  }

  #nest(value: Extract<TaggedValue, { readonly nest: number }>, place: Place, depth: number): Key {
    if (value.in === 'list' || value.in === 'dict') return refuseUnhashable(`a ${value.in}`, place)
    if (value.in !== 'tuple' && value.in !== 'frozenset') {
      const facts = this.#classes.own(value.in.slice('instance:'.length))
      if (facts?.isHashable === false)
        return refuseUnhashable(`an instance of ${facts.spec.name}`, place)
      return this.#identity(value.id)
    }
    if (value.nest > maximalKeyDepth) refuseDepth(place)
    let key = this.#key(value.of, place, depth + value.nest)
    for (let level = 0; level < value.nest; level += 1) {
      key = this.#composite(value.in === 'tuple' ? 't' : 'f', [key], place)
    }
    return key
  }

  #instance(value: InstanceValue, place: Place, depth: number): Key {
    const facts = this.#classes.own(value.instance)
    if (facts === undefined) return this.#identity(value.id)
    if (!facts.isHashable) return refuseUnhashable(`an instance of ${value.instance}`, place)
    const own = value.member === undefined ? value.of : memberValue(facts, value.member)
    const content = own ?? valueDefaults[facts.layout]
    if (valueDefaults[facts.layout] !== undefined && content !== undefined) {
      return this.#key(content, place, depth)
    }
    return value.member === undefined
      ? this.#identity(value.id)
      : atom(`m:${value.instance}.${value.member}`)
  }

  #identity(id: string | undefined): Key {
    if (id !== undefined) return atom(`o:${id}`)
    this.#fresh += 1
    return atom(`n:${this.#fresh}`)
  }

  #composite(kind: 't' | 'f', parts: readonly Key[], place: Place): Key {
    const depth = 1 + parts.reduce((most, part) => Math.max(most, part.depth), 0)
    if (depth > maximalKeyDepth) refuseDepth(place)
    const text = `${kind}:${parts.map(({ key }) => `${key.length}:${key}`).join(',')}`
    const known = this.#composed.get(text) ?? `#${this.#composed.size}`
    this.#composed.set(text, known)
    return { key: known, depth }
  }
}

function atom(key: string): Key {
  return { key, depth: 0 }
}

function byKey(one: Key, other: Key): number {
  return one.key < other.key ? -1 : Number(one.key > other.key)
}

function refuseDepth(place: Place): never {
  refuse(
    place,
    `found tuples and frozensets deeper than ${maximalKeyDepth}, wanted fewer levels in a key or member`,
  )
}

function refuseUnhashable(what: string, place: Place): never {
  refuse(place, `found ${what}, which is not hashable, wanted a key or member that is`)
}

function memberValue(facts: ClassFacts, member: string): Value | undefined {
  return facts.spec.members?.find(([name]) => name === member)?.[1]
}

function checkKeyLength(length: number, place: Place): void {
  if (length > maximalKeyLength) {
    refuse(
      place,
      `found ${length} bytes or code points, wanted at most 2^20 in a key or member with "fill"`,
    )
  }
}

function strKey(parts: readonly StrPart[], place: Place): string {
  let length = 0
  let text = ''
  const joined: (string | number)[] = []
  for (const part of parts) {
    if (typeof part === 'number') {
      joined.push(text, part)
      text = ''
    } else if (typeof part === 'string') {
      text += part
    } else {
      length += part.fill * codePointLength(part.of)
      checkKeyLength(length, place)
      text += part.of.repeat(part.fill)
    }
  }
  return joined.length === 0 ? `s:${text}` : `S:${JSON.stringify([...joined, text])}`
}

function expandBytes(parts: string | readonly BytesPart[], place: Place): string {
  if (typeof parts === 'string') return parts
  let length = 0
  return parts
    .map((part) => {
      if (typeof part === 'string') return part
      length += (part.fill * part.of.length) / 2
      checkKeyLength(length, place)
      return part.of.repeat(part.fill)
    })
    .join('')
}
