/** A full release of Python, `3.13.0` as its three numbers. */
export type Release = readonly [major: number, minor: number, patch: number]

/** From the first release to before the second; a side that is missing has no bound. */
export type VersionRange = { readonly from?: Release; readonly before?: Release }

/** From the first protocol to the last, both included. */
export type ProtocolRange = { readonly first: number; readonly last: number }

const number = '(?:0|[1-9][0-9]{0,5})'
const release = `${number}(?:\\.${number}){1,2}`

/** `*`, `3.14`, `3.13.0`, `3.8-3.10`, `3.11+`, `<3.13.1`. */
export const versionRangePattern = new RegExp(
  `^(?:\\*|<${release}|${release}\\+?|${release}-${release})$`,
)

/** `*`, `4`, `0-1`. */
export const protocolRangePattern = /^(?:\*|[0-5](?:-[0-5])?)$/

function parseNumbers(text: string): readonly number[] {
  return text.split('.').map(Number)
}

function firstRelease(text: string): Release {
  const [major = 0, minor = 0, patch = 0] = parseNumbers(text)
  return [major, minor, patch]
}

/** `3.12` ends before 3.13.0, `3.12.4` before 3.12.5. */
function afterRelease(text: string): Release {
  const [major = 0, minor = 0, patch] = parseNumbers(text)
  return patch === undefined ? [major, minor + 1, 0] : [major, minor, patch + 1]
}

/**
 * Reads a range of releases: `*`, `3.8-3.10`, `3.11+`, `<3.13.1`, `3.14`. Two numbers stand for all
 * releases that begin with them, so `3.8-3.10` holds 3.10.13, and `<3.13` ends before 3.13.0.
 *
 * @throws {RangeError} for any other text, and for a range that descends
 */
export function parseVersionRange(text: string): VersionRange {
  if (!versionRangePattern.test(text)) {
    throw new RangeError(
      `found ${JSON.stringify(text)}, wanted releases such as *, 3.14, 3.8-3.10, 3.11+ or <3.13.1`,
    )
  }
  if (text === '*') return {}
  if (text.startsWith('<')) return { before: firstRelease(text.slice(1)) }
  if (text.endsWith('+')) return { from: firstRelease(text.slice(0, -1)) }
  const [from = text, to = from] = text.split('-')
  const range = { from: firstRelease(from), before: afterRelease(to) }
  if (compareReleases(range.from, range.before) >= 0) {
    throw new RangeError(`found ${JSON.stringify(text)}, wanted releases that ascend`)
  }
  return range
}

/**
 * Reads a range of protocols: `*`, `0-1`, `4`.
 *
 * @throws {RangeError} for any other text, and for a range that descends
 */
export function parseProtocolRange(text: string): ProtocolRange {
  if (!protocolRangePattern.test(text)) {
    throw new RangeError(`found ${JSON.stringify(text)}, wanted protocols such as *, 4 or 0-1`)
  }
  if (text === '*') return { first: 0, last: 5 }
  const first = Number(text[0])
  const last = Number(text[2] ?? text[0])
  if (last < first) {
    throw new RangeError(`found ${JSON.stringify(text)}, wanted protocols that ascend`)
  }
  return { first, last }
}

/**
 * Reads a full release, `3.13.0`; what follows the numbers (`3.14.0rc1`, `3.11.7+`) is left out, and
 * a missing patch is 0.
 *
 * @throws {RangeError} for a text that does not begin so
 */
export function parseRelease(text: string): Release {
  const numbers = new RegExp(`^${release}`).exec(text)?.[0]
  if (numbers === undefined) {
    throw new RangeError(`found ${JSON.stringify(text)}, wanted a release such as 3.13.0`)
  }
  return firstRelease(numbers)
}

/** Below 0 when the first release is older, 0 when they are equal, above 0 when it is newer. */
export function compareReleases(one: Release, other: Release): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2]
}

/** Whether a release, such as `3.13.0`, is in a range of releases, such as `3.8-3.10`. */
export function matchesVersion(range: string, version: string): boolean {
  const { from, before } = parseVersionRange(range)
  const at = parseRelease(version)
  return (
    (from === undefined || compareReleases(at, from) >= 0) &&
    (before === undefined || compareReleases(at, before) < 0)
  )
}

/** Whether a protocol is in a range of protocols, such as `0-1`. */
export function matchesProtocol(range: string, protocol: number): boolean {
  const { first, last } = parseProtocolRange(range)
  return protocol >= first && protocol <= last
}
