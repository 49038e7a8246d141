import type { Verdict } from '../../reports/index.ts'
import type { Refusal } from '../protocol/message.ts'

/** A refusal that a document asks for. */
export type ExpectedRefusal = { readonly class: string }

/**
 * The text with addresses taken out, in both forms that interpreters print: `0x7f…`, and bare
 * decimals of ten digits or more (`KeyError: 140…`).
 *
 * @clause FAST-07
 */
export function withoutAddresses(text: string): string {
  return text.replace(/0x[0-9a-fA-F]+/g, '0x…').replace(/\b\d{10,}\b/g, '…')
}

function parts(at: string, expected: string | null, seen: string | null, step: number): Verdict {
  return {
    kind: 'failed',
    because: `the refusals part in their ${at}: found ${JSON.stringify(seen)}, wanted ${JSON.stringify(expected)}`,
    difference: { kind: 'error', step, at, expected, seen },
  }
}

/** Passes when the refusal is of the expected class or of a class derived from it. */
export function refusedAs(expected: ExpectedRefusal, seen: Refusal, step: number): Verdict {
  return seen.class === expected.class || seen.mro.includes(expected.class)
    ? { kind: 'passed' }
    : parts('class', expected.class, seen.class, step)
}

/**
 * Passes when both are refusals of the same class with the same notes and the same class of cause;
 * where a clause quotes the message, that is held together too. Addresses never count.
 */
export function sameError(
  expected: Refusal,
  seen: Refusal,
  step: number,
  isMessageQuoted: boolean,
): Verdict {
  const pairs: [at: string, expected: string | null, seen: string | null][] = [
    ['class', expected.class, seen.class],
    ['cause', expected.cause, seen.cause],
    ['notes', withoutAddresses(expected.notes.join('\n')), withoutAddresses(seen.notes.join('\n'))],
    ['message', withoutAddresses(expected.message), withoutAddresses(seen.message)],
  ]
  for (const [at, wanted, found] of pairs) {
    if (at === 'message' && !isMessageQuoted) continue
    if (wanted !== found) return parts(at, wanted, found, step)
  }
  return { kind: 'passed' }
}
