import type { PythonInt } from '../codecs/long.ts'
import type { PyValue } from '../values/value.ts'

/** How long the array of C's memo is before it grows. */
const firstCapacity = 32

/**
 * What PUT stores and GET fetches. Indexes that follow each other lie in an array, all others in a
 * map, so that an index costs the same whatever its size. Where far ones lie apart, an index beyond
 * the array and beyond twice the number of entries does not count for the next one.
 *
 * @clause UNP-01 UNP-08 OP-MEMOIZE
 */
export class LoadMemo {
  readonly #dense: PyValue[] = []
  readonly #sparse = new Map<PythonInt, PyValue>()
  readonly #far = new Map<PythonInt, PyValue>()
  readonly #isFarApart: boolean
  #capacity = firstCapacity

  constructor(isFarApart: boolean) {
    this.#isFarApart = isFarApart
  }

  /** The number of entries, which is the next index. */
  get size(): number {
    return this.#dense.length + this.#sparse.size
  }

  /** Stores under the next index. */
  push(value: PyValue): void {
    if (this.#sparse.size === 0) this.#dense.push(value)
    else this.put(this.size, value)
  }

  /** The entry of an index; undefined when there is none. */
  get(index: PythonInt): PyValue | undefined {
    const found = typeof index === 'number' ? this.#dense[index] : undefined
    return found === undefined
      ? (this.#sparse.has(index) ? this.#sparse : this.#far).get(index)
      : found
  }

  put(index: PythonInt, value: PyValue): void {
    if (this.#isFarApart && this.#isFar(index)) {
      this.#far.set(index, value)
      return
    }
    const dense = this.#dense
    if (typeof index === 'number' && index >= 0 && index <= dense.length) {
      if (index === dense.length && this.#sparse.size > 0) this.#sparse.delete(index)
      dense[index] = value
    } else this.#sparse.set(index, value)
  }

  #isFar(index: PythonInt): boolean {
    while (this.size > this.#capacity) this.#capacity *= 2
    if (index < this.#capacity) return false
    if (index > 2 * this.size) return true
    this.#capacity = 2 * Number(index)
    return false
  }
}
