/**
 * Random numbers for fast-check that depend on a seed and an index alone: xorshift128, started from
 * a hash of both. Not in any way secret.
 */
export class RandomSource {
  #state: [number, number, number, number]

  constructor(state: readonly [number, number, number, number]) {
    this.#state = [...state]
  }

  clone(): RandomSource {
    return new RandomSource(this.#state)
  }

  /** The next integer of 32 bits, with a sign. */
  next(): number {
    const [a, b, c, d] = this.#state
    const t = a ^ (a << 11)
    const next = d ^ (d >>> 19) ^ t ^ (t >>> 8)
    this.#state = [b, c, d, next]
    return next | 0
  }

  getState(): readonly number[] {
    return [...this.#state]
  }
}

/** The source for some numbers, different for each list of them. */
export function randomSource(...numbers: readonly number[]): RandomSource {
  const words = numbers.flatMap((n) => [n >>> 0, Math.floor(n / 2 ** 32) >>> 0])
  const lane = (salt: number): number =>
    words.reduce((hash, word, at) => mix(hash ^ mix(word + Math.imul(at + 1, 0x9e3779b9))), salt)
  const source = new RandomSource([
    lane(0x243f6a88),
    lane(0x85a308d3),
    lane(0x13198a2e),
    lane(0x03707344) | 1,
  ])
  for (let round = 0; round < 8; round += 1) source.next()
  return source
}

/** Spreads every bit of a word of 32 bits over all of it. */
function mix(word: number): number {
  let mixed = word
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** A choice from 0 to before `bound`, taken from a source. */
export function below(source: RandomSource): (bound: number) => number {
  return (bound) => (source.next() >>> 0) % bound
}
