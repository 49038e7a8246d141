import { bytesOfHex, hexOfBytes } from '../../reference/index.ts'
import type { Distinction } from '../protocol/distinctions.ts'
import type { LoadedGraph } from '../scenario/loaded.ts'

/** A place in a graph is never deeper in its object than an entry of a dict. */
const deepest = 4

type Fields = { readonly [name: string]: unknown }

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value of the one field that is there. */
function only(value: unknown, name: string): unknown {
  return isFields(value) && Object.keys(value).length === 1 ? value[name] : undefined
}

/**
 * A graph as somebody sees it who cannot tell apart what `lacking` names. What is one value in two
 * spellings is one here: bytes, bytearrays that are called for (`_codecs.encode`), strs and ints
 * written as parts or digits, and any NaN. Empty tuples and frozensets are new at each place, since only Python
 * has but one of each.
 *
 * `identity`, `dict-order` and `key-types` are left to the comparison. The graph may be anything
 * that a subject answers.
 */
export function coarseGraph(graph: unknown, lacking: ReadonlySet<Distinction>): unknown {
  const objects = isFields(graph) && Array.isArray(graph['objects']) ? graph['objects'] : []
  return isFields(graph) ? new Coarsening(objects, lacking).graph(graph['value']) : graph
}

/**
 * Whether a graph has a call that would make bytes, but for what it is given: Python refuses it, which
 * the world of symbols does not show.
 */
export function spellsWrongly({ objects }: LoadedGraph): boolean {
  const given = coarseGraph({ value: null, objects }, new Set())
  const seen = isFields(given) && Array.isArray(given['objects']) ? given['objects'] : []
  return seen.some((object: unknown) => {
    const name =
      isFields(object) && object['by'] === 'call' ? only(object['reduced'], 'global') : null
    return typeof name === 'string' && spelling.has(name)
  })
}

class Coarsening {
  readonly #given: readonly unknown[]
  readonly #lacking: ReadonlySet<Distinction>
  /** Empty tuples and frozensets, one for each place. */
  readonly #made: unknown[] = []

  constructor(given: readonly unknown[], lacking: ReadonlySet<Distinction>) {
    this.#given = given
    this.#lacking = lacking
  }

  graph(value: unknown): unknown {
    const top = this.#within(value, 0)
    const objects = this.#given.map((object) => this.#object(object))
    return { value: top, objects: [...objects, ...this.#made] }
  }

  /** What stands at a place: a leaf, a list of leaves, a pair of them. */
  #within(value: unknown, depth: number): unknown {
    if (depth > deepest) return value
    if (Array.isArray(value)) return value.map((one) => this.#within(one, depth + 1))
    const number = only(value, 'at')
    return typeof number === 'number' ? this.#reference(number) : this.#leaf(value)
  }

  #reference(number: number): unknown {
    const object = this.#spelledOut(this.#given[number])
    const bytes = only(object, 'bytes') ?? this.#bytesOf(object)
    if (bytes !== undefined) return this.#leaf({ bytes })
    const isAlone = ['tuple', 'frozenset'].some((kind) => {
      const items = only(object, kind)
      return Array.isArray(items) && items.length === 0
    })
    if (!isAlone) return { at: number }
    this.#made.push(this.#object(object))
    return { at: this.#given.length + this.#made.length - 1 }
  }

  #bytesOf(object: unknown): unknown {
    if (!this.#lacking.has('bytes-bytearray')) return undefined
    // A view of a buffer, read-only or not, is bytes as well.
    return only(object, 'bytearray') ?? (isFields(object) ? object['outOfBand'] : undefined)
  }

  #leaf(value: unknown): unknown {
    const leaf = plainLeaf(value)
    if (typeof leaf === 'boolean') return this.#lacking.has('int-bool') ? Number(leaf) : leaf
    const float = only(leaf, 'float')
    if (typeof float === 'string') {
      if (isNan(float)) return { float: 'nan' }
      return (this.#lacking.has('int-float') ? intOfFloat(float) : undefined) ?? leaf
    }
    const bytes = only(leaf, 'bytes')
    if (typeof bytes === 'string' && this.#lacking.has('bytes-str')) return bytes
    const points = only(leaf, 'str')
    if (typeof leaf === 'string' || Array.isArray(points)) return this.#str(leaf, points)
    return leaf
  }

  #str(leaf: unknown, points: unknown): unknown {
    let text = leaf
    if (this.#lacking.has('surrogates')) {
      const whole = Array.isArray(points) ? points.map(replaced).join('') : `${leaf}`
      text = whole.replace(/\ufffd+/g, '\ufffd')
    }
    if (!this.#lacking.has('bytes-str') || typeof text !== 'string') return text
    return hexOfBytes(new TextEncoder().encode(text))
  }

  #object(value: unknown): unknown {
    const object = this.#spelledOut(value)
    if (!isFields(object)) return object
    // In one order, so that members of sets can be told by their texts.
    const entries = Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1))
    const fields = entries.map(([name, inside]): [string, unknown] => {
      const kind = this.#kind(name)
      if (name === 'reduced' && this.#lacking.has('object-class')) return [name, null]
      if (name === 'by') return [name, this.#lacking.has('call-new') ? 'call' : inside]
      if (name === 'done') return [name, this.#within(this.#deeds(inside), 0)]
      const isContent = name !== 'bytearray' && name !== 'instance'
      return [kind, isContent ? this.#within(inside, 0) : inside]
    })
    return Object.fromEntries(fields)
  }

  /** As {@link spelledOut}, where bytes in it may be spelled out themselves. */
  #spelledOut(object: unknown): unknown {
    const given = isFields(object) ? object['arguments'] : undefined
    const number = Array.isArray(given) && given.length === 1 ? only(given[0], 'at') : undefined
    const content = typeof number === 'number' ? spelledOut(this.#given[number]) : undefined
    return only(content, 'bytes') === undefined
      ? spelledOut(object)
      : spelledOut({ ...Object(object), arguments: [content] })
  }

  /** What was done to an object: keys and kinds that cannot be told are left out. */
  #deeds(deeds: unknown): unknown {
    if (!Array.isArray(deeds)) return deeds
    return deeds.map((deed: unknown) => {
      if (!Array.isArray(deed)) return deed
      if (deed[0] === 'setitem' && this.#lacking.has('key-types')) return deed.toSpliced(1, 1)
      return deed[0] === 'add' && this.#lacking.has('set-list') ? deed.with(0, 'append') : deed
    })
  }

  #kind(name: string): string {
    const isSet = name === 'set' || name === 'frozenset'
    if (isSet && this.#lacking.has('set-list')) return 'list'
    if (name === 'frozenset' && this.#lacking.has('set-frozenset')) return 'set'
    return name === 'tuple' && this.#lacking.has('tuple-list') ? 'list' : name
  }
}

/** Whether it is a code point that a text can have. */
const isCharacter = (point: unknown): point is number =>
  Number.isInteger(point) &&
  Number(point) >= 0 &&
  Number(point) <= 0x10ffff &&
  !(Number(point) >= 0xd800 && Number(point) <= 0xdfff)

const replaced = (point: unknown): string =>
  isCharacter(point) ? String.fromCodePoint(point) : '\ufffd'

/** An int as a number where it is safe, a str as a text where it has no surrogates, else as code points. */
function plainLeaf(value: unknown): unknown {
  const digits = only(value, 'int')
  if (typeof digits === 'string' && /^-?\d+$/.test(digits)) {
    return Number.isSafeInteger(Number(digits)) ? Number(digits) + 0 : { int: `${BigInt(digits)}` }
  }
  const parts = only(value, 'str')
  if (!Array.isArray(parts)) return value
  const points: unknown[] = parts.flatMap((part: unknown): unknown[] =>
    typeof part === 'string' ? [...part].map((one) => one.codePointAt(0)) : [part],
  )
  return points.every(isCharacter) ? points.map(replaced).join('') : { str: points }
}

/** Whatever its payload is, which languages and processors do not keep. */
const isNan = (hex: string): boolean => /^[7f]ff(?!0{13}$)[0-9a-f]{13}$/.test(hex)

/** The int that a double is, where it is a safe one. */
function intOfFloat(hex: string): number | undefined {
  if (!/^[0-9a-f]{16}$/.test(hex)) return undefined
  const bytes = new Uint8Array(8)
  bytes.set(bytesOfHex(hex))
  const number = new DataView(bytes.buffer).getFloat64(0)
  return Number.isSafeInteger(number) ? number + 0 : undefined
}

/** The bytes of a str whose characters are below 256, as hex. */
function latin1(value: unknown): string | undefined {
  const text = plainLeaf(value)
  if (typeof text !== 'string' || /[^\0-\xff]/.test(text)) return undefined
  return hexOfBytes(Uint8Array.from(text, (one) => one.charCodeAt(0)))
}

const bytearrays: readonly unknown[] = ['builtins:bytearray', '__builtin__:bytearray']
const spelling: ReadonlySet<unknown> = new Set(['_codecs:encode', ...bytearrays])

const encodings: readonly unknown[] = ['latin1', 'latin-1']

/**
 * What a call makes that a pickle spells because its protocol has no instruction for the value:
 * `_codecs.encode('a', 'latin1')` is bytes, `bytearray` of bytes or of a str a bytearray.
 */
function spelledOut(object: unknown): unknown {
  if (!isFields(object) || object['by'] === undefined || object['done'] !== undefined) return object
  const { reduced, arguments: given } = object
  const name = only(reduced, 'global')
  if (!Array.isArray(given) || object['keywords'] !== undefined) return object
  const [content, encoding] = given
  const isLatin1 = given.length === 2 && encodings.includes(encoding)
  if (name === '_codecs:encode') {
    const bytes = isLatin1 ? latin1(content) : undefined
    return bytes === undefined ? object : { bytes }
  }
  if (!bytearrays.includes(name)) return object
  if (given.length === 0) return { bytearray: '' }
  const bytes = isLatin1 ? latin1(content) : given.length === 1 ? only(content, 'bytes') : undefined
  return bytes === undefined ? object : { bytearray: bytes }
}
