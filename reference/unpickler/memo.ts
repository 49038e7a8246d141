import type { PythonInt } from '../codecs/long.ts'
import type { PyValue } from '../values/value.ts'

/**
 * What PUT stores and GET fetches. Indexes that follow each other lie in an array, all others in a
 * map, so that an index costs the same whatever its size.
 *
 * @clause UNP-01 UNP-08 OP-MEMOIZE
 */
export class LoadMemo {
  readonly #dense: PyValue[] = []
  readonly #sparse = new Map<PythonInt, PyValue>()

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
    return found === undefined ? this.#sparse.get(index) : found
  }

  put(index: PythonInt, value: PyValue): void {
    const dense = this.#dense
    if (typeof index === 'number' && index >= 0 && index <= dense.length) {
      if (index === dense.length && this.#sparse.size > 0) this.#sparse.delete(index)
      dense[index] = value
    } else this.#sparse.set(index, value)
  }
}
