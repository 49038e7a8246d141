import type { Machine, RecordSubject, RunRecord, VerdictLine } from './record.ts'
import { Tally } from './tally.ts'

/** The records cannot be one: they asked different questions, or one question twice. */
export class MergeError extends Error {
  override readonly name = 'MergeError'
}

/** Tells the lines of a record apart. */
export function lineKey(line: VerdictLine): string {
  return JSON.stringify([line.case, line.protocol, line.subject, line.engine])
}

function mergeMachines(machines: readonly Machine[]): Machine {
  const joined = (field: 'cpu' | 'os' | 'node'): string =>
    [...new Set(machines.map((machine) => machine[field]))].join(' and ')
  return {
    cores: Math.max(...machines.map((machine) => machine.cores)),
    cpu: joined('cpu'),
    os: joined('os'),
    node: joined('node'),
  }
}

function mergeSubjects(records: readonly RunRecord[]): RecordSubject[] {
  const subjects = new Map<string, RecordSubject>()
  for (const subject of records.flatMap((record) => record.header.subjects)) {
    const known = subjects.get(subject.id)
    if (known === undefined || 'refused' in known) subjects.set(subject.id, subject)
    else if ('profile' in subject && subject.profile.version !== known.profile.version) {
      throw new MergeError(
        `found ${subject.id} in the versions ${known.profile.version} and ${subject.profile.version}, wanted one`,
      )
    }
  }
  return [...subjects.values()]
}

/**
 * One record of several that asked the same questions, each of other subjects or other protocols.
 * It has an end when all of them have.
 *
 * @throws {MergeError} when the questions differ, an answer is there twice, or there is no record
 */
export function mergeRecords(records: readonly RunRecord[]): RunRecord {
  const [first, ...others] = records
  if (first === undefined) throw new MergeError('found no run record, wanted one or more')
  if (others.length === 0) return first
  const suites = new Set(records.map((record) => record.header.suite))
  if (suites.size > 1) {
    throw new MergeError(`found records of ${suites.size} different suites, wanted one`)
  }

  const tally = new Tally()
  const seen = new Set<string>()
  const verdicts = records.flatMap((record) => record.verdicts)
  for (const line of verdicts) {
    const key = lineKey(line)
    if (seen.has(key)) throw new MergeError(`found the answer ${key} twice, wanted it once`)
    seen.add(key)
    tally.add(line)
  }

  const subjects = mergeSubjects(records)
  const present = new Set(subjects.map(({ id }) => id))
  const absent = new Map(
    records.flatMap((record) => record.header.absent).map((one) => [one.id, one]),
  )
  const clauses = new Map(
    records.flatMap((record) => record.header.clauses).map((one) => [one.id, one]),
  )
  const footers = records.flatMap((record) => record.footer ?? [])
  return {
    header: {
      ...first.header,
      started: records.map((record) => record.header.started).sort()[0] ?? first.header.started,
      machine: mergeMachines(records.map((record) => record.header.machine)),
      clauses: [...clauses.values()],
      subjects,
      absent: [...absent.values()].filter(({ id }) => !present.has(id)),
    },
    verdicts,
    footer:
      footers.length < records.length
        ? undefined
        : tally.footer({
            stale: footers.flatMap((footer) => footer.stale),
            complete: footers.every((footer) => footer.complete),
            ms: footers.reduce((sum, footer) => sum + footer.ms, 0),
          }),
  }
}
