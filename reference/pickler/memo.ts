import type { MemoOwner, PyStr, PyValue } from '../values/value.ts'

/**
 * What has been written, by identity, and the index of each (MODEL-01).
 *
 * An object knows its index itself, in a slot that one memo at a time owns. A memo from which
 * another has taken a slot is told so, and looks its objects up in a map from then on.
 *
 * @clause MODEL-01 MEMO-01
 */
export class Memo {
  #owner: MemoOwner = { isOvertaken: false }
  #values: PyValue[] = []
  /** The entries that no slot tells of: values that are no objects, all of them once overtaken. */
  #indexes: Map<PyValue, number> | null = null

  /** How many entries there are, which is the next index. */
  get size(): number {
    return this.#values.length
  }

  /** The index of this very value, -1 when it is not there. */
  indexOf(value: PyValue): number {
    if (typeof value === 'object' && value !== null && value.memoOwner === this.#owner) {
      return value.memoIndex
    }
    return this.#indexElsewhere(value)
  }

  /** The index of a value whose slot does not tell it. */
  #indexElsewhere(value: PyValue): number {
    if (this.#owner.isOvertaken && this.#indexes === null) this.#indexAll()
    return this.#indexes === null ? -1 : (this.#indexes.get(value) ?? -1)
  }

  /** As {@link indexOf}, for a str. */
  indexOfStr(str: PyStr): number {
    return str.memoOwner === this.#owner ? str.memoIndex : this.#indexElsewhere(str)
  }

  /** Enters a value that is not there, and gives back its index. */
  put(value: PyValue): number {
    const index = this.#values.push(value) - 1
    if (typeof value === 'object' && value !== null) {
      const other = value.memoOwner
      if (other !== null) other.isOvertaken = true
      value.memoOwner = this.#owner
      value.memoIndex = index
    }
    if (this.#indexes !== null) this.#indexes.set(value, index)
    else if (typeof value !== 'object' || value === null) this.#indexAll()
    return index
  }

  /** As {@link put}, for a str. */
  putStr(str: PyStr): number {
    const index = this.#values.push(str) - 1
    const other = str.memoOwner
    if (other !== null) other.isOvertaken = true
    str.memoOwner = this.#owner
    str.memoIndex = index
    if (this.#indexes !== null) this.#indexes.set(str, index)
    return index
  }

  /** Gives a value that is there the next index, without counting it. */
  move(value: PyValue): void {
    const index = this.#values.length
    if (this.#indexes !== null) this.#indexes.set(value, index)
    if (typeof value === 'object' && value !== null && value.memoOwner === this.#owner) {
      value.memoIndex = index
    }
  }

  /** Enters a value under a given index, whatever the others are. @clause MEMO-05 */
  putAt(value: PyValue, index: number): void {
    this.#values.push(value)
    this.#indexes ??= new Map()
    this.#indexes.set(value, index)
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
    this.#values.push(null)
    if (this.#indexes === null) this.#indexAll()
  }

  /**
   * Forgets everything; indexes begin at 0 again.
   *
   * @clause MEMO-04
   */
  clear(): void {
    this.#owner = { isOvertaken: false }
    this.#values = []
    this.#indexes = null
  }

  /** What has been entered, in order of index. */
  values(): PyValue[] {
    return [...this.#values]
  }

  #indexAll(): void {
    this.#indexes = new Map(this.#values.map((value, index) => [value, index]))
  }
}
