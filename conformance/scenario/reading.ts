import type { Place } from './place.ts'
import type { Action, Hooks, Raise, TaggedValue, Value } from './scenario.ts'
import { refuse } from './scenario-error.ts'

/**
 * What is allowed where a value stands. `once`: everything but `self`. `again`: evaluated more than
 * once, so without ids. `answer`: what a hook returns, so with `self` and without ids. `plain`:
 * without ids, refs and instances, since nothing else is built yet.
 */
export type Scope = 'once' | 'again' | 'answer' | 'plain'

/**
 * The parsers that need each other. They stand in different files, which may not import each other,
 * so each finds the others here.
 */
export type Parsers = {
  readonly value: (reading: Reading, json: unknown, place: Place, scope: Scope) => Value
  readonly hooks: (
    reading: Reading,
    json: unknown,
    place: Place,
    scope: Scope,
    on: 'class' | 'instance',
  ) => Hooks
  readonly actions: (
    reading: Reading,
    json: unknown,
    place: Place,
    scope: Scope,
  ) => readonly Action[]
}

/** The most values that one scenario may make, repetitions included. */
export const maximalObjects = 10 ** 7

/** The most bytes and code points that one scenario may make, repetitions included. */
export const maximalTotalLength = 2 ** 32

/** Something whose context is checked after the whole document was read. */
export type Noted<T> = { readonly what: T; readonly place: Place }

/** What is known of a scenario while it is read, and what is still to be checked. */
export class Reading {
  readonly parsers: Parsers
  /** The names of the scenario's classes, known before anything else is read. */
  readonly ownClasses: ReadonlySet<string>
  readonly objects = new Map<string, Noted<TaggedValue>>()
  readonly tagged: Noted<TaggedValue>[] = []
  /** Ids that an object must have. */
  readonly objectNames: Noted<string>[] = []
  readonly classNames: Noted<string>[] = []
  readonly raises: Noted<Raise>[] = []
  readonly actions: Noted<Action>[] = []
  #nodes = 0
  #times = 1
  #objects = 0
  #length = 0

  constructor(parsers: Parsers, ownClasses: ReadonlySet<string>) {
    this.parsers = parsers
    this.ownClasses = ownClasses
  }

  /** The number of the next object-making value, from 0. */
  nextNode(): number {
    this.#nodes += 1
    return this.#nodes - 1
  }

  /** Reads something that makes no object of the scenario, so that its nodes are not counted. */
  uncounted<T>(read: () => T): T {
    const nodes = this.#nodes
    const result = read()
    this.#nodes = nodes
    return result
  }

  /** Reads something that is evaluated `times` times over. */
  repeatedly<T>(times: number, read: () => T): T {
    const before = this.#times
    this.#times *= times
    const result = read()
    this.#times = before
    return result
  }

  /** Counts values that the text makes, repetitions included. */
  countObjects(objects: number, place: Place): void {
    this.#objects += objects * this.#times
    if (this.#objects > maximalObjects) {
      refuse(place, `found more than ${maximalObjects} values, repetitions included, wanted fewer`)
    }
  }

  /** Counts bytes and code points that the text makes, repetitions included. */
  countLength(length: number, place: Place): void {
    this.#length += length * this.#times
    if (this.#length > maximalTotalLength) {
      refuse(place, 'found more than 2^32 bytes and code points in all, wanted fewer')
    }
  }

  /** Keeps an object that has an id; the id may stand once in the whole scenario. */
  define(id: string, what: TaggedValue, place: Place): void {
    if (this.objects.has(id)) {
      refuse(place, `found the id ${JSON.stringify(id)} a second time, wanted each id once`)
    }
    this.objects.set(id, { what, place })
  }
}
