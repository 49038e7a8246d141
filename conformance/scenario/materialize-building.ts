import {
  hashKey,
  type PyDict,
  type PyFrozenSet,
  type PySet,
  type PyValue,
} from '../../reference/index.ts'
import type { Run } from './materialize-run.ts'
import type { Entry, Item, Value } from './scenario.ts'

/** An immutable object that waits for what is inside it. */
export class Pending {
  readonly inside: Iterator<Value>
  readonly made: PyValue[] = []
  finish: (made: PyValue[]) => PyValue

  constructor(inside: Iterable<Value>, finish: (made: PyValue[]) => PyValue) {
    this.inside = inside[Symbol.iterator]()
    this.finish = finish
  }

  /** Lets something be done with the object once it is made. */
  andThen(next: (made: PyValue) => PyValue): this {
    const { finish } = this
    this.finish = (made) => next(finish(made))
    return this
  }
}

/** Contents to be put into a mutable object. */
export type Filling = () => void

/** What the makers of single kinds of values need of the builder. */
export type Building = {
  readonly run: Run
  /** The object of a value; contents of mutable ones wait in the queue. */
  build(value: Value): PyValue
  /** One evaluation of its own. */
  evaluate(value: Value, self?: PyValue): PyValue
  /** As `evaluate`, of what is not the scenario's own: no object gets a label. */
  evaluateUnlabelled(value: Value, self: PyValue): PyValue
  /** The members of a sequence in order. */
  items(items: readonly Item[]): PyValue[]
  /** Lets contents be filled in after those of all objects made before. */
  later(filling: Filling): void
  fillDict(dict: PyDict, entries: readonly Entry[]): void
  fillSet(set: PySet, label: string, members: readonly PyValue[]): void
  frozenSet(label: string, members: readonly PyValue[]): PyFrozenSet
}

/** The label that a value with a node has in reports of orders. */
export function labelOf(value: { readonly id?: string; readonly node?: number }): string {
  return value.id ?? `#${value.node}`
}

/** Members without those that equal an earlier one. */
export function distinct(members: readonly PyValue[]): PyValue[] {
  const byKey = new Map(members.map((member) => [hashKey(member), member]))
  if (byKey.size === members.length) return [...members]
  const met = new Set<unknown>()
  return members.filter((member) => {
    const key = hashKey(member)
    return !met.has(key) && met.add(key)
  })
}
