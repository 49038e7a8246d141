import type { Verdict } from '../../reports/index.ts'
import type { Refusal } from '../protocol/message.ts'
import { firstDifference } from './compare-pickles.ts'

/** A refusal that a document asks for. */
export type ExpectedRefusal = {
  readonly class: string
  /** The beginning of the message, where it is quoted. */
  readonly message?: string
}

/**
 * The text with addresses taken out, in both forms that interpreters print: `0x7f…`, and bare
 * decimals of ten digits or more (`KeyError: 140…`).
 *
 * @clause FAST-07
 */
export function withoutAddresses(text: string): string {
  return text.replace(/0x[0-9a-fA-F]+/g, '0x…').replace(/\b\d{10,}\b/g, '…')
}

const longest = 300

const cut = (text: string | null): string | null =>
  text !== null && text.length > longest ? `${text.slice(0, longest)}…` : text

function parts(at: string, expected: string | null, seen: string | null, step: number): Verdict {
  const wanted = cut(expected)
  const found = cut(seen)
  return {
    kind: 'failed',
    because: `the refusals part in their ${at}: found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`,
    difference: { kind: 'error', step, at, expected: wanted, seen: found },
  }
}

/**
 * Passes when the refusal is of the expected class or of a class derived from it, and its message,
 * addresses left out, begins as expected.
 */
export function refusedAs(expected: ExpectedRefusal, seen: Refusal, step: number): Verdict {
  if (seen.class !== expected.class && !seen.mro.includes(expected.class)) {
    return parts('class', expected.class, seen.class, step)
  }
  const said = withoutAddresses(expected.message ?? '')
  const heard = withoutAddresses(seen.message)
  return heard.startsWith(said) ? { kind: 'passed' } : parts('message', said, heard, step)
}

/**
 * Whether both ran into a limit of depth. How deep an engine gets depends on its build and on who
 * calls it, and with it the notes, what was written, and how often hooks were asked.
 *
 * @clause LIMIT-01
 */
export function isLimitOfDepth(expected: Refusal, seen: Refusal): boolean {
  return expected.class === 'RecursionError' && seen.class === 'RecursionError'
}

/**
 * Passes when both are refusals of the same class with the same notes and the same class of cause;
 * where a clause quotes the message, that is held together too. Addresses never count, and of a
 * limit of depth only the class does.
 */
export function sameError(
  expected: Refusal,
  seen: Refusal,
  step: number,
  isMessageQuoted: boolean,
): Verdict {
  if (expected.class !== seen.class) return parts('class', expected.class, seen.class, step)
  if (isLimitOfDepth(expected, seen)) return { kind: 'passed' }
  if (expected.cause !== seen.cause) return parts('cause', expected.cause, seen.cause, step)
  const wanted = expected.notes.map(withoutAddresses)
  const found = seen.notes.map(withoutAddresses)
  const at = firstDifference(wanted, found)
  if (at !== undefined) {
    return parts(`note ${at}`, wanted[at] ?? null, found[at] ?? null, step)
  }
  const said = withoutAddresses(expected.message)
  const heard = withoutAddresses(seen.message)
  return isMessageQuoted && said !== heard
    ? parts('message', said, heard, step)
    : { kind: 'passed' }
}
