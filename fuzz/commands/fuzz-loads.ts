import { randomInt } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import {
  expectedLoad,
  outFolder,
  type PickleToLoad,
  packageFile,
  type Started,
} from '../../conformance/index.ts'
import { hexOfBytes, NotationError } from '../../reference/index.ts'
import { CouldNotRun, type ExitCode, type Io, WrongUsage } from '../../reports/command.ts'
import { terminalView } from '../../reports/index.ts'
import { greatestNumber } from '../case.ts'
import { checksum } from '../checksum.ts'
import { KnownDifferences } from '../known-differences.ts'
import { type Answered, answeredIn, type Reaction, reactionsTo } from '../loads/answers.ts'
import { examineLoad, type PredictLoad } from '../loads/examine-load.ts'
import { loadPartingOf } from '../loads/judge-load.ts'
import { knownLoadDifferences } from '../loads/known-load-differences.ts'
import { isLoadToken, parseLoadToken, pickleAt } from '../loads/load-case.ts'
import {
  type LoadFile,
  loadFileName,
  loadFileOf,
  readLoadFile,
  withAnswers,
  writeLoadFile,
} from '../loads/load-file.ts'
import type { LoadFinding } from '../loads/load-finding.ts'
import { followsOf, fuzzLoads, type LoadReport } from '../loads/load-session.ts'
import { renderLoadFinding, renderLoadSighting } from '../loads/render-load.ts'
import { smallerPickles } from '../loads/smaller-pickle.ts'
import { staleLoadsAmong } from '../loads/stale-loads.ts'
import { follow } from '../minimize.ts'
import { participantsOf } from '../participants.ts'
import type { Participant } from '../session.ts'
import { type FuzzOptions, shardOf, timeOf } from './options.ts'
import { ProgressLine } from './progress-line.ts'
import { staleLine } from './stale-line.ts'

/** What the reference makes of a pickle in the profile that an engine follows, on a machine like its. */
const predictFor =
  ({ hello }: Started): PredictLoad =>
  (loaded, profile, world) =>
    expectedLoad(loaded, profile, world, hello.wordSize === 32 ? 32 : 64)

/** Carries out `picklespec fuzz --target load`. */
export async function fuzzAllLoads(io: Io, options: FuzzOptions): Promise<ExitCode> {
  if (options.checks !== undefined) {
    throw new WrongUsage('found --checks beside --target load, wanted --cases')
  }
  const timeMs = timeOf(options)
  const shard = shardOf(options.shard)
  const given = options.replay === undefined ? undefined : pickleToReplay(io, options.replay)
  const participants = await participantsOf(io, options.subject)
  const folder = options.save ? regressions() : join(outFolder(io, options.out), 'fuzz')
  if (given !== undefined) {
    const code = await replayLoads(io, participants, given)
    if (options.save) await keepAllAnswers(given, participants, io.signal)
    await stopAll(participants)
    return code
  }

  const seed = options.seed ?? randomInt(greatestNumber)
  const view = terminalView(io)
  const line = new ProgressLine(io)
  const text = options.json ? io.stderr : io.stdout
  if (!options.json) io.stdout.write(`seed ${seed}\n`)
  const report = await fuzzLoads({
    participants,
    range: { seed, shard, cases: options.cases },
    timeMs,
    checks: options.checks,
    shrinkMs: Math.max(60_000, (timeMs ?? 0) / 4),
    predict: predictFor,
    known: knownLoadDifferences,
    signal: io.signal,
    onProgress: ({ checks, leads, pickles, seconds }) =>
      line.show(
        `${seconds.toFixed(0)} s: ${pickles} pickles, ${checks} checks, ${leads} unexplained`,
      ),
    onFinding: (finding) => {
      const path = join(folder, loadFileName(finding))
      writeLoadFile(path, loadFileOf(finding, seenIn(finding, participants)))
      line.clear()
      text.write(`${renderLoadFinding(finding, relative(io.cwd, path), view).join('\n')}\n`)
    },
  })
  line.clear()
  if (options.save) {
    const found = report.findings.map((finding): [string, LoadFile] => [
      join(folder, loadFileName(finding)),
      loadFileOf(finding, []),
    ])
    await keepAllAnswers(new Map(found), participants, io.signal)
  }
  const stale = await staleLoadsAmong(knownLoadDifferences, participants, predictFor, io.signal)
  for (const one of stale) io.stderr.write(`${staleLine(one, 'known-load-differences.ts')}\n`)
  await stopAll(participants)
  const code = conclude(io, report, seed, options)
  return stale.length > 0 ? 1 : code
}

async function stopAll(participants: readonly Participant[]): Promise<void> {
  await Promise.all(participants.map(({ started }) => started.seat.conversation.stop()))
}

/** What was seen of the engine that parted. */
function seenIn(
  { sighting, subject }: LoadFinding,
  participants: readonly Participant[],
): Answered[] {
  const { follows: profile, seen: result, world } = sighting
  const wordSize = participants.find((one) => one.subject === subject)?.started.hello.wordSize ?? 64
  return result === undefined ? [] : [{ profile, world, wordSize, result }]
}

/** Asks everybody what was found, so that the files have the answers of all. */
async function keepAllAnswers(
  files: ReadonlyMap<string, LoadFile>,
  participants: readonly Participant[],
  signal: AbortSignal,
): Promise<void> {
  const given = [...files].map(([path, file]) => ({ ...pickleOf(file), path, file }))
  const answered = new Map<string, Answered[]>()
  for await (const reaction of reactionsTo(given, participants, signal)) {
    const { path } = reaction.loaded
    const unexplained = answeredIn(reaction).filter((one) => !isKnown(reaction, one))
    answered.set(path, [...(answered.get(path) ?? []), ...unexplained])
  }
  for (const { path, file } of given)
    writeLoadFile(path, withAnswers(file, answered.get(path) ?? []))
}

/** Whether an answer parts from the reference as is known: it is no example of how it should be. */
function isKnown(reaction: Reaction<PickleToLoad>, { profile, result }: Answered): boolean {
  const { loaded, participant, world } = reaction
  const parting = loadPartingOf(predictFor(participant.started)(loaded, profile, world), result)
  if (parting === undefined) return false
  const differences = new KnownDifferences(knownLoadDifferences)
  return differences.meets({ follows: profile, ...parting }, { ...loaded, world })
}

/** What is asked of a file. */
function pickleOf({ buffers, pickle }: LoadFile): PickleToLoad {
  return buffers === undefined ? { pickle } : { pickle, buffers }
}

function conclude(io: Io, report: LoadReport, seed: number, { json }: FuzzOptions): ExitCode {
  const { checks, findings, pickles, seconds } = report
  if (json) {
    const perSecond = (count: number): number => Math.round(count / Math.max(seconds, 0.001))
    const body = {
      scenarios: pickles,
      scenariosPerSecond: perSecond(pickles),
      checksPerSecond: perSecond(checks),
      findings: findings.map((finding) => loadFileOf(finding, [])),
    }
    io.stdout.write(`${JSON.stringify(body, undefined, 2)}\n`)
  } else {
    for (const [profile, count] of report.perProfile)
      io.stdout.write(`${profile}: ${count} loads\n`)
    io.stdout.write(`${summary(report, seed)}\n`)
  }
  if (checks === 0) throw new CouldNotRun('no answer was held against the reference')
  return findings.length === 0 ? 0 : 1
}

function summary(report: LoadReport, seed: number): string {
  const { accepted, checks, findings, isInterrupted, known, pickles, seconds } = report
  const knownMet = [...known.values()].reduce((sum, met) => sum + met, 0)
  const share = Math.round((100 * accepted) / Math.max(1, checks))
  return [
    `${pickles} pickles of the seed ${seed}, ${checks} checks in ${seconds.toFixed(0)} s, ${share} % loaded`,
    `${(pickles / seconds).toFixed(0)} pickles/s, ${(checks / seconds).toFixed(0)} checks/s`,
    `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`,
    ...(knownMet > 0 ? [`${knownMet} known differences`] : []),
    ...(isInterrupted ? ['interrupted'] : []),
  ].join('; ')
}

/** The pickle of a token or a file, or all in a folder, each with the path that it is kept under. */
function pickleToReplay(io: Io, text: string): ReadonlyMap<string, LoadFile> {
  const [token = '', path = ''] = text.split('@')
  try {
    if (isLoadToken(token)) {
      const { pickle, buffers } = pickleAt(parseLoadToken(token))
      const file: LoadFile = {
        why: `the pickle ${text}`,
        pickle: follow(hexOfBytes(pickle), smallerPickles, path),
        ...(buffers !== undefined && { buffers: buffers.map(hexOfBytes) }),
        instructions: [],
        answers: [],
      }
      return new Map([[join(regressions(), `${token}-${checksum(file.pickle)}.json`), file]])
    }
    const found = resolve(io.cwd, text)
    if (!existsSync(found)) {
      throw new WrongUsage(`${JSON.stringify(text)} is neither a token nor a file`)
    }
    const files = statSync(found).isDirectory()
      ? readdirSync(found)
          .filter((name) => name.endsWith('.json'))
          .map((name) => join(found, name))
      : [found]
    return new Map(files.map((one) => [one, readLoadFile(one)]))
  } catch (error) {
    if (error instanceof RangeError || error instanceof NotationError) {
      throw new WrongUsage(error.message)
    }
    throw error
  }
}

/** Where pickles are kept that make test loads again. */
const regressions = (): string => packageFile('fuzz', 'regressions', 'loads')

async function replayLoads(
  io: Io,
  participants: readonly Participant[],
  files: ReadonlyMap<string, LoadFile>,
): Promise<ExitCode> {
  const view = terminalView(io)
  let partings = 0
  let checks = 0
  const known = new KnownDifferences(knownLoadDifferences)
  const given = [...files.values()].map(pickleOf)
  const isOne = given.length === 1
  for (const { pickle } of isOne ? given : []) io.stdout.write(`${pickle}\n`)
  for await (const reaction of reactionsTo(given, participants, io.signal)) {
    const { engines, loaded, outcome, participant, world } = reaction
    const question = { ...loaded, engines, world }
    const { started, subject } = participant
    const examined = examineLoad(question, outcome, followsOf(started), predictFor(started))
    checks += examined.checks
    for (const sighting of examined.sightings) {
      if (known.meets(sighting, question)) continue
      partings += 1
      const which = isOne ? '' : `${loaded.pickle} `
      io.stdout.write(`${subject.id}: ${which}${renderLoadSighting(sighting, view).join('\n  ')}\n`)
    }
  }
  const met = [...known.met.values()].reduce((sum, count) => sum + count, 0)
  const aside = met > 0 ? `, ${met} known differences` : ''
  io.stdout.write(`${checks} checks, ${partings} part from the reference${aside}\n`)
  if (checks + partings === 0) throw new CouldNotRun('no answer was held against the reference')
  return partings === 0 ? 0 : 1
}
