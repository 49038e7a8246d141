import { bytesOfHex, hexOfBytes } from '../../reference/index.ts'
import type { Distinction } from '../protocol/distinctions.ts'

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
 * written as parts or digits. Empty tuples and frozensets are new at each place, since only Python
 * has but one of each.
 *
 * `identity`, `dict-order` and `key-types` are left to the comparison. The graph may be anything
 * that a subject answers.
 */
export function coarseGraph(graph: unknown, lacking: ReadonlySet<Distinction>): unknown {
  const objects = isFields(graph) && Array.isArray(graph['objects']) ? graph['objects'] : []
  return isFields(graph) ? new Coarsening(objects, lacking).graph(graph['value']) : graph
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
    const object = spelledOut(this.#given[number])
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
    return this.#lacking.has('bytes-bytearray') ? only(object, 'bytearray') : undefined
  }

  #leaf(value: unknown): unknown {
    const leaf = plainLeaf(value)
    if (typeof leaf === 'boolean') return this.#lacking.has('int-bool') ? Number(leaf) : leaf
    const float = only(leaf, 'float')
    if (typeof float === 'string') {
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
    const object = spelledOut(value)
    if (!isFields(object)) return object
    const fields = Object.entries(object).map(([name, inside]): [string, unknown] => {
      const kind = this.#kind(name)
      if (name === 'reduced' && this.#lacking.has('object-class')) return [name, null]
      if (name === 'by') return [name, this.#lacking.has('call-new') ? 'call' : inside]
      const isContent = name !== 'bytearray' && name !== 'instance'
      return [kind, isContent ? this.#within(inside, 0) : inside]
    })
    return Object.fromEntries(fields)
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
  if (name !== 'builtins:bytearray' && name !== '__builtin__:bytearray') return object
  if (given.length === 0) return { bytearray: '' }
  const bytes = isLatin1 ? latin1(content) : given.length === 1 ? only(content, 'bytes') : undefined
  return bytes === undefined ? object : { bytearray: bytes }
}
