import type { SubjectCommand } from '../conformance/index.ts'
import { type CaseKey, formatToken } from './case.ts'
import type { Sighting } from './examine.ts'
import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts'

/** A scenario for which an engine and the reference part, as it was met. */
export type Lead = {
  readonly subject: SubjectCommand
  readonly sighting: Sighting
  /** Undefined when the scenario was not drawn but given. */
  readonly key: CaseKey | undefined
  readonly json: JsonObject
}

/** A difference in its least form. */
export type Finding = Lead & {
  /** The least scenario, and how fast-check came to it; equal to `json` and empty if nothing could go. */
  readonly minimal: JsonObject
  readonly path: string
  /** Why the scenario was left as it was. */
  readonly unshrunk?: string
  /** Leads with the same signature, this one included. */
  readonly met: number
}

/** What leads have in common that are likely to have one cause. */
export function causeOf({ sighting }: Lead): string {
  return `${sighting.follows.endsWith('-c') ? 'c' : 'py'}: ${sighting.signature}`
}

/** What minimal scenarios have in common that show the same. */
export function shapeOf(finding: Pick<Finding, 'minimal'> & Lead): string {
  return `${causeOf(finding)} ${JSON.stringify(outline(finding.minimal))}`
}

/** A scenario without its numbers and texts. */
function outline(json: Json): Json {
  if (isJsonArray(json)) return json.map(outline)
  if (isJsonObject(json)) {
    return Object.fromEntries(Object.entries(json).map(([name, held]) => [name, outline(held)]))
  }
  return typeof json === 'number' || typeof json === 'string' ? typeof json : json
}

/** What replays the finding: the token of its case and the path behind it. */
export function replayToken({ key, path }: Pick<Finding, 'key' | 'path'>): string | undefined {
  if (key === undefined) return undefined
  return path === '' ? formatToken(key) : `${formatToken(key)}@${path}`
}
