import { failsTheRun, type VerdictLine, verdictOf } from '../../reports/index.ts'
import { compareReleases, matchesProtocol, parseRelease } from '../scenario/index.ts'
import { caseMatcher } from './choose.ts'
import { type ExpectedFailureEntry, isForRelease, unexplained } from './expected-failures.ts'
import { signatureOf } from './signature.ts'

/** A line of a whole run, with the release of its subject and what is known of its failure. */
export type RunLine = {
  readonly line: VerdictLine
  readonly release: string
  /** Why it fails, as a case knows it of this engine. */
  readonly known: { readonly reason: string; readonly link: string | null } | undefined
}

type Failure = {
  readonly case: string
  readonly engine: string | null
  readonly release: string
  readonly protocol: number | null
  readonly reason: string
  readonly link: string | null
  readonly signature: string
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => unknown): T[][] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = JSON.stringify(keyOf(item))
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return [...groups.values()]
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)]

/** Runs of neighbours of `all` that are in `some`. */
function runs<T>(all: readonly T[], some: readonly T[]): T[][] {
  const found: T[][] = []
  let isOpen = false
  for (const one of all) {
    if (!some.includes(one)) {
      isOpen = false
      continue
    }
    if (isOpen) found.at(-1)?.push(one)
    else found.push([one])
    isOpen = true
  }
  return found
}

const minorOf = (release: string): string => parseRelease(release).slice(0, 2).join('.')

const isRelease = (text: string): boolean => /^\d+\.\d+/.test(text)

/** Releases of Python in ascending order; versions of other kinds as they come. */
function inOrder(releases: readonly string[]): readonly string[] {
  return releases.every(isRelease)
    ? releases.toSorted((a, b) => compareReleases(parseRelease(a), parseRelease(b)))
    : releases
}

/** Ranges of releases that hold `some` and none of the others of `all`; undefined stands for all. */
function versionTexts(all: readonly string[], some: readonly string[]): (string | undefined)[] {
  if (some.length === all.length || !all.every(isRelease)) return [undefined]
  const minors = unique(all.map(minorOf))
  const isWhole = (minor: string): boolean =>
    all.every((release) => minorOf(release) !== minor || some.includes(release))
  const whole = minors.filter(isWhole)
  const ranges = runs(minors, whole).map((run) =>
    run.length === 1 ? `${run[0]}` : `${run[0]}-${run.at(-1)}`,
  )
  return [...ranges, ...some.filter((release) => !whole.includes(minorOf(release)))]
}

function protocolTexts(
  all: readonly (number | null)[],
  some: readonly (number | null)[],
): (string | undefined)[] {
  if (some.length === all.length) return [undefined]
  return runs(all, some).map((run) => (run.length === 1 ? `${run[0]}` : `${run[0]}-${run.at(-1)}`))
}

const fileOf = (id: string): string => id.slice(0, id.lastIndexOf('/'))
const chapterOf = (id: string): string => id.slice(0, id.indexOf('/'))

/** The fewest patterns that match these of all cases and no others. */
export function patternsOf(all: readonly string[], some: readonly string[]): string[] {
  const isAll = (part: (id: string) => string, of: string): boolean =>
    all.filter((id) => part(id) === of).every((id) => some.includes(id))
  return unique(
    some.map((id) => {
      const chapter = chapterOf(id)
      const file = fileOf(id)
      const files = unique(all.filter((one) => chapterOf(one) === chapter).map(fileOf))
      if (files.length > 1 && isAll(chapterOf, chapter)) return `${chapter}/**`
      const isFew = all.filter((one) => fileOf(one) === file).length < 2
      return isFew || !isAll(fileOf, file) ? id : `${file}/*`
    }),
  )
}

function reasonOf(
  { line, release, known }: RunLine,
  signature: string,
  before: readonly ExpectedFailureEntry[],
): { readonly reason: string; readonly link: string | null } {
  const old = before.find(
    (entry) =>
      entry.signature === signature &&
      entry.reason !== unexplained &&
      (entry.engine === undefined || entry.engine === line.engine) &&
      isForRelease(entry, release) &&
      (entry.protocols === undefined ||
        (line.protocol !== null && matchesProtocol(entry.protocols, line.protocol))) &&
      caseMatcher(entry.case)(line.case),
  )
  return old ?? known ?? { reason: unexplained, link: null }
}

/**
 * The entries that make a run of the whole suite as it is: every failure covered by a pattern that
 * covers no pass, its reason kept from before, else taken from what a case knows, else `?`. Entries
 * for releases that were not asked stay. The lines are those of the subjects that share the file.
 */
export function updatedEntries(
  lines: readonly RunLine[],
  before: readonly ExpectedFailureEntry[],
): ExpectedFailureEntry[] {
  const releases = inOrder(unique(lines.map(({ release }) => release)))
  const engines = unique(lines.map(({ line }) => line.engine))
  const cases = unique(lines.map(({ line }) => line.case))
  const protocolsOf = new Map(
    groupBy(lines, ({ line }) => line.case).map((group) => [
      group[0]?.line.case ?? '',
      unique(group.map(({ line }) => line.protocol)).sort((a, b) => (a ?? 0) - (b ?? 0)),
    ]),
  )
  const failures = lines.flatMap((one): Failure[] => {
    const { line, release } = one
    if (!failsTheRun(verdictOf(line).kind)) return []
    const signature = signatureOf(line)
    const { reason, link } = reasonOf(one, signature, before)
    const { case: id, engine, protocol } = line
    return [{ case: id, engine, release, protocol, reason, link, signature }]
  })

  type Entry = Omit<Failure, 'release' | 'protocol' | 'engine'> & {
    readonly engine: string | undefined
    readonly versions: string | undefined
    readonly protocols: string | undefined
  }
  const why = ({ reason, link, signature }: Pick<Failure, 'reason' | 'link' | 'signature'>) => [
    reason,
    link,
    signature,
  ]
  const byVersion = groupBy(failures, (f) => [f.case, f.engine, f.protocol, why(f)]).flatMap(
    (group) => {
      const [first] = group
      if (first === undefined) return []
      const failing = releases.filter((release) => group.some((f) => f.release === release))
      return versionTexts(releases, failing).map((versions) => ({ ...first, versions }))
    },
  )
  const byProtocol = groupBy(byVersion, (f) => [f.case, f.engine, f.versions, why(f)]).flatMap(
    (group) => {
      const [first] = group
      if (first === undefined) return []
      const all = protocolsOf.get(first.case) ?? []
      const failing = all.filter((protocol) => group.some((f) => f.protocol === protocol))
      return protocolTexts(all, failing).map((protocols) => ({ ...first, protocols }))
    },
  )
  const byEngine = groupBy(byProtocol, (f) => [f.case, f.versions, f.protocols, why(f)]).flatMap(
    (group): Entry[] => {
      const isAll = engines.every((e) => group.some((f) => f.engine === e))
      const kept = isAll ? group.slice(0, 1) : group
      return kept.map((f) => ({ ...f, engine: isAll ? undefined : (f.engine ?? undefined) }))
    },
  )
  const byCase = groupBy(byEngine, (f) => [f.engine, f.versions, f.protocols, why(f)]).flatMap(
    (group) => {
      const failing = unique(group.map((f) => f.case))
      return patternsOf(cases, failing).map((pattern) => ({ ...group[0], case: pattern }))
    },
  )
  const made = byCase.flatMap(
    ({ case: pattern, engine, versions, protocols, reason, link, signature }) =>
      reason === undefined || signature === undefined
        ? []
        : [
            {
              case: pattern,
              ...(engine === undefined ? {} : { engine }),
              ...(versions === undefined ? {} : { versions }),
              ...(protocols === undefined ? {} : { protocols }),
              reason,
              link: link ?? null,
              signature,
            },
          ],
  )
  const kept = before.filter((old) => !releases.some((release) => isForRelease(old, release)))
  return [...made, ...kept].sort((a, b) => (a.case < b.case ? -1 : a.case > b.case ? 1 : 0))
}
