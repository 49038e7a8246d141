/** A release of CPython: `[3, 13, 0]`; one that is not out yet with its name, `[3, 15, 0, 'rc1']`. */
export type Release = readonly [major: number, minor: number, micro: number, early?: string]

/** `3.13.0`, `3.15.0rc1`. */
export function releaseText([major, minor, micro, early = '']: Release): string {
  return `${major}.${minor}.${micro}${early}`
}

/**
 * Reads `3.13.0` or `3.15.0rc1`.
 *
 * @throws {RangeError} for any other text
 */
export function parseRelease(text: string): Release {
  const [, major, minor, micro, early] = /^(\d+)\.(\d+)\.(\d+)((?:a|b|rc)\d+)?$/.exec(text) ?? []
  if (micro === undefined) {
    throw new RangeError(`found ${JSON.stringify(text)}, wanted a release such as 3.13.0`)
  }
  const numbers = [Number(major), Number(minor), Number(micro)] as const
  return early === undefined ? numbers : [...numbers, early]
}

/** Negative, zero or positive as `a` is before, at or after `b`; 3.15.0rc1 is before 3.15.0. */
export function compareReleases(a: Release, b: Release): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || compareEarly(a[3], b[3])
}

/** `a1` before `a2` before `a10` before `b1` before `rc1` before what is out. */
function compareEarly(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1
  const [nameOfA = '', nameOfB = ''] = [a, b].map((text) => text.replace(/\d+$/, ''))
  if (nameOfA !== nameOfB) return nameOfA < nameOfB ? -1 : 1
  return Number(a.slice(nameOfA.length)) - Number(b.slice(nameOfB.length))
}
