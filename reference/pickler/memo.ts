import type { PyStr, PyValue } from '../values/value.ts'

/** Stands for one memo. */
type Token = object

/** The memo whose indexes the slots of objects tell: the one that was begun last. */
let latest: Token = {}

/**
 * What has been written, by identity, and the index of each (MODEL-01).
 *
 * An object knows its index itself, in a slot that tells the truth where the entry of that index is
 * this very object. Slots are those of one memo at a time, the one that was begun last; a memo
 * during which another was begun looks its objects up in a map from then on.
 *
 * @clause MODEL-01 MEMO-01
 */
export class Memo {
  #token: Token | null = null
  #values: PyValue[] = []
  /** The index of each, once slots do not tell it: values that are no objects have none. */
  #indexes: Map<PyValue, number> | null = null

  /** How many entries there are, which is the next index. */
  get size(): number {
    return this.#values.length
  }

  /** The index of this very value, -1 when it is not there. */
  indexOf(value: PyValue): number {
    if (this.#token !== latest) return this.#indexInMap(value)
    if (typeof value !== 'object' || value === null) return -1
    const index = value.memoIndex
    return this.#values[index] === value ? index : -1
  }

  /** As {@link indexOf}, for a str. */
  indexOfStr(str: PyStr): number {
    if (this.#token !== latest) return this.#indexInMap(str)
    const index = str.memoIndex
    return this.#values[index] === str ? index : -1
  }

  #indexInMap(value: PyValue): number {
    return this.#values.length === 0 ? -1 : (this.#map().get(value) ?? -1)
  }

  /** Enters a value that is not there, and gives back its index. */
  put(value: PyValue): number {
    if (this.#token !== latest || typeof value !== 'object' || value === null) {
      return this.#putInMap(value)
    }
    value.memoIndex = this.#values.length
    this.#values.push(value)
    return value.memoIndex
  }

  /** As {@link put}, for a str. */
  putStr(str: PyStr): number {
    if (this.#token !== latest) return this.#putInMap(str)
    str.memoIndex = this.#values.length
    this.#values.push(str)
    return str.memoIndex
  }

  #putInMap(value: PyValue): number {
    if (this.#isNew && typeof value === 'object' && value !== null) {
      this.#token = latest = {}
      return this.put(value)
    }
    const index = this.#values.length
    this.#map().set(value, index)
    this.#values.push(value)
    return index
  }

  get #isNew(): boolean {
    return this.#values.length === 0 && this.#indexes === null
  }

  /** Gives a value that is there the next index, without counting it. */
  move(value: PyValue): void {
    this.#map().set(value, this.#values.length)
  }

  /** Enters a value under a given index, whatever the others are. @clause MEMO-05 */
  putAt(value: PyValue, index: number): void {
    this.#map().set(value, index)
    this.#values.push(value)
  }

  /** A memo of its own with the same entries. @clause MEMO-06 */
  copy(): Memo {
    const memo = new Memo()
    memo.#values = [...this.#values]
    memo.#indexes = new Map(this.#values.map((value) => [value, this.indexOf(value)]))
    return memo
  }

  /** Counts an entry that no value can be found under. */
  putUnreachable(): void {
    this.#map()
    this.#values.push(null)
  }

  /**
   * Forgets everything; indexes begin at 0 again.
   *
   * @clause MEMO-04
   */
  clear(): void {
    this.#values = []
    this.#indexes = null
  }

  /** What has been entered, in order of index. */
  values(): PyValue[] {
    return [...this.#values]
  }

  /** The map, made of what the slots told. */
  #map(): Map<PyValue, number> {
    if (this.#indexes === null) {
      this.#indexes = new Map(this.#values.map((value, index) => [value, index]))
      this.#token = null
    }
    return this.#indexes
  }
}
