import { below, randomSource } from '../random-source.ts'

/** Apart from what scenarios and pickles are drawn from. */
const lane = 5

/** So many of them, drawn with a seed, in their order. */
export function sampled<T>(all: readonly T[], size: number, seed: number): T[] {
  const draw = below(randomSource(lane, seed))
  const places = all.map((_, at) => at)
  const chosen: number[] = []
  while (chosen.length < size && places.length > 0) {
    const at = draw(places.length)
    const [last = 0] = places.splice(-1)
    chosen.push(places[at] ?? last)
    if (at < places.length) places[at] = last
  }
  return chosen.sort((a, b) => a - b).flatMap((at) => all.slice(at, at + 1))
}
