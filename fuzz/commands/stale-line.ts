import type { KnownOf } from '../known-differences.ts'

/** What is said of a known difference in a file that its example shows no more. */
export function staleLine(
  { because, clause, engine, versions }: KnownOf<never, unknown>,
  file: string,
): string {
  return `a known difference is gone: ${clause}, ${because} (${engine}, ${versions}): take it out of ${file}, or narrow its versions`
}
