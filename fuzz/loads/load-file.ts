import { readFileSync } from 'node:fs'
import type { LoadResult, PickleToLoad } from '../../conformance/index.ts'
import { bytesOfHex, hexOfBytes } from '../../reference/index.ts'
import { writeAtomically } from '../../reports/index.ts'
import { checksum } from '../checksum.ts'
import { familyOf } from '../engine.ts'
import { isJsonObject, type Json } from '../json.ts'
import type { Answered } from './answers.ts'
import { assemblyOf, type LoadFinding, loadReplayToken } from './load-finding.ts'

/** A pickle that once showed a difference, as it is kept. */
export type LoadFile = PickleToLoad & {
  /** One sentence: what differed. */
  readonly why: string
  readonly replay?: string
  /** Its instructions, for people. */
  readonly instructions: readonly string[]
  readonly answers: readonly KeptAnswer[]
}

/** What some engines answered in a world. */
export type KeptAnswer = {
  readonly world: 'symbols' | 'names'
  /** The profiles that they follow. */
  readonly profiles: readonly string[]
  /** 32 where it is not 64. */
  readonly wordSize?: 32
  readonly graph?: unknown
  /** The class of the refusal, and of its cause behind `from`. */
  readonly refused?: string
}

/** The answers by what was answered. */
export function keptAnswers(answered: readonly Answered[]): KeptAnswer[] {
  const groups = new Map<string, { answer: Omit<KeptAnswer, 'profiles'>; profiles: string[] }>()
  for (const { profile, result, wordSize, world } of answered) {
    const answer = {
      world,
      ...(wordSize === 32 && ({ wordSize } as const)),
      ...keptResult(result),
    }
    const text = JSON.stringify(answer)
    const group = groups.get(text) ?? { answer, profiles: [] }
    group.profiles.push(profile)
    groups.set(text, group)
  }
  return [...groups.values()].map(({ answer, profiles }) => ({ ...answer, profiles }))
}

function keptResult(result: LoadResult): Pick<KeptAnswer, 'graph' | 'refused'> {
  if ('graph' in result) return { graph: result.graph }
  const { class: type, cause } = result.refused
  return { refused: cause === null ? type : `${type} from ${cause}` }
}

export function loadFileOf(finding: LoadFinding, answered: readonly Answered[]): LoadFile {
  const { minimal, question, sighting } = finding
  const replay = loadReplayToken(finding)
  return {
    why: `${sighting.follows}: ${sighting.because}`,
    ...(replay !== undefined && { replay }),
    pickle: minimal,
    ...(question.buffers !== undefined && { buffers: question.buffers }),
    instructions: assemblyOf(minimal),
    answers: keptAnswers(answered),
  }
}

/** The file with these answers in the place of what the same engines answered before. */
export function withAnswers(file: LoadFile, answered: readonly Answered[]): LoadFile {
  const asked = new Set(answered.map(({ profile, world }) => `${profile} ${world}`))
  const others = file.answers.flatMap((answer): KeptAnswer[] => {
    const profiles = answer.profiles.filter((profile) => !asked.has(`${profile} ${answer.world}`))
    return profiles.length === 0 ? [] : [{ ...answer, profiles }]
  })
  return {
    ...file,
    instructions: assemblyOf(file.pickle),
    answers: [...keptAnswers(answered), ...others],
  }
}

/** The name of the file for a finding: what differs, and a number that tells it from its like. */
export function loadFileName({
  sighting,
  minimal,
}: Pick<LoadFinding, 'sighting' | 'minimal'>): string {
  const words = sighting.signature.replace(/[^A-Za-z]+/g, '-').replace(/^-|-$/g, '')
  return `${familyOf(sighting.follows)}-${words.slice(0, 60).toLowerCase()}-${checksum(minimal)}.json`
}

export function writeLoadFile(path: string, file: LoadFile): void {
  writeAtomically(path, `${JSON.stringify(file, undefined, 1)}\n`)
}

/**
 * The pickle in a file: one that a session left behind with its buffers, else the bytes of the file.
 *
 * @throws {NotationError} for a pickle in JSON that is not in hex
 */
export function readLoadFile(path: string): LoadFile {
  const bytes = readFileSync(path)
  const json = parsed(bytes.toString('utf8'))
  if (isJsonObject(json) && typeof json['pickle'] === 'string') {
    bytesOfHex(json['pickle'])
    const none = { why: '', instructions: [], answers: [] }
    // Whoever writes such a file by hand may leave out all but the pickle.
    return { ...none, ...(json as Partial<LoadFile> & PickleToLoad) }
  }
  return { why: '', pickle: hexOfBytes(bytes), instructions: [], answers: [] }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}
