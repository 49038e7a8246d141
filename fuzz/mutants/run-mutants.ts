import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CouldNotRun } from '../../reports/command.ts'
import type { Coverage } from './coverage.ts'
import { type Mutant, withEdit } from './find-mutants.ts'
import { type Ground, plant } from './ground.ts'
import {
  nameOfTest,
  naming,
  neighbours,
  type Readers,
  scheduled,
  sourceOf,
  Tally,
} from './schedule.ts'
import type { Seat, Task } from './seat.ts'
import type { Tellers } from './tellers.ts'
import { type TypeScript, transpiled } from './typescript.ts'

/** What became of a mutant. */
export type Fate = {
  readonly mutant: Mutant
  readonly by: 'case' | 'test' | 'fuzz' | 'nothing'
  /** The case with its profile, or the test, that told it. */
  readonly teller: string
  /** What it said, or how the thread ended. */
  readonly why: string
  /** How many questions touch it. */
  readonly questions: number
}

/** All that asking needs. */
export type Range = {
  readonly ts: TypeScript
  readonly root: string
  readonly ground: Ground
  readonly coverage: Coverage
  readonly readers: Readers
  /** Undefined where only part of the suite is asked: what survives that may be told by the rest. */
  readonly tellers: Tellers | undefined
}

/** A question may take so much longer than it took of the sound build. */
const patienceFactor = 30
const leastPatienceMs = 10_000

/** Touched by fewer, a mutant is asked what stands near it, too. */
const fewQuestions = 400

/** Where profiles are made: other profiles are all that can come of a mutant in them. */
const ofProfiles = ['reference/behaviours.ts', 'reference/profiles.ts', 'reference/release.ts']

/** Whether other profiles are all that can come of it. */
export const isOfProfiles = ({ file }: Mutant): boolean => ofProfiles.includes(file)

/** How long there may be no answer to the question at a place, in milliseconds. */
export const patienceOf =
  ({ costs }: Coverage, questions: ArrayLike<number>) =>
  (at: number): number =>
    leastPatienceMs + patienceFactor * (costs.get(questions[at] ?? -1) ?? 0)

/** The emitted code of a mutant; undefined when it is that of the sound source. */
export function emitted({ ts, ground }: Range, mutant: Mutant): string | undefined {
  const text = ground.sources.get(mutant.file) ?? ''
  const code = transpiled(ts, withEdit(text, mutant))
  return code === transpiled(ts, text) ? undefined : code
}

/** Asks the questions of a build with these files until one is answered wrongly. */
export async function firstTold(
  { coverage, ground, root }: Range,
  seat: Seat,
  changed: ReadonlyMap<string, string>,
  questions: readonly number[],
  isProfiles: boolean,
): Promise<Pick<Fate, 'by' | 'teller' | 'why'> & { readonly name: string }> {
  const build = plant(ground, root, changed)
  const task: Task = {
    ...{ do: 'ask', build, questions: Uint32Array.from(questions), isOfProfiles: isProfiles },
    tests: coverage.tests,
  }
  const done = await seat.carryOut(task, patienceOf(coverage, questions))
  rmSync(build, { recursive: true })
  if (done.did !== 'ask' && done.did !== 'end') throw new CouldNotRun('another task was done')
  const question = done.did === 'end' ? questions[done.at] : done.killedBy
  if (question === undefined) return { by: 'nothing', teller: '', why: '', name: '' }
  return { ...tellerOf(coverage, question), why: done.why }
}

function tellerOf({ caseIds, profiles, tests }: Coverage, question: number) {
  const place = question - caseIds.length * profiles.length
  if (place >= 0) {
    const name = nameOfTest(tests[place])
    return { by: 'test', teller: name, name } as const
  }
  const name = caseIds[Math.floor(question / profiles.length)] ?? ''
  return { by: 'case', teller: `${name} as ${profiles[question % profiles.length]}`, name } as const
}

/** The question that a teller stands for, of those there are. */
function questionOf(coverage: Coverage): (teller: string | undefined) => readonly number[] {
  const known = new Map<string, number>()
  for (const question of coverage.costs.keys()) {
    known.set(tellerOf(coverage, question).teller, question)
  }
  return (teller) => {
    const question = known.get(teller ?? '')
    return question === undefined ? [] : [question]
  }
}

function withFirst(first: readonly number[], others: readonly number[]): number[] {
  return [...new Set([...first, ...others])]
}

/** Asks about each mutant; those whose emitted code is that of the sound source are left out. */
export async function runMutants(
  range: Range,
  mutants: readonly Mutant[],
  seats: readonly Seat[],
  signal: AbortSignal,
  onFate: (fate: Fate, done: number) => void,
): Promise<Fate[]> {
  const tally = new Tally()
  const texts = new Map<string, string>()
  const textOf = (file: string): string => {
    const text = texts.get(file) ?? readFileSync(join(range.root, sourceOf(file)), 'utf8')
    texts.set(file, text)
    return text
  }
  const fates: Fate[] = []
  const toldBy = questionOf(range.coverage)
  const queue = range.tellers?.inOrder(mutants) ?? [...mutants]
  await Promise.all(
    seats.map(async (seat) => {
      for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
        if (signal.aborted) return
        const code = emitted(range, mutant)
        if (code === undefined) continue
        const isProfiles = isOfProfiles(mutant)
        // A profile is made when it is asked for the first time, so that nothing else touches that.
        const regions = isProfiles ? undefined : range.readers.regionsFor(mutant)
        // Tests that read what is mutated themselves come first: they are few, and tell most.
        const touching = withFirst(
          naming(range.coverage, range.readers.namesFor(mutant), textOf),
          scheduled(range.coverage, regions, mutant.file, tally),
        )
        // What is made once and kept is touched by those alone who were the first to want it.
        const isFew = touching.length < fewQuestions
        const near = isFew ? neighbours(range.coverage, mutant.file, touching) : []
        const before = toldBy(range.tellers?.of(mutant.id))
        const questions = withFirst(before, [...touching, ...near])
        const changed = new Map([[mutant.file, code]])
        const { name, ...told } = await firstTold(range, seat, changed, questions, isProfiles)
        // What was interrupted is no survivor.
        if (signal.aborted) return
        if (name !== '') tally.tell(name, mutant.file)
        range.tellers?.note(mutant.id, told.teller)
        const fate = { mutant, ...told, questions: touching.length }
        fates.push(fate)
        onFate(fate, fates.length)
      }
    }),
  )
  return fates
}

/**
 * Makes sure that a build with nothing changed is told by nothing, and one without its end by something.
 *
 * @throws {CouldNotRun} otherwise
 */
export async function checkControls(
  range: Range,
  seats: readonly Seat[],
  obvious: Mutant,
): Promise<void> {
  const { coverage, ground, ts } = range
  const [seat] = seats
  if (seat === undefined) throw new CouldNotRun('found no seat, wanted one at least')
  const { file } = obvious
  const sound = transpiled(ts, `${ground.sources.get(file) ?? ''}\n{}\n`)
  const { profiles, caseIds } = coverage
  const caseQuestions = caseIds.length * profiles.length
  // A tenth of the tests, and of the cases; each as one profile, another for the next.
  const isAsked = (question: number): boolean => {
    if (question >= caseQuestions) return question % 10 === 0
    const of = Math.floor(question / profiles.length)
    return of % 10 === 0 && question % profiles.length === (of / 10) % profiles.length
  }
  const asked = [...coverage.costs.keys()].filter(isAsked)
  const control = await firstTold(range, seat, new Map([[file, sound]]), asked, false)
  if (control.by !== 'nothing') {
    throw new CouldNotRun(
      `a build with nothing changed is told by ${control.teller}: ${control.why}`,
    )
  }
  const [fate] = await runMutants(range, [obvious], [seat], new AbortController().signal, () => {})
  if (fate === undefined || fate.by === 'nothing') {
    throw new CouldNotRun(`the mutant ${obvious.id} is told by nothing`)
  }
}
