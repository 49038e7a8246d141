import type { HashKey } from '../values/hash-key.ts'

/** How many keys are remembered from one batch to the next. */
const mostKept = 10_000

type Place = { batch: number; at: number }

/**
 * Which keys a batch of items has had, and where. The same keys come again and again, so this is
 * several times as fast as an index for each dict.
 */
export class SeenKeys {
  readonly #places = new Map<HashKey, Place>()
  #batch = 0

  /** Begins another batch. */
  begin(): void {
    if (this.#places.size > mostKept) this.#places.clear()
    this.#batch++
  }

  /** Where the batch has had the key; -1 where it has not, and from now on `at`. */
  place(key: HashKey, at: number): number {
    const found = this.#places.get(key)
    if (found === undefined) this.#places.set(key, { batch: this.#batch, at })
    else if (found.batch === this.#batch) return found.at
    else {
      found.batch = this.#batch
      found.at = at
    }
    return -1
  }
}
