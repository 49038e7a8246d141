import { sameStr } from '../codecs/str-content.ts'
import { hashKey } from './hash-key.ts'
import {
  type PyFloat,
  type PyHeapValue,
  PyInt,
  type PyObject,
  PyStr,
  type PyValue,
} from './value.ts'

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
  const unless = (isSame: boolean, what: string) => (isSame ? undefined : differs(what))
  if (one.kind === 'float' && other.kind === 'float')
    return unless(sameFloat(one, other), 'numbers')
  if (one.kind === 'str' && other.kind === 'str') {
    return unless(sameStr(one.content, other.content), 'texts')
  }
  if ('data' in one && 'data' in other) return unless(sameBytes(one.data, other.data), 'bytes')
  if ('items' in one && 'items' in other) return push(one.items, other.items, '.items')
  if (one.kind === 'dict' && other.kind === 'dict') {
    push(one.values, other.values, '.values')
    return push(one.keys, other.keys, '.keys')
  }
  if ('members' in one && 'members' in other) {
    return push(one.members, matched(one.members, other.members), '.members')
  }
  if ('qualname' in one && 'qualname' in other) return unless(sameNames(one, other), 'names')
  if (one.kind === 'module' && other.kind === 'module') {
    return unless(sameStr(one.name.content, other.name.content), 'names')
  }
  if (one.kind === 'singleton' && other.kind === 'singleton') {
    return unless(one.name === other.name, 'names')
  }
  if (one.kind === 'object' && other.kind === 'object') {
    const [slots, others] = [new Map(one.slots), new Map(other.slots)]
    if ([...slots.keys()].join() !== [...others.keys()].join()) return differs('slots')
    push([one.type], [other.type], '.type')
    push([one.dict], [other.dict], '.dict')
    push([contentInside(one)], [contentInside(other)], '.value')
    return push([...slots.values()], [...others.values()], '.slots')
  }
  return unless(one === other, 'identities')
}

function contentInside({ value = null }: PyObject): PyValue {
  return value
}

function sameFloat(one: PyFloat, other: PyFloat): boolean {
  return Object.is(one.value, other.value) && sameBytes(one.bits, other.bits)
}

function sameBytes(one: Uint8Array | null, other: Uint8Array | null): boolean {
  if (one === null || other === null) return one === other
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}

type Named = { readonly module: PyValue | undefined; readonly qualname: PyValue }

function sameNames(one: Named, other: Named): boolean {
  const texts = ({ module, qualname }: Named) => [textOf(module), textOf(qualname)].join(':')
  return texts(one) === texts(other)
}

function textOf(value: PyValue | undefined): string | null {
  return value instanceof PyStr ? String(value.content) : null
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
