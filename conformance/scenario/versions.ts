/**
 * A full release of Python: `3.13.0` as its three numbers, `3.15.0rc1` with what it is called before
 * it is out. An empty fourth part is the place before the first alpha.
 */
export type Release = readonly [major: number, minor: number, patch: number, early?: string]

/** From the first release to before the second; a side that is missing has no bound. */
export type VersionRange = { readonly from?: Release; readonly before?: Release }

/** From the first protocol to the last, both included. */
export type ProtocolRange = { readonly first: number; readonly last: number }

const number = '(?:0|[1-9][0-9]{0,5})'
const release = `${number}(?:\\.${number}){1,2}`

const early = '(?:a|b|rc)[1-9][0-9]?'

/** `*`, `3.14`, `3.13.0`, `3.8-3.10`, `3.11+`, `<3.13.1`. */
export const versionRangePattern = new RegExp(
  `^(?:\\*|<${release}|${release}\\+?|${release}-${release})$`,
)

/** `*`, `4`, `0-1`. */
export const protocolRangePattern = /^(?:\*|[0-5](?:-[0-5])?)$/

function parseNumbers(text: string): readonly number[] {
  return text.split('.').map(Number)
}

/** `3.15` begins with its first alpha, `3.15.0` with itself. */
function firstRelease(text: string): Release {
  const [major = 0, minor = 0, patch] = parseNumbers(text)
  return patch === undefined ? [major, minor, 0, ''] : [major, minor, patch]
}

/** `3.12` ends before the first alpha of 3.13, `3.12.4` before 3.12.5. */
function afterRelease(text: string): Release {
  const [major = 0, minor = 0, patch] = parseNumbers(text)
  return patch === undefined ? [major, minor + 1, 0, ''] : [major, minor, patch + 1]
}

/**
 * Reads a range of releases: `*`, `3.8-3.10`, `3.11+`, `<3.13.1`, `3.14`. Two numbers stand for all
 * releases that begin with them, early ones included: `3.8-3.10` holds 3.10.13, `3.15` and `3.15+`
 * hold 3.15.0rc1. Three numbers are that release: `3.15.0+` does not hold 3.15.0rc1.
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
 * Reads a full release, `3.13.0` or `3.15.0rc1`; anything else that follows the numbers (`3.11.7+`)
 * is left out, and a missing patch is 0.
 *
 * @throws {RangeError} for a text that does not begin so
 */
export function parseRelease(text: string): Release {
  const [, numbers, before] = new RegExp(`^(${release})(${early})?`).exec(text) ?? []
  if (numbers === undefined) {
    throw new RangeError(`found ${JSON.stringify(text)}, wanted a release such as 3.13.0`)
  }
  const [major = 0, minor = 0, patch = 0] = parseNumbers(numbers)
  return before === undefined ? [major, minor, patch] : [major, minor, patch, before]
}

/** Below 0 when the first release is older, 0 when they are equal, above 0 when it is newer. */
export function compareReleases(one: Release, other: Release): number {
  return (
    one[0] - other[0] || one[1] - other[1] || one[2] - other[2] || compareEarly(one[3], other[3])
  )
}

/** `a1` before `a2` before `b1` before `rc1` before what is out. */
function compareEarly(one: string | undefined, other: string | undefined): number {
  if (one === other) return 0
  if (one === undefined || other === undefined) return one === undefined ? 1 : -1
  return one.localeCompare(other, 'en', { numeric: true })
}

/** Whether a release, such as `3.13.0` or `3.15.0rc1`, is in a range of releases, such as `3.8-3.10`. */
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
