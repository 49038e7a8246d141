import type { Difference, RecordClause, Verdict } from './record.ts'

const company = (verdict: { readonly inCompanyOnly: boolean }): string =>
  verdict.inCompanyOnly ? ' (not again when asked alone)' : ''

/** What the verdict says, as one clause for people; empty for `passed`. */
export function describeVerdict(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'passed':
      return ''
    case 'failed':
    case 'lossy':
    case 'unsupported':
      return verdict.because
    case 'crashed': {
      const how =
        verdict.signal === null
          ? `it ended with exit code ${verdict.exitCode ?? 'unknown'}`
          : `it died of ${verdict.signal}`
      return `${how}${company(verdict)}`
    }
    case 'timed-out':
      return `no answer within ${verdict.afterMs} ms${company(verdict)}`
    case 'out-of-memory':
      return `it grew to ${verdict.rssMiB} MiB${company(verdict)}`
    case 'babbled':
      return `it wrote what is no answer: ${verdict.found}${company(verdict)}`
    case 'harness-error':
      return verdict.message
  }
}

const nouns = {
  byte: 'byte',
  instruction: 'instruction',
  buffer: 'out-of-band buffer',
  trace: 'hook call',
  graph: 'the value at',
  error: 'the refusal:',
  outcome: 'the outcome:',
} as const satisfies Record<Difference['kind'], string>

/** Where the two sides part: `step 1, byte 2 in instruction 1`. */
export function describePlace(difference: Difference): string {
  const within =
    difference.instruction === undefined ? '' : ` in instruction ${difference.instruction}`
  return `step ${difference.step}, ${nouns[difference.kind]} ${difference.at}${within}`
}

/** The rule of a clause in one text, whether or not engines differ. */
export function ruleOf(clause: Pick<RecordClause, 'says'>): string {
  return typeof clause.says === 'string'
    ? clause.says
    : `Accelerated: ${clause.says.c} Pure: ${clause.says.pure}`
}

/** `cpython-3.13.0 c`, or the subject alone where there is no engine. */
export function targetName(target: {
  readonly subject: string
  readonly engine: string | null
}): string {
  return target.engine === null ? target.subject : `${target.subject} ${target.engine}`
}

/** Protocols in few words: `0-3, 5`; a case that sets its own protocol gives `own`. */
export function protocolRanges(protocols: readonly (number | null)[]): string {
  const numbers = [...new Set(protocols.filter((one) => one !== null))].sort((a, b) => a - b)
  const ranges: [number, number][] = []
  for (const one of numbers) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === one - 1) last[1] = one
    else ranges.push([one, one])
  }
  const texts = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
  return [...(protocols.includes(null) ? ['own'] : []), ...texts].join(', ')
}
