import type { JsonObject } from '../json.ts'
import type { KnownClass } from './context.ts'
import { equalityOf } from './equality.ts'
import {
  type Draft,
  type DraftObject,
  draftOf,
  isDraftObject,
  type Open,
  putAt,
  type Spot,
  survey,
  valueAt,
} from './survey.ts'

/**
 * Closes what a draft leaves open. `{"pick":n}` and `{"up":n}` become refs to an object of the
 * scenario, which gets an id: the n-th that may stand there, or the n-th around it. `{"idOf":n}`
 * becomes the id of one. Where nothing fits, `else` stands in, and an action on nothing is dropped.
 *
 * No ref makes something that Python could not build. Unless cycles are allowed, no object comes to be
 * inside itself.
 */
export function wire(
  scenario: JsonObject,
  classes: readonly KnownClass[],
  allowsCycles: boolean,
): JsonObject {
  // A copy of an object is one.
  const draft = draftOf(scenario) as DraftObject
  const { spots, opens } = survey(draft)
  const wiring = new Wiring(spots, classes, allowsCycles)
  for (const open of opens) wiring.close(open)
  // What JSON was made of is JSON.
  return withoutDropped(draft) as JsonObject
}

type Among = 'any' | 'bytes' | 'keys' | 'list' | 'dict' | 'set' | 'bytearray' | 'dictInstance'

class Wiring {
  readonly #spots: readonly Spot[]
  readonly #layouts: ReadonlyMap<string, string>
  readonly #holders: ReadonlySet<string>
  readonly #allowsCycles: boolean
  #fresh = 0
  readonly #equalities = new Map<string, string | undefined>()

  constructor(spots: readonly Spot[], classes: readonly KnownClass[], allowsCycles: boolean) {
    this.#spots = spots.filter(({ canBeShared }) => canBeShared)
    this.#holders = new Set(
      classes.flatMap(({ name, layout, hasDict }) =>
        layout === 'object' && hasDict ? [name] : [],
      ),
    )
    this.#layouts = new Map(classes.map(({ name, layout }) => [name, layout]))
    this.#allowsCycles = allowsCycles
  }

  close(open: Open): void {
    const wanted = valueAt(open.holder, open.at)
    if (!isDraftObject(wanted)) return
    const isId = 'idOf' in wanted
    const target = this.#find(wanted, open, isId)
    if (target === undefined) {
      putAt(open.holder, open.at, isId ? dropped : this.#other(wanted['else'] ?? null, open))
      return
    }
    if (!isId && open.where.isNeeded) open.where.owner?.needs.push(target)
    const id = this.#idOf(target)
    putAt(open.holder, open.at, isId ? id : { ref: id })
  }

  #find(wanted: DraftObject, open: Open, isId: boolean): Spot | undefined {
    // The generators write one of these words, or none.
    const among = String(wanted['among'] ?? 'any') as Among
    if ('up' in wanted) {
      const around: Spot[] = []
      for (let { owner } = open.where; owner !== undefined; owner = owner.owner) {
        if (owner.canBeShared) around.push(owner)
      }
      const target = around[Number(wanted['up'])]
      const isFine = target !== undefined && this.#allowsCycles && isBuildable(target, open)
      return isFine ? target : undefined
    }
    const fitting = this.#spots.filter((spot) => this.#fits(spot, among, open))
    const first = Number(wanted['pick'] ?? wanted['idOf'])
    const count = fitting.length
    for (let tried = 0; tried < count; tried += 1) {
      const spot = fitting[(first + tried) % count]
      if (spot !== undefined && (isId || this.#isAllowed(spot, open))) return spot
    }
    return undefined
  }

  #fits(spot: Spot, among: Among, { siblings }: Open): boolean {
    const json = valueAt(spot.holder, spot.at)
    switch (among) {
      case 'any':
        return true
      case 'bytes':
        return isDraftObject(json) && ('bytes' in json || 'bytearray' in json)
      case 'keys':
        return this.#differs(json, siblings())
      case 'dictInstance':
        return isDraftObject(json) && this.#holders.has(String(json['instance']))
      case 'list':
      case 'dict':
      case 'set':
      case 'bytearray':
        return (
          isDraftObject(json) &&
          (among in json || this.#layouts.get(String(json['instance'])) === among)
        )
    }
  }

  /** Whether the value can be a key beside the others. */
  #differs(json: Draft, others: readonly Draft[]): boolean {
    const equality = equalityOf(json)
    return (
      equality !== undefined &&
      others.every((other) => {
        const theirs = this.#equalityOf(other)
        return theirs !== undefined && theirs !== equality
      })
    )
  }

  /** What stands in for a ref; a key of its own where it would be one for the second time. */
  #other(json: Draft, { siblings }: Open): Draft {
    const others = siblings()
    if (others.length === 0 || this.#differs(json, others)) return json
    this.#fresh += 1
    return `key ${this.#fresh}`
  }

  /** Of a key that may be a ref by now; what is still open is equal to nothing yet. */
  #equalityOf(key: Draft): string | undefined {
    if (!isDraftObject(key)) return equalityOf(key)
    if ('ref' in key) return this.#equalities.get(String(key['ref']))
    if ('pick' in key) return 'open'
    return 'instance' in key ? 'own' : equalityOf(key)
  }

  #isAllowed(target: Spot, open: Open): boolean {
    if (!isBuildable(target, open)) return false
    if (this.#allowsCycles) return true
    return target.end <= open.begin && (!open.where.isAnswer || target.isData)
  }

  #idOf(target: Spot): string {
    const json = valueAt(target.holder, target.at)
    if (isDraftObject(json) && typeof json['id'] === 'string') return json['id']
    const id = `o${this.#equalities.size}`
    this.#equalities.set(id, equalityOf(json))
    // Its parts are known by the object they are in, so that stays.
    if (isDraftObject(json)) json['id'] = id
    else putAt(target.holder, target.at, { id, ...taggedAtom(json) })
    return id
  }
}

function taggedAtom(json: Draft): DraftObject {
  return typeof json === 'string' ? { str: [json] } : { int: String(json) }
}

/** Whether the target can be there before what needs it: no immutable value waits for itself. */
function isBuildable(target: Spot, { where }: Open): boolean {
  if (!where.isNeeded) return true
  const seen = new Set<Spot>()
  const waiting = [target]
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (one === where.owner) return false
    if (seen.has(one)) continue
    seen.add(one)
    waiting.push(...one.needs)
  }
  return true
}

const dropped: Draft = { dropped: true }

const isDropped = (draft: Draft): boolean => isDraftObject(draft) && draft['dropped'] === true

/** Whether something the draft cannot do without was dropped from it. */
function lacksSomething(draft: Draft): boolean {
  if (!isDraftObject(draft)) return false
  const inside = ['set', 'delete', 'call', 'match', 'on'].flatMap((name) => draft[name] ?? [])
  return isDropped(draft['object'] ?? null) || inside.some(lacksSomething)
}

/** The draft without the actions and rules that nothing was found for. */
function withoutDropped(draft: Draft): Draft {
  if (Array.isArray(draft)) return draft.filter((one) => !lacksSomething(one)).map(withoutDropped)
  if (!isDraftObject(draft)) return draft
  return Object.fromEntries(
    Object.entries(draft).map(([name, held]) => [name, withoutDropped(held)]),
  )
}
