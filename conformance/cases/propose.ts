/**
 * From what real engines were seen to do to the expectations of a case, for its author to review.
 *
 * The documented expectation starts as what the C engine of 3.14 did; where another engine differs,
 * a deviation is proposed, with `?` where the author has to say its kind and reason. The parser of
 * case files refuses a `?`, so nothing is accepted unread.
 */

export type Sighting = {
  readonly engine: 'c' | 'py'
  /** A minor release, such as `3.13`. */
  readonly version: string
  readonly protocol: number
  /** JSON of a case file: an expectation, with `PROTO n` for the protocol of the pickle. */
  readonly expected: unknown
}

export type ProposedDeviation = {
  readonly engines: readonly string[]
  readonly versions: string
  readonly protocols?: string
  readonly kind: string
  readonly because: string
  readonly link?: string
  readonly expect: unknown
}

export type Proposal = {
  readonly expect: { readonly [protocols: string]: unknown }
  readonly deviations: readonly ProposedDeviation[]
}

/** The release whose documentation expectations follow; later ones deviate from it. */
const documentedVersion = '3.14'

const minorOf = (version: string): number => Number(version.split('.')[1])
const byVersion = (a: string, b: string): number => minorOf(a) - minorOf(b)

/** Runs of neighbours in `all` that are in `some`. */
function runsOf<T>(all: readonly T[], some: ReadonlySet<T>): T[][] {
  const runs: T[][] = []
  let open: T[] | undefined
  for (const one of all) {
    if (!some.has(one)) {
      open = undefined
    } else if (open === undefined) {
      open = [one]
      runs.push(open)
    } else {
      open.push(one)
    }
  }
  return runs
}

const rangeText = <T>(run: readonly T[]): string =>
  run.length === 1 ? `${run[0]}` : `${run[0]}-${run[run.length - 1]}`

function versionsText(run: readonly string[], all: readonly string[]): string {
  if (run.length === all.length) return '*'
  return run[run.length - 1] === all[all.length - 1] ? `${run[0]}+` : rangeText(run)
}

/** One entry per distinct text, keeping the order of first appearance. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

function expectByProtocol(sightings: readonly Sighting[]): { [protocols: string]: unknown } {
  const expect: { [protocols: string]: unknown } = {}
  let run: number[] = []
  let last: Sighting | undefined
  const close = (): void => {
    if (last !== undefined) expect[rangeText(run)] = last.expected
  }
  for (const sighting of [...sightings].sort((a, b) => a.protocol - b.protocol)) {
    if (last === undefined || JSON.stringify(last.expected) !== JSON.stringify(sighting.expected)) {
      close()
      run = []
    }
    run.push(sighting.protocol)
    last = sighting
  }
  close()
  return expect
}

function deviationsOf(
  differing: readonly Sighting[],
  versions: readonly string[],
  protocols: readonly number[],
): ProposedDeviation[] {
  const deviations: ProposedDeviation[] = []
  for (const same of groupBy(differing, ({ expected }) => JSON.stringify(expected)).values()) {
    const rows = [
      ...groupBy(same, ({ engine, protocol }) => `${engine}${protocol}`).values(),
    ].flatMap((row) =>
      runsOf(versions, new Set(row.map(({ version }) => version))).map((run) => ({
        engine: row[0]?.engine ?? 'c',
        protocol: row[0]?.protocol ?? 0,
        versions: versionsText(run, versions),
      })),
    )
    for (const column of groupBy(rows, ({ engine, versions: v }) => `${engine}${v}`).values()) {
      for (const run of runsOf(protocols, new Set(column.map(({ protocol }) => protocol)))) {
        deviations.push({
          engines: [column[0]?.engine ?? 'c'],
          versions: column[0]?.versions ?? '*',
          ...(run.length === protocols.length ? {} : { protocols: rangeText(run) }),
          kind: '?',
          because: '?',
          expect: same[0]?.expected,
        })
      }
    }
  }
  return mergeEngines(deviations)
}

/** What both engines do alike is one deviation. */
function mergeEngines(deviations: readonly ProposedDeviation[]): ProposedDeviation[] {
  const alike = groupBy(deviations, (d) => JSON.stringify([d.versions, d.protocols, d.expect]))
  return [...alike.values()].flatMap((group) => {
    const [first] = group
    return first === undefined
      ? []
      : [{ ...first, engines: group.flatMap(({ engines }) => engines).sort() }]
  })
}

/**
 * The expectations that sightings of one case amount to: the documented one from the newest engine
 * of the kind that keeps to the documentation here, and a deviation for whatever differs. What the author said of a deviation before
 * (kind, reason, link) is kept where it still describes the same answer of the same engine.
 */
export function propose(
  sightings: readonly Sighting[],
  reviewed: readonly ProposedDeviation[] = [],
  documented: 'c' | 'py' = 'c',
): Proposal {
  const versions = [...new Set(sightings.map(({ version }) => version))].sort(byVersion)
  const protocols = [...new Set(sightings.map(({ protocol }) => protocol))].sort()
  const last = versions.findLast((version) => minorOf(version) <= minorOf(documentedVersion))
  const base = sightings.filter(({ engine, version }) => engine === documented && version === last)
  const baseText = new Map(base.map((one) => [one.protocol, JSON.stringify(one.expected)]))
  const differing = sightings.filter(
    ({ protocol, expected }) => JSON.stringify(expected) !== baseText.get(protocol),
  )
  return {
    expect: expectByProtocol(base),
    deviations: deviationsOf(differing, versions, protocols).map((deviation) => {
      const before = reviewed.find(
        ({ engines, expect }) =>
          JSON.stringify(expect) === JSON.stringify(deviation.expect) &&
          deviation.engines.some((engine) => engines.includes(engine)),
      )
      return before === undefined
        ? deviation
        : {
            ...deviation,
            kind: before.kind,
            because: before.because,
            ...(before.link === undefined ? {} : { link: before.link }),
          }
    }),
  }
}
