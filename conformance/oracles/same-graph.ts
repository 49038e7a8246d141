import type { Verdict } from '../../reports/index.ts'
import { withoutAddresses } from './same-error.ts'

/** Two places that are to hold the same; with those that follow, a list that is never changed. */
type Pair = {
  readonly path: string
  readonly expected: unknown
  readonly seen: unknown
  readonly next: Pair | undefined
  /** Of a set, whose members have no order: those before it are paired already. */
  readonly from?: number
}

type Objects = readonly unknown[]

/** A member that could have been another: what is left to try, and how much was paired by then. */
type Choice = {
  readonly at: Pair
  readonly member: number
  readonly paired: number
}

type Parting = {
  readonly at: string
  readonly expected: string | null
  readonly seen: string | null
}

/** What two graphs may differ in and still be the same. */
export type Likeness = {
  /** Whether it counts which objects are one. */
  readonly identity: boolean
  /** Whether dicts have an order. */
  readonly dictOrder: boolean
  /** Whether keys that are no strs count; if not, dicts that should have some are not looked into. */
  readonly keyTypes: boolean
}

const exactly: Likeness = { identity: true, dictOrder: true, keyTypes: true }

/** Choices of members that are taken back before two sets count as different. */
const mostRetries = 10_000
/** Objects by which members of sets are told apart before any is chosen. */
const sketched = 40
const longest = 200

/**
 * Passes when two loaded graphs are the same up to the numbers of their objects: the same atoms,
 * names and contents at every place, and what is one object in the one is one in the other. Members
 * of sets have no order, all else has. It keeps its own stack, whatever the depth.
 *
 * Both may be anything a subject answers; what is no graph differs from one.
 */
export function sameGraph(
  expected: unknown,
  seen: unknown,
  step: number,
  likeness: Likeness = exactly,
): Verdict {
  const comparison = new Comparison(objectsOf(expected), objectsOf(seen), likeness)
  const parting = comparison.parting(expected, seen)
  if (parting === undefined) return { kind: 'passed' }
  return {
    kind: 'failed',
    because: `the graphs part at ${parting.at}: found ${parting.seen ?? 'nothing'}, wanted ${parting.expected ?? 'nothing'}`,
    difference: { kind: 'graph', step, ...parting },
  }
}

/** Whether two values are texts of objects that differ in nothing but addresses. */
function isSameText(path: string, expected: unknown, seen: unknown): boolean {
  const isText = path.endsWith('.repr') && typeof expected === 'string' && typeof seen === 'string'
  return isText && withoutAddresses(expected) === withoutAddresses(seen)
}

class Comparison {
  readonly #expected: Objects
  readonly #seen: Objects
  readonly #likeness: Likeness
  readonly #partners = new Map<number, number>()
  readonly #taken = new Map<number, number>()
  /** Pairs that are looked at already, where one object may have several partners. */
  readonly #met = new Set<string>()
  /** Objects in the order in which they were paired, the expected one first. */
  readonly #paired: (readonly [wanted: number, found: number])[] = []
  readonly #sketches = new Map<Objects, Map<unknown, string>>()

  constructor(expected: Objects, seen: Objects, likeness: Likeness) {
    this.#expected = expected
    this.#seen = seen
    this.#likeness = likeness
  }

  /** The first place where they part; undefined when they do not. */
  parting(expected: unknown, seen: unknown): Parting | undefined {
    let pair: Pair | undefined = {
      path: '$',
      expected: fieldOf(expected, 'value'),
      seen: fieldOf(seen, 'value'),
      next: undefined,
    }
    const choices: Choice[] = []
    let first: Parting | undefined
    let retries = 0
    while (pair !== undefined) {
      const went: Pair | Parting | undefined =
        pair.from === undefined ? this.#step(pair) : this.#choose(pair, pair.from, choices)
      if (went === undefined || 'path' in went) {
        pair = went
        continue
      }
      first ??= went
      let other: Pair | undefined
      while (other === undefined) {
        const choice = choices.pop()
        retries += 1
        if (choice === undefined || retries > mostRetries) return first
        this.#takeBack(choice.paired)
        const tried = this.#choose(choice.at, choice.member, choices)
        if (tried !== undefined && 'path' in tried) other = tried
      }
      pair = other
    }
    return undefined
  }

  /** What follows when this pair is the same. */
  #step({ path, expected, seen, next }: Pair): Pair | Parting | undefined {
    const [wanted, found] = [objectNumber(expected), objectNumber(seen)]
    if (wanted !== undefined && found !== undefined) return this.#object(path, wanted, found, next)
    if (Array.isArray(expected) && Array.isArray(seen)) {
      const shared = Math.min(expected.length, seen.length)
      if (expected.length !== seen.length) {
        const at = `${path}[${shared}]`
        return parting(at, this.#shown(expected[shared], true), this.#shown(seen[shared], false))
      }
      let todo = next
      for (let at = shared - 1; at >= 0; at -= 1) {
        todo = { path: `${path}[${at}]`, expected: expected[at], seen: seen[at], next: todo }
      }
      return todo
    }
    if (isRecord(expected) && isRecord(seen)) return this.#fields(path, expected, seen, next)
    return Object.is(expected, seen) || isSameText(path, expected, seen)
      ? next
      : parting(path, this.#shown(expected, true), this.#shown(seen, false))
  }

  #object(path: string, wanted: number, found: number, next: Pair | undefined) {
    if (!this.#likeness.identity) {
      const pair = `${wanted} ${found}`
      if (this.#met.has(pair)) return next
      this.#met.add(pair)
      return this.#inside(path, wanted, found, next)
    }
    const partner = this.#partners.get(wanted)
    if (partner === found) return next
    if (partner !== undefined || this.#taken.has(found)) {
      const met = (isMet: boolean): string => (isMet ? 'an object met before' : 'another object')
      return parting(path, met(partner !== undefined), met(this.#taken.has(found)))
    }
    this.#partners.set(wanted, found)
    this.#taken.set(found, wanted)
    return this.#inside(path, wanted, found, next)
  }

  #inside(path: string, wanted: number, found: number, next: Pair | undefined): Pair {
    this.#paired.push([wanted, found])
    return { path, expected: this.#expected[wanted], seen: this.#seen[found], next }
  }

  #fields(
    path: string,
    expected: { readonly [name: string]: unknown },
    seen: { readonly [name: string]: unknown },
    next: Pair | undefined,
  ): Pair | Parting | undefined {
    const names = Object.keys(expected)
    const isAlone = names.length === 1 && Object.keys(seen).length === 1
    for (const name of [...names, ...Object.keys(seen)]) {
      if (Object.hasOwn(expected, name) && Object.hasOwn(seen, name)) continue
      return parting(
        isAlone ? path : `${path}.${name}`,
        this.#shown(isAlone ? expected : expected[name], true),
        this.#shown(isAlone ? seen : seen[name], false),
      )
    }
    let todo = next
    for (const name of names.reverse()) {
      const inside: Pair = {
        path: `${path}.${name}`,
        expected: expected[name],
        seen: seen[name],
        next: todo,
      }
      if (name === 'dict' && !this.#likeness.keyTypes && hasOtherKeys(inside.expected)) continue
      todo = this.#isUnordered(name) && areLists(inside) ? this.#sorted(inside) : inside
    }
    return todo
  }

  #isUnordered(name: string): boolean {
    return name === 'set' || name === 'frozenset' || (name === 'dict' && !this.#likeness.dictOrder)
  }

  /** Both sides of a set in the order of what is in their members. */
  #sorted(pair: Pair): Pair {
    const order = (objects: Objects, members: unknown): Objects =>
      (members as Objects)
        .map((member) => [this.#sketch(objects, member), member] as const)
        .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
        .map(([, member]) => member)
    return {
      ...pair,
      expected: order(this.#expected, pair.expected),
      seen: order(this.#seen, pair.seen),
      from: 0,
    }
  }

  /** Pairs an expected member with the seen one at `at`, if that is like it; what is before is paired. */
  #choose(pair: Pair, at: number, choices: Choice[]): Pair | Parting | undefined {
    // A pair is of a set when both sides are lists.
    const [expected, seen] = [pair.expected as Objects, pair.seen as Objects]
    const { from = 0 } = pair
    if (from >= expected.length && from >= seen.length) return pair.next
    const like = from < expected.length ? this.#sketch(this.#expected, expected[from]) : undefined
    const other = at < seen.length ? this.#sketch(this.#seen, seen[at]) : undefined
    if (like === undefined || like !== other) {
      const isMissing = other === undefined || (like !== undefined && like < other)
      return isMissing
        ? parting(pair.path, this.#shown(expected[from], true), null)
        : parting(pair.path, null, this.#shown(seen[at], false))
    }
    if (at + 1 < seen.length && this.#sketch(this.#seen, seen[at + 1]) === like) {
      choices.push({ at: pair, member: at + 1, paired: this.#paired.length })
    }
    const rest = { ...pair, seen: at === from ? seen : swapped(seen, at, from), from: from + 1 }
    return { path: `${pair.path}{}`, expected: expected[from], seen: seen[at], next: rest }
  }

  #takeBack(paired: number): void {
    for (const [wanted, found] of this.#paired.splice(paired)) {
      this.#taken.delete(found)
      this.#partners.delete(wanted)
      this.#met.delete(`${wanted} ${found}`)
    }
  }

  /** What is in a member and the next objects below it: equal for members that are the same. */
  #sketch(objects: Objects, member: unknown): string {
    // An entry of a dict is a list of two.
    if (Array.isArray(member)) return member.map((one) => this.#sketch(objects, one)).join(': ')
    if (objectNumber(member) === undefined) return textOf(member)
    let sketches = this.#sketches.get(objects)
    if (sketches === undefined) {
      sketches = new Map()
      this.#sketches.set(objects, sketches)
    }
    const known = sketches.get(objectNumber(member))
    if (known !== undefined) return known
    const numbers: unknown[] = [objectNumber(member)]
    const texts: string[] = []
    for (let at = 0; at < Math.min(numbers.length, sketched); at += 1) {
      texts.push(
        JSON.stringify(objects[Number(numbers[at])] ?? null, (name, value: unknown) => {
          // Members of sets have no order to number them in.
          if (this.#isUnordered(name)) return Object.keys(value ?? {}).length
          const number = objectNumber(value)
          if (number === undefined) return value
          const known = this.#likeness.identity ? numbers.indexOf(number) : -1
          return { at: known === -1 ? numbers.push(number) - 1 : known }
        }),
      )
    }
    const sketch = texts.join()
    sketches.set(objectNumber(member), sketch)
    return sketch
  }

  /** A leaf as it is, an object by what is in it. */
  #shown(value: unknown, isExpected: boolean): string | null {
    if (value === undefined) return null
    const number = objectNumber(value)
    const objects = isExpected ? this.#expected : this.#seen
    return cut(textOf(number === undefined ? value : objects[number]))
  }
}

function swapped(list: Objects, one: number, other: number): Objects {
  const copy = [...list]
  copy[one] = list[other]
  copy[other] = list[one]
  return copy
}

function parting(at: string, expected: string | null, seen: string | null): Parting {
  return { at, expected, seen }
}

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)

const textOf = (value: unknown): string => JSON.stringify(value) ?? 'nothing'

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether entries of a dict have a key that is no str. */
function hasOtherKeys(entries: unknown): boolean {
  const isStr = (key: unknown): boolean =>
    typeof key === 'string' || fieldOf(key, 'str') !== undefined
  return Array.isArray(entries) && entries.some((one) => !(Array.isArray(one) && isStr(one[0])))
}

function areLists({ expected, seen }: Pair): boolean {
  return Array.isArray(expected) && Array.isArray(seen)
}

function fieldOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined
}

/** The number in `{"at":n}`. */
function objectNumber(value: unknown): number | undefined {
  const number = fieldOf(value, 'at')
  return typeof number === 'number' ? number : undefined
}

function objectsOf(graph: unknown): Objects {
  const objects = fieldOf(graph, 'objects')
  return Array.isArray(objects) ? objects : []
}
