import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CouldNotRun } from '../../reports/command.ts'
import { cacheOf, type Ground, withMarks } from './ground.ts'
import type { Done, Seat, Seen, Task, TestName } from './seat.ts'
import type { TypeScript } from './typescript.ts'

/** What there is to ask, and which regions each question touches. */
export type Coverage = {
  readonly profiles: readonly string[]
  readonly caseIds: readonly string[]
  readonly tests: readonly TestName[]
  /** How long each question took, in milliseconds; undefined for what is not asked. */
  readonly costs: ReadonlyMap<number, number>
  /** Whether a question touches one of the regions. */
  readonly touches: (question: number, regions: readonly number[]) => boolean
  /** Tests that cannot be asked in this way, with what they say. */
  readonly unfit: readonly string[]
}

/** One question as it is kept: by what it is known, and the place of its row. */
type Kept = { readonly ms: number; readonly at: number }

type Store = {
  /** Cases by key and profile. */
  readonly cases: Record<string, Kept>
  /** Tests by the key of their file, then by name. */
  readonly tests: Record<string, Record<string, Kept & { readonly why?: string }>>
}

const patience = (): number => 300_000

/** So many questions a task, so that progress can be told. */
const portion = 1500

/**
 * Asks everything of the build that marks what is run; what was asked before of the same sources is
 * kept.
 *
 * @param only how the names of the cases begin that are asked, without the tests; everything when empty
 * @throws {CouldNotRun} when the sound reference misses a case
 */
export async function measureCoverage(
  ts: TypeScript,
  ground: Ground,
  root: string,
  seats: readonly Seat[],
  only: readonly string[],
  onProgress: (share: number) => void,
): Promise<Coverage> {
  const stride = Math.ceil(ground.regions.length / 8)
  const { store, rows } = readStore(ground, root)
  const [first] = seats
  if (first === undefined) throw new CouldNotRun('found no seat, wanted one at least')
  const listed = await first.carryOut({ do: 'list' }, patience)
  if (listed.did !== 'list') throw new CouldNotRun(`the suite cannot be listed: ${whyOf(listed)}`)
  const { cases, profiles } = listed
  const isAsked = (question: number): boolean => {
    const { id = '' } = cases[Math.floor(question / profiles.length)] ?? {}
    return only.length === 0 || only.some((beginning) => id.startsWith(beginning))
  }
  const questions = listed.questions.filter(isAsked)
  if (questions.length === 0) throw new CouldNotRun(`no case begins with ${only.join(' or ')}`)
  const testKeys = only.length === 0 ? ground.testKeys : new Map<string, string>()
  const keyOf = (question: number): string =>
    `${cases[Math.floor(question / profiles.length)]?.key} ${profiles[question % profiles.length]}`

  const wanted = [...questions].filter((question) => !(keyOf(question) in store.cases))
  // A seat stays with a profile as long as it can: what it runs again and again gets fast.
  wanted.sort((a, b) => (a % profiles.length) - (b % profiles.length) || a - b)
  const tasks: Task[] = []
  const newTests = [...testKeys].filter(([, key]) => !(key in store.tests))
  const isNew = wanted.length + newTests.length > 0
  const build = isNew ? (ground.marking ?? withMarks(ts, root, ground).marking) : ''
  const shared = { do: 'cover', build, regions: ground.regions.length } as const
  for (let at = 0; at < wanted.length; at += portion) {
    const part = Uint32Array.from(wanted.slice(at, at + portion))
    tasks.push({ ...shared, questions: part, tests: [] })
  }
  for (const [file] of newTests) {
    tasks.push({ ...shared, questions: new Uint32Array(0), tests: [file] })
  }

  let done = 0
  const keep = (seen: Seen): void => {
    const kept = { ms: Math.round(seen.ms * 100) / 100, at: rows.length }
    rows.push(seen.row)
    if (seen.question !== undefined) {
      if (seen.why !== undefined) {
        throw new CouldNotRun(`the reference misses its own suite: ${seen.why}`)
      }
      store.cases[keyOf(seen.question)] = kept
      return
    }
    const key = ground.testKeys.get(seen.file ?? '') ?? ''
    const tests = store.tests[key] ?? {}
    store.tests[key] = tests
    tests[seen.name] = { ...kept, ...(seen.why !== undefined && { why: seen.why }) }
  }
  const queue = [...tasks]
  await Promise.all(
    seats.map(async (seat) => {
      for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
        const result = await seat.carryOut(task, patience)
        if (result.did !== 'cover') {
          const what = task.do === 'cover' ? task.tests.join() : ''
          throw new CouldNotRun(`what is touched cannot be measured: ${what} ${whyOf(result)}`)
        }
        for (const seen of result.seen) keep(seen)
        for (const file of task.do === 'cover' ? task.tests : []) {
          store.tests[ground.testKeys.get(file) ?? ''] ??= {}
        }
        done += 1
        onProgress(done / tasks.length)
      }
    }),
  )
  if (tasks.length > 0) writeStore(ground, root, store, rows, stride)

  const tests: TestName[] = []
  const costs = new Map<number, number>()
  const rowOf = new Map<number, Uint8Array>()
  const unfit: string[] = []
  const add = (question: number, { ms, at }: Kept): void => {
    costs.set(question, ms)
    rowOf.set(question, rows[at] ?? new Uint8Array(stride))
  }
  for (const question of questions) {
    const kept = store.cases[keyOf(question)]
    if (kept !== undefined) add(question, kept)
  }
  for (const [file, key] of testKeys) {
    for (const [name, kept] of Object.entries(store.tests[key] ?? {})) {
      if (kept.why !== undefined) {
        unfit.push(`${file} ${name}: ${kept.why}`)
        continue
      }
      add(cases.length * profiles.length + tests.length, kept)
      tests.push({ file, name })
    }
  }
  const touches = (question: number, regions: readonly number[]): boolean => {
    const row = rowOf.get(question)
    return row !== undefined && regions.some((at) => ((row[at >> 3] ?? 0) >> (at & 7)) & 1)
  }
  return { profiles, caseIds: cases.map(({ id }) => id), tests, costs, touches, unfit }
}

const whyOf = (result: Done | { readonly why: string }): string =>
  'why' in result ? result.why : 'another answer was given'

const fileOf = (ground: Ground, root: string, ending: string): string =>
  join(cacheOf(root), `coverage-${ground.key}.${ending}`)

function readStore(ground: Ground, root: string): { store: Store; rows: Uint8Array[] } {
  const [names, bits] = [fileOf(ground, root, 'json'), fileOf(ground, root, 'bin')]
  if (!existsSync(names) || !existsSync(bits)) return { store: { cases: {}, tests: {} }, rows: [] }
  const store: Store = JSON.parse(readFileSync(names, 'utf8'))
  const all = readFileSync(bits)
  const stride = Math.ceil(ground.regions.length / 8)
  const rows = Array.from({ length: all.length / stride }, (_, at) =>
    all.subarray(at * stride, (at + 1) * stride),
  )
  return { store, rows }
}

/** Those of other sources are forgotten. */
function writeStore(
  ground: Ground,
  root: string,
  store: Store,
  rows: readonly Uint8Array[],
  stride: number,
): void {
  for (const name of readdirSync(cacheOf(root))) {
    if (name.startsWith('coverage-')) rmSync(join(cacheOf(root), name))
  }
  const all = new Uint8Array(rows.length * stride)
  for (const [at, row] of rows.entries()) all.set(row, at * stride)
  writeFileSync(fileOf(ground, root, 'bin'), all)
  writeFileSync(fileOf(ground, root, 'json'), JSON.stringify(store))
}
