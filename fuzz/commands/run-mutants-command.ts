import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { packageFile, packageRoot } from '../../conformance/index.ts'
import { CouldNotRun, type ExitCode, type Io, WrongUsage } from '../../reports/command.ts'
import { measureCoverage } from '../mutants/coverage.ts'
import { readEquivalents, staleEquivalents } from '../mutants/equivalents.ts'
import { findMutants, type Mutant } from '../mutants/find-mutants.ts'
import { type Ground, makeGround, readSources } from '../mutants/ground.ts'
import { handWrittenMutants, readHandWritten } from '../mutants/hand-written.ts'
import { Seat } from '../mutants/pool.ts'
import { renderScore } from '../mutants/render.ts'
import { checkControls, type Fate, type Range, runMutants } from '../mutants/run-mutants.ts'
import { sampled } from '../mutants/sample.ts'
import { Readers } from '../mutants/schedule.ts'
import { scoreOf } from '../mutants/score.ts'
import { loadTypeScript, type TypeScript } from '../mutants/typescript.ts'
import { ProgressLine } from './progress-line.ts'

export type MutantsOptions = {
  readonly by: string | undefined
  readonly sample: number | undefined
  readonly seed: number | undefined
  readonly all: boolean
  readonly filter: readonly string[]
  readonly case: readonly string[]
  readonly atLeast: number | undefined
  readonly workers: number | undefined
  readonly equivalent: boolean
  readonly checks: number | undefined
  readonly json: boolean
}

/** Where threads begin; the sources themselves cannot be run by one. */
const scriptPath = (name: string): string => packageFile('dist', 'fuzz', 'mutants', name)

/** Carries out `picklespec mutants`. */
export async function runMutantsCommand(io: Io, options: MutantsOptions): Promise<ExitCode> {
  if (options.all && options.sample !== undefined) {
    throw new WrongUsage('found --all beside --sample, wanted one of them')
  }
  const ts = await loadTypeScript()
  const sources = readSources(packageRoot)
  const all = [
    ...[...sources].flatMap(([file, text]) => findMutants(ts, file, text)),
    ...handWrittenMutants(ts, sources, readHandWritten()),
  ]
  const equivalents = readEquivalents()
  const stale = staleEquivalents(equivalents, all)
  if (stale.length > 0) throw new CouldNotRun(`equivalents.json: ${stale.join('; ')}`)
  const wanted = all.filter(
    ({ id }) => options.filter.length === 0 || options.filter.some((part) => id.includes(part)),
  )
  if (wanted.length === 0) throw new WrongUsage('no mutant has such a name')
  const seed = options.seed ?? 1
  const drawn = options.all ? wanted : sampled(wanted, options.sample ?? 150, seed)
  const ground = makeGround(ts, packageRoot, scriptPath('stand-in.js'))
  try {
    return await score(
      io,
      options,
      ts,
      ground,
      drawn,
      all,
      equivalents.mutants.map(({ id }) => id),
    )
  } finally {
    rmSync(ground.folder, { recursive: true, force: true })
  }
}

async function score(
  io: Io,
  options: MutantsOptions,
  ts: TypeScript,
  ground: Ground,
  drawn: readonly Mutant[],
  all: readonly Mutant[],
  equivalents: readonly string[],
): Promise<ExitCode> {
  const start = performance.now()
  const line = new ProgressLine(io)
  const workers = options.workers ?? availableParallelism()
  const script = new URL(`file://${scriptPath('worker.js')}`)
  const seats = Array.from({ length: workers }, () => new Seat(script, ground.plain))
  const stopAll = async (): Promise<void> => {
    await Promise.all(seats.map((seat) => seat.stop()))
  }
  try {
    const coverage = await measureCoverage(ts, ground, packageRoot, seats, options.case, (share) =>
      line.show(`what touches which line: ${(100 * share).toFixed(0)} %`),
    )
    for (const unfit of coverage.unfit) io.stderr.write(`not asked: ${unfit}\n`)
    const readers = new Readers(ts, ground.sources, ground.regions)
    const range: Range = { ts, root: packageRoot, ground, coverage, readers }
    const obvious = all.find(({ id }) => id === 'hand-written:writes-no-stop')
    if (obvious === undefined) throw new CouldNotRun('found no mutant that has to be told')
    await checkControls(range, seats, obvious)

    const known = new Set(equivalents)
    const asked = options.all ? drawn : drawn.filter(({ id }) => !known.has(id))
    const fates = await runMutants(range, asked, seats, io.signal, (fate, done) => {
      line.show(`${done} of ${asked.length}: ${wordOf(fate)}`)
    })
    line.clear()
    const result = scoreOf(fates, known, drawn.length - asked.length)
    const seconds = (performance.now() - start) / 1000
    io.stdout.write(
      options.json ? `${JSON.stringify(result, undefined, 2)}\n` : renderScore(result, seconds),
    )
    if (io.signal.aborted) io.stderr.write('interrupted\n')
    const isEnough = result.score >= (options.atLeast ?? 98)
    return isEnough && result.told.length === 0 ? 0 : 1
  } finally {
    line.clear()
    await stopAll()
  }
}

function wordOf({ by, mutant, teller }: Fate): string {
  return by === 'nothing' ? `${mutant.id} survived` : `${mutant.id} told by ${teller}`
}
