import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import {
  packageFile,
  packageRoot,
  readSoleMutants,
  readToldMutants,
  type SoleMutant,
  type ToldMutant,
} from '../../conformance/index.ts'
import { CouldNotRun, type ExitCode, type Io, WrongUsage } from '../../reports/command.ts'
import { measureCoverage } from '../mutants/coverage.ts'
import {
  type Equivalents,
  readEquivalents,
  saveSurvived,
  staleEquivalents,
} from '../mutants/equivalents.ts'
import { findMutants, type Mutant } from '../mutants/find-mutants.ts'
import { fuzzMutants, fuzzTogether, type ToldEquivalents } from '../mutants/fuzz-mutants.ts'
import { type Ground, makeGround, readSources } from '../mutants/ground.ts'
import { handWrittenMutants, readHandWritten } from '../mutants/hand-written.ts'
import { ProcessSeat } from '../mutants/process-seat.ts'
import { renderScore } from '../mutants/render.ts'
import { checkControls, type Fate, type Range, runMutants } from '../mutants/run-mutants.ts'
import { sampled } from '../mutants/sample.ts'
import { Readers } from '../mutants/schedule.ts'
import { scoreOf } from '../mutants/score.ts'
import type { Seat } from '../mutants/seat.ts'
import { findSoles } from '../mutants/sole.ts'
import {
  bindingClauses,
  citations,
  clausesWithCases,
  exercises,
  saveSoleMutants,
  saveToldMutants,
} from '../mutants/sole-clauses.ts'
import { Tellers } from '../mutants/tellers.ts'
import { findTold } from '../mutants/told.ts'
import { loadTypeScript, type TypeScript } from '../mutants/typescript.ts'
import { ProgressLine } from './progress-line.ts'

export type MutantsOptions = {
  readonly by: string | undefined
  readonly sample: number | undefined
  readonly seed: number | undefined
  readonly all: boolean
  readonly filter: readonly string[]
  readonly survivors: boolean
  readonly case: readonly string[]
  readonly atLeast: number | undefined
  readonly workers: number | undefined
  readonly equivalent: boolean
  readonly checks: number | undefined
  readonly sole: boolean
  readonly told: boolean
  readonly save: boolean
  readonly json: boolean
}

/** Where processes and threads begin; the sources themselves cannot be run by one. */
const scriptPath = (name: string): string => packageFile('dist', 'fuzz', 'mutants', name)

/** Carries out `picklespec mutants`. */
export async function runMutantsCommand(io: Io, options: MutantsOptions): Promise<ExitCode> {
  refuseContradictions(options)
  const ts = await loadTypeScript()
  const sources = readSources(packageRoot)
  const all = [
    ...[...sources].flatMap(([file, text]) => findMutants(ts, file, text)),
    ...handWrittenMutants(ts, sources, readHandWritten()),
  ]
  const equivalents = readEquivalents()
  const stale = staleEquivalents(equivalents, all)
  if (stale.length > 0) throw new CouldNotRun(`equivalents.json: ${stale.join('; ')}`)
  const tellers = new Tellers(packageRoot)
  const wanted = all.filter(
    ({ id }) =>
      (options.filter.length === 0 || options.filter.some((part) => id.includes(part))) &&
      (!options.survivors || tellers.of(id) === ''),
  )
  if (wanted.length === 0) {
    throw new WrongUsage(
      options.survivors ? 'no mutant survived when last asked' : 'no mutant has such a name',
    )
  }
  const seed = options.seed ?? 1
  const drawn =
    options.all || options.survivors || options.sole || options.told
      ? wanted
      : sampled(wanted, options.sample ?? 150, seed)
  const ground = makeGround(ts, packageRoot, scriptPath('stand-in.js'))
  const script = scriptPath('seat-process.js')
  const workers = options.workers ?? availableParallelism()
  const work: Work = {
    ...{ io, options, ts, ground, drawn, all, seed, tellers },
    seats: Array.from({ length: workers }, () => new ProcessSeat(script, ground.plain)),
    equivalents: new Set(equivalents.mutants.map(({ id }) => id)),
    line: new ProgressLine(io),
  }
  try {
    if (options.sole) return await ofClauses(work)
    if (options.told) return await toldOfClauses(work)
    if (options.by !== 'fuzz') return await bySuite(work)
    return await (options.equivalent ? ofEquivalents(work) : byFuzz(work))
  } finally {
    work.line.clear()
    await Promise.all(work.seats.map((seat) => seat.stop()))
    rmSync(ground.folder, { recursive: true, force: true })
  }
}

function refuseContradictions(options: MutantsOptions): void {
  const { all, by, equivalent, sample, save, sole, survivors, told } = options
  const refused: readonly (readonly [boolean, string])[] = [
    [all && sample !== undefined, '--all beside --sample, wanted one of them'],
    [survivors && sample !== undefined, '--survivors beside --sample, wanted one of them'],
    [equivalent && by !== 'fuzz', '--equivalent without --by fuzz'],
    [save && !equivalent && !sole && !told, '--save without --equivalent, --sole or --told'],
    [sole && told, '--sole beside --told, wanted one of them'],
    [(sole || told) && by === 'fuzz', '--sole or --told beside --by fuzz, wanted one of them'],
    [
      (sole || told) && options.case.length > 0,
      '--sole or --told beside --case: what tells for a clause is seen of all cases',
    ],
  ]
  const found = refused.find(([is]) => is)
  if (found !== undefined) throw new WrongUsage(`found ${found[1]}`)
}

/** What a run works with. */
type Work = {
  readonly io: Io
  readonly options: MutantsOptions
  readonly ts: TypeScript
  readonly ground: Ground
  readonly seats: readonly Seat[]
  readonly drawn: readonly Mutant[]
  readonly all: readonly Mutant[]
  readonly equivalents: ReadonlySet<string>
  readonly seed: number
  readonly tellers: Tellers
  readonly line: ProgressLine
}

/** What is asked of builds, which all is fit for. */
async function rangeOf(work: Work): Promise<Range> {
  const { all, ground, io, line, options, seats, tellers, ts } = work
  const coverage = await measureCoverage(ts, ground, packageRoot, seats, options.case, (share) =>
    line.show(`what touches which line: ${(100 * share).toFixed(0)} %`),
  )
  for (const unfit of coverage.unfit) io.stderr.write(`not asked: ${unfit}\n`)
  const readers = new Readers(ts, ground.sources, ground.regions)
  const range: Range = {
    ...{ ts, root: packageRoot, ground, coverage, readers },
    tellers: options.case.length === 0 ? tellers : undefined,
  }
  const obvious = all.find(({ id }) => id === 'hand-written:writes-no-stop')
  if (obvious === undefined) throw new CouldNotRun('found no mutant that has to be told')
  await checkControls(range, seats, obvious)
  return range
}

/** By cases and tests. */
async function bySuite(work: Work): Promise<ExitCode> {
  const { drawn, equivalents, io, line, options, seats } = work
  const start = performance.now()
  const range = await rangeOf(work)
  const asked = options.all ? drawn : drawn.filter(({ id }) => !equivalents.has(id))
  const fates = await runMutants(range, asked, seats, io.signal, (fate, done) => {
    const word = `${done} of ${asked.length}: ${wordOf(fate)}`
    // What survived is said at once: the rest of a long run may not come.
    if (fate.by === 'nothing') line.tell(word)
    else line.show(word)
  })
  return conclude(work, fates, drawn.length - asked.length, start)
}

/** For each clause that binds a mutant that its cases alone tell. */
async function ofClauses(work: Work): Promise<ExitCode> {
  const { drawn, equivalents, io, line, options, seats } = work
  const range = await rangeOf(work)
  const known = readSoleMutants()
  const wanted = bindingClauses()
  const found = new Map<string, SoleMutant>()
  const cites = citations()
  await findSoles(
    range,
    drawn.filter(({ id }) => !equivalents.has(id)),
    {
      ...{ cites, exercises: exercises(cites), wanted },
      preferred: new Set(known.map(({ mutant }) => mutant)),
    },
    seats,
    io.signal,
    {
      onFound: (sole) => {
        found.set(sole.clause, sole)
        if (options.save) saveSoleMutants([...known, ...found.values()])
      },
      onProgress: (done, of) =>
        line.show(`${done} of ${of} mutants: ${found.size} of ${wanted.length} clauses`),
    },
  )
  line.clear()
  // What was asked about all mutants and not found again is gone.
  const isWhole = !io.signal.aborted && options.filter.length === 0
  if (options.save && isWhole) saveSoleMutants([...found.values()])
  const without = wanted.filter((clause) => !found.has(clause))
  io.stdout.write(
    options.json
      ? `${JSON.stringify({ found: [...found.values()], without }, undefined, 2)}\n`
      : `${found.size} of ${wanted.length} clauses have a mutant that no case tells but those that exercise them${
          without.length === 0 ? '' : `; without: ${without.join(', ')}`
        }\n`,
  )
  return without.length === 0 ? 0 : 1
}

/** For each clause that has cases a mutant that they tell. */
async function toldOfClauses(work: Work): Promise<ExitCode> {
  const { drawn, equivalents, io, line, options, seats } = work
  const range = await rangeOf(work)
  const cites = citations()
  const clauses = clausesWithCases(cites)
  const known = readToldMutants()
  const found: ToldMutant[] = []
  const without: string[] = []
  await findTold(
    range,
    drawn.filter(({ id }) => !equivalents.has(id)),
    { clauses, cites },
    new Map(known.map(({ clause, mutant }) => [clause, mutant])),
    seats,
    io.signal,
    (clause, told) => {
      if (told === undefined) without.push(clause)
      else found.push(told)
      if (options.save) saveToldMutants([...known, ...found])
      line.show(`${found.length + without.length} of ${clauses.length} clauses: ${clause}`)
    },
  )
  line.clear()
  const isWhole = !io.signal.aborted && options.filter.length === 0
  if (options.save && isWhole) saveToldMutants(found)
  io.stdout.write(
    options.json
      ? `${JSON.stringify({ found, without }, undefined, 2)}\n`
      : `${found.length} of ${clauses.length} clauses with cases have a mutant that these tell${
          without.length === 0 ? '' : `; without: ${without.join(', ')}`
        }\n`,
  )
  return found.length === clauses.length ? 0 : 1
}

/** By random questions, one mutant after the other. */
async function byFuzz(work: Work): Promise<ExitCode> {
  const { drawn, equivalents, ground, io, line, options, seats, seed, ts } = work
  const start = performance.now()
  const checks = options.checks ?? 2000
  const asked = drawn.filter(({ id }) => !equivalents.has(id))
  const range = { ts, root: packageRoot, ground, seed, checks }
  const fates = await fuzzMutants(range, asked, seats, io.signal, (fate, done) => {
    line.show(`${done} of ${asked.length}: ${wordOf(fate)}`)
  })
  return conclude(work, fates, drawn.length - asked.length, start)
}

/** Whether random questions tell what is said to be equivalent. */
async function ofEquivalents(work: Work): Promise<ExitCode> {
  const { all, ground, io, line, options, seats, seed, ts } = work
  const checks = options.checks ?? 100_000
  const { candidates, mutants: known } = readEquivalents()
  const said = new Set([...known, ...candidates].map(({ id }) => id))
  const mutants = all.filter(({ id }) => said.has(id))
  const range = { ts, root: packageRoot, ground, seed, checks }
  const told = await fuzzTogether(range, mutants, seats, io.signal, (asked) => {
    line.show(`${asked} checks`)
  })
  line.clear()
  if (io.signal.aborted) throw new CouldNotRun('interrupted')
  const survived = { seed, checks, mutants: mutants.length }
  const ids = told.flatMap((one) => one.mutants)
  const areKnown = told.every((one) => one.mutants.length > 0)
  if (options.save && areKnown) saveSurvived(survived, ids)
  io.stdout.write(
    options.json
      ? `${JSON.stringify({ ...survived, told })}\n`
      : [...told.map((one) => toldText(one, seed)), togetherText(survived, told)].join(''),
  )
  return told.length === 0 ? 0 : 1
}

function toldText({ check, mutants, why }: ToldEquivalents, seed: number): string {
  const which = mutants.length === 0 ? 'several together' : mutants.join(', ')
  return `said to be equivalent: ${which}: check ${check} of the seed ${seed}: ${why}\n`
}

function togetherText(
  { checks, mutants, seed }: Equivalents['survived'],
  told: readonly ToldEquivalents[],
): string {
  const asked = `${mutants} equivalents in one build, ${checks} checks of the seed ${seed}`
  const count = told.reduce((sum, one) => sum + one.mutants.length, 0)
  if (told.length === 0) return `${asked}: none is told\n`
  const isCutOff = told.some((one) => one.mutants.length === 0)
  return isCutOff ? `${asked}: cut off, since none is told alone\n` : `${asked}: ${count} told\n`
}

function conclude(
  { equivalents, io, line, options }: Work,
  fates: readonly Fate[],
  notAsked: number,
  start: number,
): ExitCode {
  line.clear()
  const result = scoreOf(fates, equivalents, notAsked)
  const seconds = (performance.now() - start) / 1000
  io.stdout.write(
    options.json ? `${JSON.stringify(result, undefined, 2)}\n` : renderScore(result, seconds),
  )
  if (io.signal.aborted) io.stderr.write('interrupted\n')
  const isEnough = result.score >= (options.atLeast ?? 98)
  return isEnough && result.told.length === 0 ? 0 : 1
}

function wordOf({ by, mutant, teller }: Fate): string {
  return by === 'nothing' ? `${mutant.id} survived` : `${mutant.id} told by ${teller}`
}
