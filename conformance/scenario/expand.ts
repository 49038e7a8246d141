import type { Entry, Item, Value } from './scenario.ts'

/**
 * The values of items one after the other, `repeat` and `range` spelled out as they are asked for.
 * The value of a repeated item comes again and again, and is to be evaluated each time.
 */
export function* expandItems(items: readonly Item[]): Generator<Value, void, undefined> {
  for (const item of items) {
    if (typeof item !== 'object' || item === null) yield item
    else if ('range' in item) yield* ints(item.range)
    else if ('repeat' in item) for (let time = 0; time < item.repeat; time += 1) yield item.of
    else yield item
  }
}

/** The keys and values of entries one after the other, ranges spelled out as they are asked for. */
export function* expandEntries(
  entries: readonly Entry[],
): Generator<readonly [key: Value, value: Value], void, undefined> {
  for (const entry of entries) {
    if ('range' in entry) for (const key of ints(entry.range)) yield [key, entry.value]
    else yield entry
  }
}

function* ints([first, end]: readonly [number, number]): Generator<number, void, undefined> {
  for (let int = first; int < end; int += 1) yield int
}

/** How many values items give. */
export function countItems(items: readonly Item[]): number {
  return items.reduce<number>((count, item) => {
    if (typeof item !== 'object' || item === null) return count + 1
    if ('range' in item) return count + item.range[1] - item.range[0]
    return count + ('repeat' in item ? item.repeat : 1)
  }, 0)
}

/** How many keys entries give. */
export function countEntries(entries: readonly Entry[]): number {
  return entries.reduce(
    (count, entry) => count + ('range' in entry ? entry.range[1] - entry.range[0] : 1),
    0,
  )
}
