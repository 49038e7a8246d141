import type { PyValue } from './value.ts'

/**
 * Where an iteration goes on that gave `last` at position `at`, whatever was removed since; at the
 * beginning `at` is -1.
 *
 * @clause BATCH-06
 */
export function positionAfter(
  entries: readonly PyValue[],
  last: PyValue | undefined,
  at: number,
): number {
  if (last === undefined || entries[at] === last) return at + 1
  const found = entries.lastIndexOf(last, at)
  // Latitude: when the entry itself is gone, what followed it has taken its place.
  return found === -1 ? at : found + 1
}
