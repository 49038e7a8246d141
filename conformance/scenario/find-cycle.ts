/**
 * The first cycle that is met from `starts` on, as the names on it in order, or undefined. Uses no
 * stack of calls, so that chains may be of any length.
 */
export function findCycle(
  starts: Iterable<string>,
  next: (name: string) => readonly string[],
): readonly string[] | undefined {
  const done = new Set<string>()
  for (const start of starts) {
    const path = new Set<string>()
    const waiting: { readonly name: string; readonly leaves: boolean }[] = [
      { name: start, leaves: false },
    ]
    for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
      const { name, leaves } = top
      if (leaves) {
        done.add(name)
        path.delete(name)
      } else if (path.has(name)) {
        return [...path].slice([...path].indexOf(name))
      } else if (!done.has(name)) {
        path.add(name)
        waiting.push({ name, leaves: true })
        for (const one of next(name)) waiting.push({ name: one, leaves: false })
      }
    }
  }
  return undefined
}
