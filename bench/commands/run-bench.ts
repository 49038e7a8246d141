import { geometricMean } from 'simple-statistics'
import {
  chooseSubjects,
  knownSubjects,
  machine,
  outFolder,
  packageVersion,
  SubjectError,
} from '../../conformance/index.ts'
import { CouldNotRun, type ExitCode, type Io, WrongUsage } from '../../reports/command.ts'
import {
  type BenchRecord,
  benchOperations,
  pathFrom,
  readResultsFile,
  writeBenchReport,
} from '../../reports/index.ts'
import { type Arm, baselineOf, findArms, type Loss } from '../arms.ts'
import { type Effort, Timing } from '../ask-subjects.ts'
import { chooseWorkloads, defaultSubjects, WorkloadError } from '../choose.ts'
import { beyondGate, changesSince, parseGate } from '../compare.ts'
import { type Here, measureHere } from '../measure.ts'
import { type Question, questionsOf, titleOf } from '../questions.ts'
import { Random } from '../random.ts'
import { recordOf } from '../record.ts'
import { type Results, resultsOf } from '../results.ts'
import { digits, renderChanges, renderSummary, renderTable } from '../table.ts'
import { workloads } from '../workloads/index.ts'
import { asJson } from './as-json.ts'
import { Progress } from './progress.ts'

export type BenchOptions = {
  readonly subject: readonly string[]
  readonly workload: readonly string[]
  readonly target: string | undefined
  readonly baseline: string | undefined
  readonly gate: string | undefined
  readonly out: string | undefined
  readonly json: boolean
}

/** What a run costs; the default ends within two minutes on two cores. */
export type BenchEffort = Effort & {
  /** What sizes of workloads are divided by. */
  readonly divisor: number
  /** Time for each workload in this process, in ms. */
  readonly hereMs: number
}

const everyDay: BenchEffort = {
  budgetMs: 60_000,
  leastRounds: 3,
  mostRounds: 8,
  warmUpMs: 100,
  sampleMs: 4,
  samples: 5,
  divisor: 1,
  hereMs: 50,
}

/** Content and draws are the same in every run. */
export const seed = 20_260_131

type Tools = {
  readonly io: Io
  readonly effort: BenchEffort
  readonly progress: Progress
}

async function chosenArms(
  io: Io,
  names: readonly string[],
): Promise<{ readonly arms: readonly Arm[]; readonly losses: readonly Loss[] }> {
  const known = await knownSubjects(io.env)
  const world = { cwd: io.cwd, path: io.env['PATH'] ?? '' }
  const wanted = names.length === 0 ? defaultSubjects(known) : names
  if (wanted.length === 0) throw new CouldNotRun('no subject is here')
  try {
    const { ready, absent } = chooseSubjects(wanted, known, world)
    const { arms, losses } = await findArms(
      ready.map(({ subject }) => subject),
      io.signal,
    )
    const missing = absent.map(({ id, reason }): Loss => {
      return { subject: id, engine: null, workload: null, because: reason, isFinding: false }
    })
    return { arms, losses: [...missing, ...losses] }
  } catch (error) {
    if (error instanceof SubjectError) throw new WrongUsage(error.message)
    throw error
  }
}

function chosenQuestions(
  { workload: names, target }: BenchOptions,
  divisor: number,
): readonly Question[] {
  const operations = benchOperations.filter((one) => target === undefined || one === target)
  if (operations.length === 0) {
    throw new WrongUsage(
      `found the target ${JSON.stringify(target)}, wanted ${benchOperations.join(' or ')}`,
    )
  }
  try {
    const found = questionsOf(chooseWorkloads(names, workloads), seed, { divisor, operations })
    if (found.length > 0) return found
    throw new WrongUsage('these workloads are not loaded: their pickles are those of others')
  } catch (error) {
    if (error instanceof WorkloadError) throw new WrongUsage(error.message)
    throw error
  }
}

/** The gate as a fraction, and the record to compare with. */
function comparison(
  io: Io,
  { baseline, gate: gateText }: BenchOptions,
): { readonly before: BenchRecord | undefined; readonly gate: number | undefined } {
  const gate = gateText === undefined ? undefined : parseGate(gateText)
  if (gateText !== undefined && gate === undefined) {
    throw new WrongUsage(`found the gate ${JSON.stringify(gateText)}, wanted a percentage as 5%`)
  }
  if (baseline === undefined) {
    if (gate !== undefined)
      throw new WrongUsage('--gate needs --baseline, a record to compare with')
    return { before: undefined, gate }
  }
  const found = readResultsFile(pathFrom(io.cwd, baseline))
  if (found.is === 'bench') return { before: found.bench, gate }
  throw new WrongUsage(`${baseline} is the record of a run, wanted one of bench`)
}

/** What the reference takes in this process, and how that compares with its time as a subject. */
function measureAllHere(
  { effort, progress }: Tools,
  questions: readonly Question[],
): ReadonlyMap<Question, Here> {
  return new Map(
    questions.map((question) => {
      progress.show(`${titleOf(question)}, in this process`)
      const times = { warmUpMs: effort.warmUpMs, ms: effort.hereMs }
      return [question, measureHere(question, times)] as const
    }),
  )
}

/** Time in this process divided by time as a subject, the geometric mean over workloads. */
function hereRatio({ results }: Results, here: ReadonlyMap<Question, Here>): number | null {
  const ratios = results.flatMap(({ arm, question, ns }) => {
    const found = here.get(question)
    return arm.subject.id === 'reference' && found !== undefined ? [found.ns / ns.value] : []
  })
  return ratios.length === 0 ? null : geometricMean(ratios)
}

async function timeAll(
  { io, effort, progress }: Tools,
  arms: readonly Arm[],
  baseline: Arm,
  questions: readonly Question[],
) {
  const timing = new Timing({
    arms: [...arms, { ...baseline, isTwin: true }],
    questions,
    effort,
    random: new Random(seed),
    signal: io.signal,
    onStep: ({ round, workload, arm }) => progress.show(`round ${round + 1}, ${workload}, ${arm}`),
  })
  const asked = await timing.run()
  if (io.signal.aborted) throw new CouldNotRun('the run was interrupted')
  return asked
}

function resultsOrNothing(
  asked: Awaited<ReturnType<typeof timeAll>>,
  baseline: Arm,
  losses: readonly Loss[],
): Results {
  try {
    return resultsOf(asked.timed, baseline, new Random(seed))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const why = [...losses].map(({ because }) => `\n  ${because}`).join('')
    throw new CouldNotRun(`${error.message}${why}`, { cause: error })
  }
}

/**
 * Times the chosen subjects on the chosen workloads, writes the record and the page, and prints the
 * table or, as JSON, everything.
 *
 * Findings are what was not timed for a reason that somebody has to look at, and what is slower than
 * the gate for sure.
 *
 * @throws {WrongUsage} for subjects, workloads, gates or baselines that mean nothing
 * @throws {CouldNotRun} when nobody can be timed, or nothing compared with the baseline
 */
export async function runBench(
  io: Io,
  options: BenchOptions,
  effort: BenchEffort = everyDay,
): Promise<ExitCode> {
  const tools: Tools = { io, effort, progress: new Progress(io) }
  const { before, gate } = comparison(io, options)
  const questions = chosenQuestions(options, effort.divisor)
  const chosen = await chosenArms(io, options.subject)
  const baseline = baselineOf(chosen.arms)
  if (baseline === undefined) {
    const reasons = chosen.losses.map(({ subject, because }) => `\n  ${subject}: ${because}`)
    throw new CouldNotRun(`nobody here can be timed${reasons.join('')}`)
  }

  const started = new Date().toISOString()
  const asked = await timeAll(tools, chosen.arms, baseline, questions)
  const hasReference = chosen.arms.some(({ subject }) => subject.id === 'reference')
  const here = hasReference ? measureAllHere(tools, questions) : new Map<Question, Here>()
  const losses = [...chosen.losses, ...asked.losses]
  const results = resultsOrNothing(asked, baseline, losses)
  const run = { picklespec: packageVersion(), started, machine: machine(), losses }
  const record = recordOf(results, { ...run, rounds: asked.rounds })
  const written = writeBenchReport(outFolder(io, options.out), record)
  tools.progress.clear()

  const changes = before === undefined ? [] : changesSince(before, record)
  if (before !== undefined && changes.length === 0) {
    throw new CouldNotRun(
      'nothing can be compared with the baseline: it has other engines, workloads or another machine',
    )
  }
  const beyond = gate === undefined ? [] : beyondGate(changes, gate)
  const ratioHere = hereRatio(results, here)
  if (options.json) {
    const text = { results, here, ratioHere, losses, changes, beyond, written }
    io.stdout.write(`${JSON.stringify(asJson(text), null, 2)}\n`)
  } else {
    io.stdout.write(`${renderTable(results)}\n`)
    io.stdout.write(renderSummary(results, { rounds: asked.rounds, losses }))
    if (ratioHere !== null) {
      const times = `${digits(ratioHere)} times as long as in its own processes`
      io.stdout.write(`In this process, timed by tinybench, the reference takes ${times}.\n`)
    }
    if (before !== undefined) io.stdout.write(renderChanges(changes, gate, beyond))
    io.stdout.write(written.map((path) => `${path}\n`).join(''))
  }
  return beyond.length > 0 || losses.some(({ isFinding }) => isFinding) ? 1 : 0
}
