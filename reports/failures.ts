import { targetName } from './describe.ts'
import { type VerdictLine, verdictOf } from './record.ts'
import { failsTheRun } from './score.ts'

/**
 * What a line means for the run: `failing` fails it, since nobody said so; `unexpected-pass` fails
 * it, since an entry of an expected-failures file said otherwise; `expected` did not pass, as an
 * entry says.
 */
export const standings = [
  'failing',
  'unexpected-pass',
  'expected',
  'lossy',
  'unsupported',
  'passed',
] as const

export type Standing = (typeof standings)[number]

/** What of a line says how it stands. */
type Judged = Pick<VerdictLine, 'conformance' | 'parity' | 'expectedFailure'>

/** Whether the line passed, fails the run, or has an excuse. */
export function standingOf(line: Judged): Standing {
  const { kind } = verdictOf(line)
  if (line.expectedFailure !== undefined) return kind === 'passed' ? 'unexpected-pass' : 'expected'
  if (kind === 'passed' || kind === 'lossy' || kind === 'unsupported') return kind
  return 'failing'
}

/** The judges a line did not please: `conformance`, `parity`, both or none. */
export function displeased(line: Judged): ('conformance' | 'parity')[] {
  return (['conformance', 'parity'] as const).filter((judge) => {
    const verdict = line[judge]
    return verdict !== null && failsTheRun(verdict.kind)
  })
}

/** The lines of one case that have the same standing, with the one to show of them. */
export type CaseLines = {
  readonly case: string
  readonly clause: string
  /** The first that has something to show, else the first. */
  readonly shown: VerdictLine
  readonly lines: readonly VerdictLine[]
}

/** Lines of a standing by case, in the order of the record. */
export function casesWith(standing: Standing, lines: readonly VerdictLine[]): CaseLines[] {
  const cases = new Map<string, VerdictLine[]>()
  for (const line of lines) {
    if (standingOf(line) !== standing) continue
    const already = cases.get(line.case)
    if (already === undefined) cases.set(line.case, [line])
    else already.push(line)
  }
  return [...cases].flatMap(([name, found]) => {
    const shown = found.find((line) => line.details !== undefined) ?? found[0]
    return shown === undefined ? [] : [{ case: name, clause: shown.clause, shown, lines: found }]
  })
}

/** The protocols of the lines of each engine, in the order of the lines. */
export function protocolsByTarget(
  lines: readonly VerdictLine[],
): { readonly target: string; readonly protocols: readonly (number | null)[] }[] {
  const targets = new Map<string, (number | null)[]>()
  for (const line of lines) {
    const target = targetName(line)
    const already = targets.get(target)
    if (already === undefined) targets.set(target, [line.protocol])
    else already.push(line.protocol)
  }
  return [...targets].map(([target, protocols]) => ({ target, protocols }))
}

/** Expected failures of one subject that share a reason. */
export type ExpectedGroup = {
  readonly subject: string
  readonly reason: string
  readonly link: string | null
  readonly lines: readonly VerdictLine[]
}

/** Lines that did not pass as expected, by subject and reason. */
export function expectedGroups(lines: readonly VerdictLine[]): ExpectedGroup[] {
  const groups = new Map<string, VerdictLine[]>()
  for (const line of lines) {
    if (standingOf(line) !== 'expected') continue
    const key = JSON.stringify([line.subject, line.expectedFailure])
    const already = groups.get(key)
    if (already === undefined) groups.set(key, [line])
    else already.push(line)
  }
  return [...groups.values()].flatMap((lines) => {
    const [first] = lines
    return first?.expectedFailure === undefined
      ? []
      : [{ subject: first.subject, ...first.expectedFailure, lines }]
  })
}
