import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { skipN } from 'pure-rand/utils/skipN'

/** The first numbers of a generator tell too much of its seed. */
const skipped = 32

/** Random content of workloads and random draws of statistics: the same for the same seed. */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed)
    skipN(this.#generator, skipped)
  }

  /** From 0 to before 1. */
  real(): number {
    return uniformFloat64(this.#generator)
  }

  /** From `least` to `most`, both included. */
  int(least: number, most: number): number {
    return uniformInt(this.#generator, least, most)
  }

  /** So many lower-case letters. */
  word(length: number): string {
    return Array.from({ length }, () => String.fromCharCode(this.int(0x61, 0x7a))).join('')
  }

  /** The items in random order. */
  shuffled<T>(items: readonly T[]): T[] {
    const placed = items.map((item) => [this.real(), item] as const)
    return placed.sort(([a], [b]) => a - b).map(([, item]) => item)
  }
}
