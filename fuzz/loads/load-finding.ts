import type { LoadQuestion, SubjectCommand } from '../../conformance/index.ts'
import { bytesOfHex, compareInstructions } from '../../reference/index.ts'
import { familyOf } from '../engine.ts'
import type { LoadSighting } from './examine-load.ts'
import { formatLoadToken, type LoadKey } from './load-case.ts'

/** A pickle of which an engine and the reference part, as it was met. */
export type LoadLead = {
  readonly subject: SubjectCommand
  readonly sighting: LoadSighting
  /** Undefined when the pickle was not drawn but given. */
  readonly key: LoadKey | undefined
  readonly question: LoadQuestion
}

/** A difference in its least form. */
export type LoadFinding = LoadLead & {
  /** The least pickle, in hex, and how fast-check came to it. */
  readonly minimal: string
  readonly path: string
  /** Why the pickle was left as it was. */
  readonly unshrunk?: string
  /** Leads with the same signature, this one included. */
  readonly met: number
}

/** What leads have in common that are likely to have one cause. */
export function causeOfLead({ sighting }: Pick<LoadLead, 'sighting'>): string {
  return `${familyOf(sighting.follows)}: ${sighting.signature}`
}

/** What minimal pickles have in common that show the same: their instructions. */
export function shapeOfFinding(finding: Pick<LoadFinding, 'sighting' | 'minimal'>): string {
  const names = assemblyOf(finding.minimal).map((line) => line.split(' ')[0])
  return `${causeOfLead(finding)} ${names.join(' ')}`
}

/** The instructions of a pickle in hex, as far as there are any, one a line. */
export function assemblyOf(hex: string): readonly string[] {
  const bytes = bytesOfHex(hex)
  return compareInstructions(bytes, bytes).pairs.flatMap(({ left }) => left?.text ?? [])
}

/** What replays the finding: the token of its case and the path behind it. */
export function loadReplayToken({
  key,
  path,
}: Pick<LoadFinding, 'key' | 'path'>): string | undefined {
  if (key === undefined) return undefined
  return path === '' ? formatLoadToken(key) : `${formatLoadToken(key)}@${path}`
}
