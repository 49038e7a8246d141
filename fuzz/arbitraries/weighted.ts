import { Arbitrary, constant, type Random, Stream, type Value } from 'fast-check'
import type { Json, JsonObject } from '../json.ts'

export type Choice<T> = readonly [weight: number, arbitrary: Arbitrary<T> | (() => Arbitrary<T>)]

/**
 * One of the arbitraries, as often as their weights say; those given as a function are made when they
 * are first taken. Of all that a scenario could be made of, each uses little, so making everything
 * beforehand would cost ten times what the rest does.
 *
 * It does not shrink: whole scenarios do, see shrink.ts.
 */
class Weighted<T> extends Arbitrary<T> {
  readonly #choices: readonly { readonly weight: number; readonly made: () => Arbitrary<T> }[]
  readonly #total: number

  constructor(choices: readonly Choice<T>[]) {
    super()
    this.#choices = choices
      .filter(([weight]) => weight > 0)
      .map(([weight, choice]) => ({
        weight,
        made: typeof choice === 'function' ? once(choice) : () => choice,
      }))
    this.#total = this.#choices.reduce((sum, { weight }) => sum + weight, 0)
  }

  generate(random: Random, bias: number | undefined): Value<T> {
    let left = random.nextInt(0, this.#total - 1)
    for (const { weight, made } of this.#choices) {
      if (left < weight) return made().generate(random, bias)
      left -= weight
    }
    throw new RangeError('found nothing to choose from, wanted a choice with a weight above 0')
  }

  canShrinkWithoutContext(_value: unknown): _value is T {
    return false
  }

  shrink(): Stream<Value<T>> {
    return Stream.nil()
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** One of the arbitraries, as often as their weights say; those of the weight 0 never. */
export function weighted<T>(...choices: readonly Choice<T>[]): Arbitrary<T> {
  return new Weighted(choices)
}

/** An arbitrary that is made when it is first used. */
export function lazily<T>(make: () => Arbitrary<T>): Arbitrary<T> {
  return new Weighted([[1, make]])
}

/** The weight if the condition holds, else 0. */
export function when(condition: boolean, weight: number): number {
  return condition ? weight : 0
}

/** The value in so many of a hundred times, else undefined. */
export function sometimes<T>(
  percent: number,
  arbitrary: Arbitrary<T> | (() => Arbitrary<T>),
): Arbitrary<T | undefined> {
  return weighted<T | undefined>([100 - percent, constant(undefined)], [percent, arbitrary])
}

/** An object of JSON without the fields that are undefined. */
export function present(fields: { readonly [name: string]: Json | undefined }): JsonObject {
  const kept: { [name: string]: Json } = {}
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) kept[name] = value
  return kept
}
