import type { PythonInt } from '../codecs/long.ts'

/** Indexes below this are always worth a place in the array. */
const smallest = 1024

/** How much room an array may have for each entry that it holds. */
const sparsest = 16

/**
 * Small numbers by memo index: four bytes an entry where the indexes are dense, as those of real
 * pickles are, and a map for the rest, so that a huge index costs no more than a small one.
 */
export class IndexTable {
  /** One more than the number; 0 where there is none. */
  #dense = new Uint32Array(smallest)
  readonly #sparse = new Map<PythonInt, number>()
  #size = 0

  /** How many indexes have a number. */
  get size(): number {
    return this.#size
  }

  /** The number at an index. */
  get(index: PythonInt): number | undefined {
    const found = typeof index === 'number' ? this.#dense[index] : undefined
    if (found !== undefined && found > 0) return found - 1
    return this.#sparse.size > 0 ? this.#sparse.get(index) : undefined
  }

  has(index: PythonInt): boolean {
    return this.get(index) !== undefined
  }

  /** Puts a number, from 0 to 2^32 - 2, at an index. */
  set(index: PythonInt, value: number): void {
    if (!this.has(index)) this.#size++
    if (typeof index === 'number' && this.#reaches(index)) {
      this.#dense[index] = value + 1
      this.#sparse.delete(index)
    } else {
      this.#sparse.set(index, value)
    }
  }

  #reaches(index: number): boolean {
    if (index < 0) return false
    if (index < this.#dense.length) return true
    if (index >= this.#size * sparsest) return false
    const grown = new Uint32Array(Math.max(this.#dense.length * 2, index + 1))
    grown.set(this.#dense)
    this.#dense = grown
    return true
  }
}
