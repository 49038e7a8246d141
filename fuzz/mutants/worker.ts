import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import type { Build } from './checks.ts'
import { marksName } from './instrument.ts'
import type { Done, Seen, Task } from './seat.ts'
import { type Collected, collectTests, endTests } from './stand-in.ts'
import type { WorkerInput } from './thread-seat.ts'

/**
 * A thread that asks builds of the reference what the suite asks: each case as each profile, and the
 * unit tests. The judge is that of the sound build; what answers is that of the build in question.
 */

type Case = { readonly id: string }
type Asked = { readonly engine: 'c' | 'py'; readonly version: string }
type Profile = readonly [name: string, asked: Asked | null]
type Judge = {
  readonly suite: readonly Case[]
  readonly profilesOf: (releases: readonly string[]) => Profile[]
  readonly isThere: (one: Case, asked: Asked | null) => boolean
  readonly misses: (one: Case, engine: string, asked: Asked | null, answering: unknown) => string[]
}
type Profiles = {
  readonly measuredReleases: readonly string[]
  readonly profile: (name: string) => unknown
}

const { plain, beat } = workerData as WorkerInput
const beats = new Int32Array(beat)

/** A module of a build; its shape is that of the source. */
async function load<T>(build: string, path: string): Promise<T> {
  return (await import(pathToFileURL(join(build, 'dist', path)).href)) as T
}

const judge = await load<Judge>(plain, 'conformance/subjects/testing/suite-misses.js')
const sound = await load<Profiles>(plain, 'reference/profiles.js')
const profiles: readonly Profile[] = [
  ['documented', null],
  ...judge.profilesOf(sound.measuredReleases),
]

const answerOf = async (build: string): Promise<unknown> =>
  (await load<{ answer: unknown }>(build, 'conformance/subjects/javascript/reference/answer.js'))
    .answer

/** A case as a profile; the number of a question has both. */
function caseAt(question: number) {
  const one = judge.suite[Math.floor(question / profiles.length)]
  const profile = profiles[question % profiles.length]
  if (one === undefined || profile === undefined) throw new RangeError(`no question ${question}`)
  return { one, name: profile[0], asked: profile[1] }
}

function missed(question: number, answering: unknown): string | undefined {
  const { one, name, asked } = caseAt(question)
  return judge.misses(one, name, asked, answering)[0]
}

const textOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)

/** Runs a test; what it says when it fails. */
async function failed(one: Collected): Promise<string | undefined> {
  try {
    await one.run()
    return undefined
  } catch (error) {
    return textOf(error)
  }
}

const step = (): void => void Atomics.add(beats, 0, 1)

/** What there is to ask. */
function list(): Done {
  const keyOf = (one: Case): string =>
    createHash('sha256').update(JSON.stringify(one)).digest('hex').slice(0, 24)
  const all = judge.suite.flatMap((_, of) => profiles.map((__, at) => of * profiles.length + at))
  const questions = all.filter((question) => {
    const { one, asked } = caseAt(question)
    return judge.isThere(one, asked)
  })
  return {
    did: 'list',
    cases: judge.suite.map((one) => ({ id: one.id, key: keyOf(one) })),
    profiles: profiles.map(([name]) => name),
    questions: Uint32Array.from(questions),
  }
}

let known: Uint8Array | undefined

/** Where regions are marked: modules that were loaded hold on to it. */
function marksFor(regions: number): Uint8Array {
  known ??= new Uint8Array(regions)
  Reflect.set(globalThis, marksName, known)
  return known
}

/** What of the suite and of the tests touches which regions. */
async function cover(task: Extract<Task, { do: 'cover' }>): Promise<Done> {
  const marks = marksFor(task.regions)
  const stride = Math.ceil(task.regions / 8)
  const seen: Seen[] = []
  function row(): Uint8Array {
    const bits = new Uint8Array(stride)
    for (let at = marks.indexOf(1); at !== -1; at = marks.indexOf(1, at + 1)) {
      bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7))
    }
    return bits
  }
  const answering = task.questions.length > 0 ? await answerOf(task.build) : undefined
  for (const question of task.questions) {
    marks.fill(0)
    const start = performance.now()
    const why = missed(question, answering)
    const { name } = caseAt(question)
    seen.push({ question, name, why, ms: performance.now() - start, row: row() })
    step()
  }
  for (const file of task.tests) {
    marks.fill(0)
    let collected: readonly Collected[] = []
    try {
      collected = await collectTests(() => load(task.build, file))
    } catch (error) {
      seen.push({ file, name: 'loading', why: textOf(error), ms: 0, row: row() })
    }
    const loaded = row()
    for (const one of collected) {
      marks.fill(0)
      const start = performance.now()
      const why = await failed(one)
      const touched = row()
      loaded.forEach((bits, at) => {
        touched[at] = (touched[at] ?? 0) | bits
      })
      seen.push({ file, name: one.name, why, ms: performance.now() - start, row: touched })
      step()
    }
    await endTests()
  }
  return { did: 'cover', seen }
}

/** Profiles that a build has otherwise than the sound one. */
async function changedProfiles(build: string): Promise<ReadonlySet<string>> {
  const { profile } = await load<Profiles>(build, 'reference/profiles.js')
  const isOther = ([name]: Profile): boolean =>
    JSON.stringify(profile(name)) !== JSON.stringify(sound.profile(name))
  return new Set(profiles.filter(isOther).map(([name]) => name))
}

/** Asks until an answer is wrong. */
async function ask({ build, questions, tests, isOfProfiles }: Extract<Task, { do: 'ask' }>) {
  const caseQuestions = judge.suite.length * profiles.length
  let answering: unknown
  let changed: ReadonlySet<string> | undefined
  const files = new Map<string, ReadonlyMap<string, Collected>>()
  for (const [at, question] of questions.entries()) {
    Atomics.store(beats, 1, at)
    step()
    if (question < caseQuestions) {
      if (isOfProfiles) changed ??= await changedProfiles(build)
      if (changed !== undefined && !changed.has(caseAt(question).name)) continue
      answering ??= await answerOf(build)
      const why = missed(question, answering)
      if (why !== undefined) return { did: 'ask', killedBy: question, why } as const
    } else {
      const one = tests[question - caseQuestions]
      if (one === undefined) throw new RangeError(`no question ${question}`)
      let collected = files.get(one.file)
      if (collected === undefined) {
        const all = await collectTests(() => load(build, one.file))
        collected = new Map(all.map((test) => [test.name, test]))
        files.set(one.file, collected)
      }
      const test = collected.get(one.name)
      const why = test === undefined ? 'the test is gone' : await failed(test)
      if (why !== undefined) return { did: 'ask', killedBy: question, why } as const
    }
  }
  await endTests()
  return { did: 'ask', killedBy: undefined, why: '' } as const
}

/** Whether the answer is wrong, or there is none. */
function isTold(question: number, answering: unknown): boolean {
  try {
    return missed(question, answering) !== undefined
  } catch {
    return true
  }
}

/** Asks until no clause is left that every case exercises that tells the build. */
async function sole(task: Extract<Task, { do: 'sole' }>): Promise<Done> {
  const citing = new Map(task.citing)
  const answering = await answerOf(task.build)
  const tellers = new Map<number, string>()
  let clauses = task.clauses
  for (const [at, question] of task.questions.entries()) {
    if (at === task.own && tellers.size === 0) break
    Atomics.store(beats, 1, at)
    step()
    const place = Math.floor(question / profiles.length)
    if (tellers.has(place) || !isTold(question, answering)) continue
    tellers.set(place, caseAt(question).one.id)
    clauses = clauses.filter((clause) => citing.get(place)?.includes(clause))
    if (clauses.length === 0) break
  }
  return {
    did: 'sole',
    clauses: tellers.size === 0 ? [] : clauses,
    tellers: [...tellers.values()].sort(),
  }
}

/** The modules of a build that random questions are about. */
async function buildOf(build: string): Promise<Build> {
  const { answer } = await load<Pick<Build, 'answer'>>(
    build,
    'conformance/subjects/javascript/reference/answer.js',
  )
  const reference = await load<Build['reference']>(build, 'reference/index.js')
  const library = await load<Build['library']>(build, 'reference/javascript/index.js')
  return { answer, reference, library }
}

/** What the sound build says: asked once for all builds that come after, when it is not long. */
const soundAnswers = new Map<string, string>()
const mostKept = 4000
const longestKept = 100_000

async function fuzz({ build, checks, from, seed }: Extract<Task, { do: 'fuzz' }>): Promise<Done> {
  const { drawnChecks } = await import('./drawn-checks.ts')
  const { said } = await import('./checks.ts')
  const sound = await buildOf(plain)
  const other = await buildOf(build)
  const names = profiles.map(([name]) => name)
  let asked = 0
  for (const check of drawnChecks(seed, from, names)) {
    if (asked >= checks) break
    asked += 1
    Atomics.store(beats, 1, check.index)
    step()
    const key = `${seed} ${check.index}`
    const expected = soundAnswers.get(key) ?? said(sound, check)
    if (soundAnswers.size < mostKept && expected.length <= longestKept) {
      soundAnswers.set(key, expected)
    }
    const found = said(other, check)
    if (found !== expected) {
      return { did: 'fuzz', killedBy: check.index, why: parting(expected, found) }
    }
  }
  return { did: 'fuzz', killedBy: undefined, why: '' }
}

/** Where two texts part. */
function parting(expected: string, found: string): string {
  let at = 0
  while (at < expected.length && expected[at] === found[at]) at += 1
  const around = (text: string): string => text.slice(Math.max(0, at - 40), at + 60)
  return `${around(expected)} is ${around(found)}`
}

async function carryOut(task: Task): Promise<Done> {
  step()
  if (task.do === 'list') return list()
  if (task.do === 'cover') return cover(task)
  if (task.do === 'fuzz') {
    try {
      return await fuzz(task)
    } catch (error) {
      return { did: 'fuzz', killedBy: Atomics.load(beats, 1), why: textOf(error) }
    }
  }
  if (task.do === 'sole') {
    try {
      return await sole(task)
    } catch {
      return { did: 'sole', clauses: [], tellers: [] }
    }
  }
  const { questions } = task
  try {
    return await ask(task)
  } catch (error) {
    return { did: 'ask', killedBy: questions[Atomics.load(beats, 1)], why: textOf(error) }
  }
}

parentPort?.on('message', (task: Task) => {
  void carryOut(task).then((done) => parentPort?.postMessage(done))
})
