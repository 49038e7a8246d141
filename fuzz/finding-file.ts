import { readFileSync } from 'node:fs'
import { type Observation, ScenarioError } from '../conformance/index.ts'
import { bytesOfHex, compareInstructions } from '../reference/index.ts'
import { writeAtomically } from '../reports/index.ts'
import { checksum } from './checksum.ts'
import { type Finding, replayToken } from './finding.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'

/** A scenario that once showed a difference, as it is kept. */
export type FindingFile = {
  /** One sentence: what differed. */
  readonly why: string
  readonly signature?: string
  /** Who parted from the reference, under which profile and protocol. */
  readonly subject?: string
  readonly profile?: string
  readonly protocol?: number | null
  readonly replay?: string
  readonly scenario: JsonObject
  /** What the engine did, step by step; absent where it gave no answer. */
  readonly answer?: readonly Answer[]
}

/** A step as it is kept: the instructions it wrote, and how it was refused. */
export type Answer = {
  readonly wrote?: readonly string[]
  readonly refused?: string
  readonly cause?: string
}

/** What is kept of a step. */
export function answerOf({ bytes, refused }: Observation): Answer {
  return {
    ...(bytes !== undefined && { wrote: written(bytes) }),
    ...(refused !== undefined && { refused: refused.class }),
    ...(refused !== undefined && refused.cause !== null && { cause: refused.cause }),
  }
}

/** The instructions of what a step wrote, which a refusal may have cut short. */
function written(hex: string): readonly string[] {
  const bytes = bytesOfHex(hex)
  return compareInstructions(bytes, bytes).pairs.flatMap(({ left }) => left?.text ?? [])
}

export function fileOf(finding: Finding): FindingFile {
  const { sighting, subject, minimal } = finding
  const replay = replayToken(finding)
  return {
    why: sighting.because,
    signature: sighting.signature,
    subject: subject.id,
    profile: sighting.follows,
    protocol: sighting.protocol,
    ...(replay !== undefined && { replay }),
    scenario: minimal,
    ...(sighting.seen !== undefined && { answer: sighting.seen.steps.map(answerOf) }),
  }
}

/** The name of the file for a finding: what differs, and a number that tells it from its like. */
export function nameOf({ sighting, minimal }: Finding): string {
  const words = sighting.signature.replace(/[^A-Za-z]+/g, '-').replace(/^-|-$/g, '')
  const engine = sighting.follows.endsWith('-c') ? 'c' : 'py'
  return `${engine}-${words.slice(0, 60).toLowerCase()}-${checksum(JSON.stringify(minimal))}.json`
}

export function writeFinding(path: string, file: FindingFile): void {
  writeAtomically(path, `${JSON.stringify(file, undefined, 2)}\n`)
}

/**
 * The scenario in a file: one that a session left behind, or a bare scenario.
 *
 * @throws {ScenarioError} for what is no JSON, or JSON without a scenario
 */
export function readScenarioFile(path: string): JsonObject {
  const json = parsed(readFileSync(path, 'utf8'))
  if (isJsonObject(json)) {
    if (json['scenario'] === 1) return json
    if (isJsonObject(json['scenario'])) return json['scenario']
  }
  throw new ScenarioError(
    '$',
    'found no scenario, wanted one, or an object with one under "scenario"',
  )
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new ScenarioError('$', `found no JSON: ${error instanceof Error ? error.message : error}`)
  }
}
