import { Arbitrary, asyncProperty, check, type Random, Stream, Value } from 'fast-check'

/** What is smaller than something, the greatest cuts first; whoever follows it comes to an end. */
export type Smaller<T> = (one: T) => Generator<T>

/** One thing, and what is smaller. */
class OneThing<T> extends Arbitrary<T> {
  readonly #thing: T
  readonly #smaller: Smaller<T>

  constructor(thing: T, smaller: Smaller<T>) {
    super()
    this.#thing = thing
    this.#smaller = smaller
  }

  generate(_random: Random, _bias: number | undefined): Value<T> {
    return new Value(this.#thing, undefined)
  }

  canShrinkWithoutContext(_value: unknown): _value is T {
    return true
  }

  shrink(thing: T): Stream<Value<T>> {
    return new Stream(this.#smaller(thing)).map((one) => new Value(one, undefined))
  }
}

/** Others of this process wait no longer than that for their turn, in milliseconds. */
const longestBreathMs = 20

/** What is left of something that fails. */
export type Minimal<T> = {
  readonly least: T
  /** Which of the smaller ones was taken at each turn, as fast-check writes it. */
  readonly path: string
  readonly turns: number
  /** The time was up before it was as small as it could be. */
  readonly isCutShort: boolean
}

/**
 * Gives what fails to fast-check, which takes the first smaller one that still fails, again
 * and again. Undefined when it does not fail when it is asked once more.
 *
 * @param fails whether a smaller one, which may not be well-formed, still fails alike
 * @param limitMs after which the smallest so far is given back
 */
export async function minimize<T>(
  whole: T,
  smaller: Smaller<T>,
  fails: (one: T) => Promise<boolean>,
  limitMs: number,
): Promise<Minimal<T> | undefined> {
  const answered = new Map<string, boolean>()
  const until = performance.now() + limitMs
  let breathed = performance.now()
  // What is smaller is not even made when there is no time to ask about it.
  function* inTime(one: T): Generator<T> {
    for (const candidate of smaller(one)) {
      if (performance.now() >= until) return
      yield candidate
    }
  }
  const property = asyncProperty(new OneThing(whole, inTime), async (one) => {
    // Most smaller scenarios are no scenarios, and are refused without a wait.
    if (performance.now() - breathed > longestBreathMs) {
      await new Promise((resolve) => setImmediate(resolve))
      breathed = performance.now()
    }
    const text = JSON.stringify(one)
    const before = answered.get(text)
    const isFailing = before ?? (performance.now() < until && (await fails(one)))
    answered.set(text, isFailing)
    return !isFailing
  })
  const details = await check(property, { numRuns: 1, seed: 0, endOnFailure: false, verbose: 0 })
  const [found] = details.counterexample ?? []
  if (found === undefined) return undefined
  return {
    least: found,
    path: details.counterexamplePath ?? '',
    turns: details.numShrinks,
    isCutShort: performance.now() >= until,
  }
}

/** What is at the end of such a path. */
export function follow<T>(whole: T, smaller: Smaller<T>, path: string): T {
  let one = whole
  for (const turn of path.split(':').slice(1)) {
    let at = 0
    for (const candidate of smaller(one)) {
      if (at === Number(turn)) {
        one = candidate
        break
      }
      at += 1
    }
  }
  return one
}
