import { sameStr } from '../codecs/str-content.ts'
import { hashKey } from './hash-key.ts'
import { PyFloat, type PyHeapValue, PyInt, type PyValue } from './value.ts'

/** Where two graphs part: the way from the root, `.items[2].dict['x']`, and what is there. */
export type Difference = { readonly path: string; readonly because: string }

type Pair = { readonly one: PyValue; readonly other: PyValue; readonly path: string }

/**
 * The first difference between two graphs of values, undefined when they are the same: equal types
 * and contents, and an object met again in one is met again at the same places in the other. Strs,
 * bytes, ints and floats are compared by content, since nobody can tell their sharing apart.
 * Members of sets that are equal by value may stand in any order, the others keep theirs.
 */
export function graphDifference(one: PyValue, other: PyValue): Difference | undefined {
  const met = new Map<PyHeapValue, PyHeapValue>()
  const metBack = new Map<PyHeapValue, PyHeapValue>()
  const pending: Pair[] = [{ one, other, path: '' }]
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const because = compare(pair, met, metBack, pending)
    if (because !== undefined) return { path: pair.path, because }
  }
  return undefined
}

function compare(
  pair: Pair,
  met: Map<PyHeapValue, PyHeapValue>,
  metBack: Map<PyHeapValue, PyHeapValue>,
  pending: Pair[],
): string | undefined {
  const one = plain(pair.one)
  const other = plain(pair.other)
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return Object.is(one, other) ? undefined : `${said(one)} against ${said(other)}`
  }
  if (one.kind !== other.kind) return `${one.kind} against ${other.kind}`
  const before = met.get(one)
  if (before !== undefined || metBack.has(other)) {
    return before === other ? undefined : 'an object met again against another one'
  }
  if (!isAtom(one)) {
    met.set(one, other)
    metBack.set(other, one)
  }
  return compareContent(one, other, pair.path, pending)
}

/** A boxed int is as good as a plain one. */
function plain(value: PyValue): PyValue {
  return value instanceof PyInt ? value.value : value
}

const atoms: ReadonlySet<string> = new Set(['float', 'str', 'bytes', 'singleton'])

function isAtom(value: PyHeapValue): boolean {
  return atoms.has(value.kind)
}

function said(value: PyValue): string {
  return typeof value === 'object' && value !== null ? value.kind : String(value)
}

function compareContent(
  one: PyHeapValue,
  other: PyHeapValue,
  path: string,
  pending: Pair[],
): string | undefined {
  const differs = (what: string) => `${one.kind}s with different ${what}`
  const push = (ones: readonly PyValue[], others: readonly PyValue[], where: string) => {
    for (let at = ones.length - 1; at >= 0; at--) {
      const [first, second] = [ones[at], others[at]]
      if (first !== undefined && second !== undefined) {
        pending.push({ one: first, other: second, path: `${path}${where}[${at}]` })
      }
    }
    return ones.length === others.length ? undefined : `${ones.length} against ${others.length}`
  }
  switch (one.kind) {
    case 'int':
      return undefined
    case 'float':
      return other instanceof PyFloat && sameFloat(one, other) ? undefined : differs('numbers')
    case 'str':
      return other.kind === 'str' && sameStr(one.content, other.content)
        ? undefined
        : differs('texts')
    case 'bytes':
    case 'bytearray':
      return other.kind === one.kind && sameBytes(one.data, other.data)
        ? undefined
        : differs('bytes')
    case 'tuple':
    case 'list':
      return other.kind === one.kind ? push(one.items, other.items, '.items') : differs('kinds')
    case 'dict':
      if (other.kind !== 'dict') return differs('kinds')
      push(one.values, other.values, '.values')
      return push(one.keys, other.keys, '.keys')
    case 'set':
    case 'frozenset':
      return other.kind === one.kind
        ? push(one.members, matched(one.members, other.members), '.members')
        : differs('kinds')
    case 'class':
      return other.kind === 'class' &&
        sameNames(one.module, one.qualname, other.module, other.qualname)
        ? undefined
        : differs('names')
    case 'function':
      return other.kind === 'function' &&
        sameNames(one.module ?? null, one.qualname, other.module ?? null, other.qualname)
        ? undefined
        : differs('names')
    case 'module':
      return other.kind === 'module' && sameStr(one.name.content, other.name.content)
        ? undefined
        : differs('names')
    case 'singleton':
      return other.kind === 'singleton' && one.name === other.name ? undefined : differs('names')
    case 'buffer':
      return other.kind === 'buffer' && sameBytes(one.data, other.data)
        ? undefined
        : differs('bytes')
    case 'object': {
      if (other.kind !== 'object') return differs('kinds')
      const slots =
        [...(one.slots?.keys() ?? [])].join() === [...(other.slots?.keys() ?? [])].join()
      if (!slots) return differs('slots')
      push([one.type], [other.type], '.type')
      push([one.dict ?? null], [other.dict ?? null], '.dict')
      push([one.value ?? null], [other.value ?? null], '.value')
      return push([...(one.slots?.values() ?? [])], [...(other.slots?.values() ?? [])], '.slots')
    }
    case 'iterator':
    case 'property':
      return one === other ? undefined : differs('identities')
  }
}

function sameFloat(one: PyFloat, other: PyFloat): boolean {
  const [bits, others] = [one.bits, other.bits]
  if (bits !== null && others !== null) return sameBytes(bits, others)
  return Object.is(one.value, other.value) && bits === others
}

function sameBytes(one: Uint8Array | null, other: Uint8Array | null): boolean {
  if (one === null || other === null) return one === other
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}

function sameNames(
  module: PyValue,
  qualname: PyValue,
  otherModule: PyValue,
  otherQualname: PyValue,
): boolean {
  return textOf(module) === textOf(otherModule) && textOf(qualname) === textOf(otherQualname)
}

function textOf(value: PyValue): string | null {
  return typeof value === 'object' && value?.kind === 'str' ? String(value.content) : null
}

/** The members of the second set, each beside the equal one of the first; the rest in their order. */
function matched(ones: readonly PyValue[], others: readonly PyValue[]): readonly PyValue[] {
  const byKey = new Map(others.map((member) => [hashKey(member), member]))
  const taken = new Set<PyValue>()
  const found = ones.map((member) => {
    const equal = byKey.get(hashKey(member))
    if (equal !== undefined) taken.add(equal)
    return equal
  })
  const rest = others.filter((member) => !taken.has(member))
  const aligned = found.map((member) => (member === undefined ? rest.shift() : member))
  return [...aligned.filter((member) => member !== undefined), ...rest]
}
