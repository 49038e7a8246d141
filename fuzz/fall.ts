import type { Outcome } from '../conformance/index.ts'

/** A subject that gave no answer. */
export type Fall = Exclude<Outcome<unknown>, { kind: 'answered' } | { kind: 'harness-error' }>

/** What is known of the end of a subject: its signal or exit code and last words, or how far it went. */
export function howItFell(fall: Fall): string {
  if (fall.kind === 'timed-out') return ` (no answer within ${fall.afterMs} ms)`
  if (fall.kind === 'out-of-memory') return ` (at ${fall.rssMiB} MiB)`
  if (fall.kind === 'babbled') return ` (${fall.found})`
  const words = fall.stderrTail.trim().split('\n').at(-1)?.slice(0, 200) ?? ''
  const exit = fall.signal ?? `exit code ${fall.exitCode}`
  return ` (${exit}${words === '' ? '' : `: ${words}`})`
}
