import {
  disassemble,
  disassembleToAssembly,
  hexOfBytes,
  PickleError,
  type Profile,
} from '../../reference/index.ts'
import { type ExitCode, type Io, WrongUsage } from '../../reports/command.ts'
import type { Observation, Refusal } from '../protocol/message.ts'
import { parseScenarioText, type Scenario, ScenarioError } from '../scenario/index.ts'
import { materialize, type RunSeen } from '../scenario/materialize.ts'
import { UnbuildableError } from '../scenario/unbuildable.ts'
import { openSink, readAll, requireNoTerminal } from './pickle-files.ts'
import { namedProfile } from './profiles.ts'
import { pythonOf } from './pythons.ts'

/** Of the notes of a refusal these are said; JSON has all of them. */
const notesShown = 10

export type DumpOptions = {
  readonly profile: string | undefined
  readonly protocol: number | undefined
  readonly hex: boolean
  readonly out: string | undefined
  readonly json: boolean
}

/**
 * Carries out a scenario with the reference and writes the pickles of its steps, one behind the
 * other as its file has them. Refused: the refusals are said on standard error, and only JSON has
 * what was written before.
 *
 * @throws {WrongUsage} for a profile that is not known, for a scenario that is malformed (with the
 *   place of the mistake) or that the release of the profile cannot build
 * @throws {CouldNotRun} when a file cannot be read or written
 */
export async function dumpScenario(io: Io, path: string, options: DumpOptions): Promise<ExitCode> {
  const profile = namedProfile(io, options.profile)
  if (!options.hex && !options.json) requireNoTerminal(io, options.out, '--hex or -o FILE')
  const scenario = scenarioOf(path, await readAll(io, path))
  const protocol = protocolFor(scenario, options.protocol, profile)
  const seen = run(path, scenario, profile, protocol)
  const refusals = seen.steps.flatMap(({ refused }, step) =>
    refused === undefined ? [] : [said(scenario, step, refused)],
  )
  const exitCode = refusals.length > 0 ? 1 : 0
  if (options.json) {
    const json = { profile: profile.name, protocol, ...observationOf(seen, profile) }
    writeText(io, options.out, `${JSON.stringify(json, undefined, 2)}\n`)
    return exitCode
  }
  for (const refusal of refusals) io.stderr.write(`${refusal}\n`)
  if (exitCode === 0) writePickles(io, seen, options)
  return exitCode
}

function scenarioOf(path: string, bytes: Uint8Array): Scenario {
  const name = path === '-' ? 'standard input' : path
  try {
    return parseScenarioText(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (error instanceof ScenarioError) throw new WrongUsage(`${name}: ${error.message}`)
    if (error instanceof TypeError) throw new WrongUsage(`${name}: it is not UTF-8`)
    throw error
  }
}

/** null where the scenario speaks for itself. */
function protocolFor(
  scenario: Scenario,
  wanted: number | undefined,
  profile: Profile,
): number | null {
  if (scenario.pickler.init.protocol === undefined) return wanted ?? profile.defaultProtocol
  if (wanted === undefined) return null
  throw new WrongUsage('the scenario has an init.protocol of its own: leave out --protocol')
}

function run(path: string, scenario: Scenario, profile: Profile, protocol: number | null): RunSeen {
  const observe = ['trace', 'memo', 'writes', 'orders'] as const
  try {
    return materialize(scenario, { profile, protocol, observe }).observeAll()
  } catch (error) {
    if (error instanceof UnbuildableError) throw new WrongUsage(`${path}: ${error.message}`)
    throw error
  }
}

function said(scenario: Scenario, step: number, refusal: Refusal): string {
  const { class: name, message, notes, cause } = refusal
  const place =
    step === 0
      ? 'refused where the pickler is made: '
      : scenario.steps.length === 1
        ? 'refused: '
        : `refused in step ${step} of ${scenario.steps.length}: `
  const first = `${place}${name}${message === '' ? '' : `: ${message}`}`
  const why = cause === null ? [] : [`  because of ${cause}`]
  return [first, ...noteLines(notes), ...why].join('\n')
}

/** A recursion has a note for each level: equal ones in a row are said once. */
function noteLines(notes: readonly string[]): string[] {
  const lines: string[] = []
  for (let at = 0; at < notes.length; ) {
    let end = at + 1
    while (notes[end] === notes[at]) end++
    lines.push(`  ${notes[at]}${end - at > 1 ? ` (${end - at} times)` : ''}`)
    at = end
  }
  const isLong = lines.length > notesShown
  return isLong ? [...lines.slice(0, notesShown), `  and ${lines.length - notesShown} more`] : lines
}

function observationOf(seen: RunSeen, profile: Profile): object {
  const steps = seen.steps.map((step, index) => ({
    ...step,
    ...readings(seen.written[index], step, profile),
  }))
  return { steps, ...(seen.orders !== undefined && { orders: seen.orders }) }
}

/** Both forms of what a step wrote, as far as it can be read. */
function readings(
  written: Uint8Array | undefined,
  { bytes }: Observation,
  profile: Profile,
): object {
  if (written === undefined || bytes === undefined) return {}
  const { text, error } = disassemble(written, { python: pythonOf(profile) })
  const assembly = assemblyOf(written)
  return {
    disassembly: text.split('\n').slice(0, -1),
    ...(error !== undefined && { unreadable: error.message }),
    ...(assembly !== undefined && { assembly }),
  }
}

function assemblyOf(written: Uint8Array): readonly string[] | undefined {
  try {
    return disassembleToAssembly(written)
  } catch (error) {
    if (error instanceof PickleError) return undefined
    throw error
  }
}

function writePickles(io: Io, { written }: RunSeen, { hex, out }: DumpOptions): void {
  if (hex) {
    const lines = written.filter(({ length }) => length > 0).map((one) => `${hexOfBytes(one)}\n`)
    writeText(io, out, lines.join(''))
    return
  }
  const sink = openSink(io, out)
  for (const one of written) sink.write(one)
  sink.finish()
}

function writeText(io: Io, out: string | undefined, text: string): void {
  const sink = openSink(io, out)
  sink.write(new TextEncoder().encode(text))
  sink.finish()
}
