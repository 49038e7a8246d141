import { createHash } from 'node:crypto'
import type { TitledCase } from '../runner/suite.ts'
import { type Vector, vectorsOf } from './vector.ts'

/** The version of the format, the value of the field `vectors` of the manifest. */
export const vectorsVersion = 1 as const

/** What there is of something, by its name. */
type Counts = { readonly [name: string]: number }

export type Manifest = {
  readonly $schema: string
  readonly vectors: typeof vectorsVersion
  /** The release of the suite, and the digest of its case files. */
  readonly suite: string
  readonly hash: string
  readonly counts: {
    readonly files: number
    readonly cases: number
    readonly vectors: number
    readonly kinds: Counts
    readonly levels: Counts
    readonly oracles: Counts
    readonly refusals: number
    /** Clauses that a vector is about. */
    readonly clauses: number
  }
  readonly files: readonly {
    readonly path: string
    readonly title: string
    readonly vectors: number
    readonly sha256: string
  }[]
}

/** A file below the folder of the vectors. */
export type VectorFile = { readonly path: string; readonly text: string }

function counted(items: readonly string[]): Counts {
  const counts: Record<string, number> = {}
  for (const item of [...items].sort()) counts[item] = (counts[item] ?? 0) + 1
  return counts
}

const isRefusal = (vector: Vector): boolean =>
  'construction' in vector || vector.expected.some(({ refused }) => refused !== undefined)

/** A vector a line: big files stay readable, and differences small. */
function textOf(title: string, vectors: readonly Vector[]): string {
  const lines = vectors.map((vector) => JSON.stringify(vector)).join(',\n')
  const schema = JSON.stringify('../vectors.schema.json')
  return `{"$schema":${schema},"title":${JSON.stringify(title)},"vectors":[\n${lines}\n]}\n`
}

/** `fast/cycles/list-in-itself` stands in `fast/cycles.json`. */
const pathOf = (caseId: string): string => `${caseId.split('/').slice(0, 2).join('/')}.json`

/**
 * The vectors of a suite, a file for each case file, and the manifest behind them; always the same for the
 * same cases.
 */
export function* vectorFiles(
  suite: { readonly cases: readonly TitledCase[]; readonly hash: string },
  release: string,
): Generator<VectorFile> {
  const files: Manifest['files'][number][] = []
  const seen = {
    cases: 0,
    kinds: [] as string[],
    levels: [] as string[],
    oracles: [] as string[],
    refusals: 0,
  }
  const clauses = new Set<string>()
  const byPath = new Map<string, TitledCase[]>()
  for (const one of suite.cases) {
    const path = pathOf(one.case.id)
    byPath.set(path, [...(byPath.get(path) ?? []), one])
  }
  for (const path of [...byPath.keys()].sort()) {
    const cases = byPath.get(path) ?? []
    const title = cases[0]?.title ?? ''
    const vectors = cases.flatMap((one) => vectorsOf(one.case))
    const text = textOf(title, vectors)
    const sha256 = createHash('sha256').update(text).digest('hex')
    files.push({ path, title, vectors: vectors.length, sha256 })
    seen.cases += cases.length
    for (const vector of vectors) {
      seen.kinds.push(vector.kind)
      seen.levels.push(vector.level)
      seen.oracles.push(vector.oracle)
      clauses.add(vector.clause)
      if (isRefusal(vector)) seen.refusals += 1
    }
    yield { path, text }
  }
  const manifest: Manifest = {
    $schema: './manifest.schema.json',
    vectors: vectorsVersion,
    suite: release,
    hash: suite.hash,
    counts: {
      files: files.length,
      cases: seen.cases,
      vectors: files.reduce((sum, file) => sum + file.vectors, 0),
      kinds: counted(seen.kinds),
      levels: counted(seen.levels),
      oracles: counted(seen.oracles),
      refusals: seen.refusals,
      clauses: clauses.size,
    },
    files,
  }
  yield { path: 'manifest.json', text: `${JSON.stringify(manifest, null, 2)}\n` }
}
