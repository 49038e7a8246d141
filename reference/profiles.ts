import { behaviours, type History, type Row } from './behaviours.ts'
import { compareReleases, parseRelease, type Release, releaseText } from './release.ts'

type Behaviours = typeof behaviours
type BehaviourName = keyof Behaviours

/** The words a behaviour can have, by its name. */
export type BehaviourValues = {
  readonly [name in BehaviourName]: Behaviours[name] extends Row<infer V> ? Widened<V> : never
}

/** `true` and `false` are one type; words and numbers stay apart. */
type Widened<V> = V extends boolean ? boolean : V

/** Which pickler is followed: one row of the table of behaviours, with its name. */
export type Profile = BehaviourValues & {
  readonly name: string
  readonly release: Release
  /** The release of that branch which was asked; what changed up to `release` is from reports. */
  readonly measured: Release
  readonly engine: 'c' | 'py'
  readonly implementation: 'cpython' | 'pypy'
}

type Branch = {
  /** The newest release that the table knows. */
  readonly newest: Release
  /** The one whose interpreter was asked. */
  readonly measured: Release
}

/** 3.15 is not out yet. */
const branches: readonly Branch[] = [
  { newest: [3, 8, 20], measured: [3, 8, 18] },
  { newest: [3, 9, 25], measured: [3, 9, 18] },
  { newest: [3, 10, 19], measured: [3, 10, 13] },
  { newest: [3, 11, 14], measured: [3, 11, 7] },
  { newest: [3, 12, 12], measured: [3, 12, 1] },
  { newest: [3, 13, 11], measured: [3, 13, 0] },
  { newest: [3, 14, 2], measured: [3, 14, 2] },
  { newest: [3, 15, 0, 'rc1'], measured: [3, 15, 0, 'rc1'] },
]

const documentedName = 'documented'
/** The release whose documentation is followed, and whose C pickler where that is silent. */
const documentedRelease: Release = [3, 14, 2]
/** That of PyPy 7.3.11, which was asked. */
const pypyRelease: Release = [3, 9, 16]

/**
 * Profiles that are known to predict something else here and there: random scenarios find it, and
 * docs/findings.md says what it is. Any other is held to the letter.
 */
export const inexactProfiles: ReadonlySet<string> = new Set(['pypy-3.9'])

/** The interpreters whose answers the expectations of all tests and cases were taken from. */
export const measuredReleases: readonly string[] = branches.map(({ measured }) =>
  releaseText(measured),
)

/** The names that {@link profile} takes, those of exact releases left out. */
export function profileNames(): string[] {
  const names = branches.map(({ newest: [major, minor] }) => `cpython-${major}.${minor}`)
  return [documentedName, ...names.flatMap((branch) => [`${branch}-c`, `${branch}-py`]), 'pypy-3.9']
}

const known = new Map<string, Profile>()

/**
 * The profile of that name: `documented`, `cpython-3.13-c` (the newest 3.13 that the table knows),
 * `cpython-3.13.0-py` (that very release, as is `cpython-3.15.0rc1-c`), `pypy-3.9`. The same object each time.
 *
 * @throws {RangeError} naming the profiles there are
 */
export function profile(name: string): Profile {
  const found = known.get(name) ?? made(name)
  known.set(name, found)
  return found
}

function made(name: string): Profile {
  if (name === documentedName) {
    return {
      ...valuesFor('documented', documentedRelease),
      name,
      release: documentedRelease,
      measured: documentedRelease,
      engine: 'c',
      implementation: 'cpython',
    }
  }
  if (name === 'pypy-3.9') {
    return {
      ...valuesFor('pypy', pypyRelease),
      ...{ name, release: pypyRelease, measured: pypyRelease, engine: 'py' },
      implementation: 'pypy',
    }
  }
  const parts = /^cpython-3\.(\d+)((?:\.\d+)(?:(?:a|b|rc)\d+)?)?-(c|py)$/.exec(name)
  const branch = branches.find(({ measured: [, minor] }) => minor === Number(parts?.[1]))
  if (parts === null || branch === undefined) {
    throw new RangeError(
      `no profile is called ${JSON.stringify(name)}: there are ${profileNames().join(', ')}, and exact releases such as cpython-3.13.0-c`,
    )
  }
  const { measured, newest } = branch
  const release = parts[2] === undefined ? newest : parseRelease(`3.${newest[1]}${parts[2]}`)
  const engine = parts[3] === 'c' ? 'c' : 'py'
  return {
    ...valuesFor(engine, release),
    ...{ name, release, measured, engine, implementation: 'cpython' },
  }
}

type Column = 'c' | 'py' | 'pypy' | 'documented'

function valuesFor(column: Column, release: Release): BehaviourValues {
  const values = Object.entries<Row<string | number | boolean>>(behaviours).map(
    ([name, row]) => [name, valueIn(row, column, release)] as const,
  )
  // The table's own type says which words each name has.
  return Object.fromEntries(values) as unknown as BehaviourValues
}

function valueIn<V>(row: Row<V>, column: Column, release: Release): V {
  if (column === 'documented' && row.documented !== undefined) return row.documented.is
  if (column === 'pypy' && row.pypy !== undefined) return row.pypy
  const value = column === 'c' || column === 'documented' ? row.c : row.py
  return isHistory(value) ? valueSince(value, release) : value
}

const isHistory = <V>(value: V | History<V>): value is History<V> => Array.isArray(value)

/** The value of the last entry that the release has reached; that of the first before all of them. */
function valueSince<V>(history: History<V>, release: Release): V {
  let [[, reached]] = history
  for (const [since, value] of history) {
    if (compareReleases(parseRelease(since), release) <= 0) reached = value
  }
  return reached
}
