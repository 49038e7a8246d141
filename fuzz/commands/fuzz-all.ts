import { randomInt } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import {
  expectedRun,
  type Hello,
  outFolder,
  packageFile,
  type Scenario,
  ScenarioError,
  type SubjectCommand,
} from '../../conformance/index.ts'
import { CouldNotRun, type ExitCode, type Io, WrongUsage } from '../../reports/command.ts'
import { terminalView } from '../../reports/index.ts'
import { greatestNumber, isToken, parseToken, scenarioOf } from '../case.ts'
import type { Finding } from '../finding.ts'
import { fileOf, nameOf, readScenarioFile, writeFinding } from '../finding-file.ts'
import type { JsonObject } from '../json.ts'
import type { Predict } from '../judge.ts'
import { knownDifferences } from '../known-differences.ts'
import { follow } from '../minimize.ts'
import { chosenSubjects, isAskedUnnamed, participantsOf } from '../participants.ts'
import { renderFinding, renderSighting } from '../render.ts'
import { replay } from '../replay.ts'
import { fuzz, type Progress, type SessionReport } from '../session.ts'
import { smaller } from '../shrink.ts'
import { staleAmong } from '../stale.ts'
import { type FuzzOptions, shardOf, timeOf } from './options.ts'
import { ProgressLine } from './progress-line.ts'
import { staleLine } from './stale-line.ts'

/**
 * Far more than a graph that is drawn is deep, and far less than an interpreter allows: what goes
 * deeper goes on for ever, and where that ends is up to the engine (LIMIT-01).
 */
const recursionLimit = 400

/** Scenarios that may do without the memo, where the guard of C sees a cycle in its own time (FAST-03). */
const fastOnes = new WeakMap<Scenario, boolean>()

function mayBeFast(scenario: Scenario): boolean {
  let isFast = fastOnes.get(scenario)
  if (isFast === undefined) {
    isFast = JSON.stringify(scenario).includes('"fast"')
    fastOnes.set(scenario, isFast)
  }
  return isFast
}

/** What the reference does in the profile that an engine of this subject follows. */
const predict =
  (hello: Hello): Predict =>
  (scenario, profile, protocol, observe, orders, limit) => {
    const result = expectedRun(scenario, profile, protocol, observe, {
      orders,
      recursionLimit: limit ?? (mayBeFast(scenario) ? undefined : recursionLimit),
      wordSize: hello.wordSize === 32 ? 32 : 64,
    })
    if (!('steps' in result)) throw new Error('the reference refers to an answer it did not give')
    return result.steps
  }

/** Carries out `picklespec fuzz`. */
export async function fuzzAll(io: Io, options: FuzzOptions): Promise<ExitCode> {
  const timeMs = timeOf(options)
  // Each subject listens, and each question that shrinks a finding.
  setMaxListeners(0, io.signal)
  const shard = shardOf(options.shard)
  const given = options.replay === undefined ? undefined : scenarioToReplay(io, options.replay)
  if (given !== undefined) return replayAll(io, options.subject, given)

  const seed = options.seed ?? randomInt(greatestNumber)
  const folder = options.save
    ? packageFile('fuzz', 'regressions')
    : join(outFolder(io, options.out), 'fuzz')
  const participants = await participantsOf(io, options.subject)
  const view = terminalView(io)
  const line = new ProgressLine(io)
  const text = options.json ? io.stderr : io.stdout
  if (!options.json) io.stdout.write(`seed ${seed}\n`)
  const report = await fuzz({
    participants,
    range: { seed, shard, cases: options.cases, isThorough: options.thorough },
    timeMs,
    checks: options.checks,
    shrinkMs: Math.max(20_000, (timeMs ?? 0) / 4),
    predict,
    known: knownDifferences,
    signal: io.signal,
    onProgress: (progress) => line.show(progressText(progress)),
    onFinding: (finding) => {
      const path = join(folder, nameOf(finding))
      writeFinding(path, fileOf(finding))
      line.clear()
      text.write(`${renderFinding(finding, relative(io.cwd, path), view).join('\n')}\n`)
    },
  })
  line.clear()
  const stale = await staleAmong(knownDifferences, participants, predict, io.signal)
  for (const one of stale) io.stderr.write(`${staleLine(one, 'known-differences.ts')}\n`)
  const code = conclude(io, report, seed, options)
  return stale.length > 0 ? 1 : code
}

function conclude(
  io: Io,
  report: SessionReport,
  seed: number,
  { json, thorough }: FuzzOptions,
): ExitCode {
  const { scenarios, checks, seconds, findings, refused } = report
  const perSecond = (count: number): number => Math.round(count / Math.max(seconds, 0.001))
  for (const one of refused) io.stderr.write(`the parser refused ${one}\n`)
  if (json) {
    const body = {
      scenarios,
      scenariosPerSecond: perSecond(scenarios),
      checksPerSecond: perSecond(checks),
      findings: findings.map((finding: Finding) => fileOf(finding)),
    }
    io.stdout.write(`${JSON.stringify(body, undefined, 2)}\n`)
  } else {
    io.stdout.write(`${summary(report, seed)}\n${byProfile(report)}\n`)
    if (thorough) for (const one of unmet(report)) io.stdout.write(`${one}\n`)
  }
  if (checks === 0) throw new CouldNotRun('no answer was held against the reference')
  return findings.length + refused.length === 0 ? 0 : 1
}

function summary(report: SessionReport, seed: number): string {
  const { scenarios, checks, seconds, findings, unbuildable, tooDeep, known, isInterrupted } =
    report
  const knownMet = [...known.values()].reduce((sum, met) => sum + met, 0)
  return [
    `${scenarios} scenarios of the seed ${seed}, ${checks} checks in ${seconds.toFixed(0)} s`,
    `${(scenarios / seconds).toFixed(0)} scenarios/s, ${(checks / seconds).toFixed(0)} checks/s`,
    `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`,
    ...(knownMet > 0 ? [`${knownMet} known differences`] : []),
    ...(tooDeep > 0 ? [`${tooDeep} too deep to wait for`] : []),
    ...(unbuildable > 0 ? [`${unbuildable} not buildable`] : []),
    ...(isInterrupted ? ['interrupted'] : []),
  ].join('; ')
}

/** How many checks each profile had. */
function byProfile({ checksOf }: SessionReport): string {
  const each = [...checksOf].sort(([one], [other]) =>
    one.localeCompare(other, 'en', { numeric: true }),
  )
  return `checks: ${each.map(([profile, checks]) => `${profile} ${checks}`).join(', ')}`
}

/** Known differences that nobody showed, which may be gone. */
function unmet({ known }: SessionReport): string[] {
  return knownDifferences
    .filter((one) => !known.has(one))
    .map(({ clause, because }) => `not met in this session: ${clause}, ${because}`)
}

function scenarioToReplay(io: Io, text: string): JsonObject {
  const [token = '', path = ''] = text.split('@')
  try {
    if (isToken(token)) return follow(scenarioOf(parseToken(token)), smaller, path)
    const file = resolve(io.cwd, text)
    if (!existsSync(file)) {
      throw new WrongUsage(`${JSON.stringify(text)} is neither a token nor a file`)
    }
    return readScenarioFile(file)
  } catch (error) {
    if (error instanceof RangeError || error instanceof ScenarioError) {
      throw new WrongUsage(error.message)
    }
    throw error
  }
}

async function replayAll(
  io: Io,
  names: readonly string[],
  scenario: JsonObject,
): Promise<ExitCode> {
  const subjects = await chosenSubjects(io, names)
  const isAsked = (subject: SubjectCommand, hello: Hello): boolean =>
    names.length > 0 || isAskedUnnamed(io, subject, hello)
  const view = terminalView(io)
  let partings = 0
  let checks = 0
  io.stdout.write(`${JSON.stringify(scenario)}\n`)
  try {
    for await (const { subject, examined } of replay(
      subjects,
      scenario,
      predict,
      io.signal,
      isAsked,
    )) {
      checks += examined.checked.length
      partings += examined.sightings.length
      for (const sighting of examined.sightings) {
        io.stdout.write(`${subject.id}: ${renderSighting(sighting, view).join('\n  ')}\n`)
      }
    }
  } catch (error) {
    if (error instanceof ScenarioError) throw new WrongUsage(error.message)
    throw error
  }
  io.stdout.write(`${checks} checks, ${partings} part from the reference\n`)
  if (checks + partings === 0) throw new CouldNotRun('no answer was held against the reference')
  return partings === 0 ? 0 : 1
}

function progressText({ scenarios, checks, findings, shrinking, seconds }: Progress): string {
  const rest = shrinking > 0 ? `, ${shrinking} to shrink` : ''
  return `${seconds.toFixed(0)} s: ${scenarios} scenarios, ${checks} checks, ${findings} findings${rest}`
}
