/** A choice from 0 to before `bound`. */
export type Draw = (bound: number) => number

/** One of the items, each as often as the others. */
export function oneOf<T>(draw: Draw, items: readonly [T, ...T[]]): T {
  return items[draw(items.length)] ?? items[0]
}

/** True so many times of a hundred. */
export function happens(draw: Draw, percent: number): boolean {
  return draw(100) < percent
}

/** One of the items, as often as their weights say; undefined when nothing has any. */
export function weighted<T>(
  draw: Draw,
  items: readonly T[],
  weightOf: (item: T) => number,
): T | undefined {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0)
  if (total === 0) return undefined
  let left = draw(total)
  for (const item of items) {
    left -= weightOf(item)
    if (left < 0) return item
  }
  return undefined
}
