import type { Case, CaseQuestion, Expected } from './case-file.ts'
import { documentedExpectation } from './expectation-for.ts'

/** The id of a case at one protocol. */
export function questionId(caseId: string, protocol: number | null): string {
  return protocol === null ? caseId : `${caseId}@p${protocol}`
}

/** Each case at each of its protocols, in order. */
export function questionsOf(cases: readonly Case[]): readonly CaseQuestion[] {
  return cases.flatMap((one) =>
    (one.protocols ?? [null]).map((protocol) => ({
      id: questionId(one.id, protocol),
      case: one,
      protocol,
    })),
  )
}

/**
 * Whether nothing but a refusal is expected: no pickle and no graph in any step, and a refusal in
 * one. Such an answer counts only beside the right answer to a valid twin.
 */
export function isRefusal(expected: Expected): boolean {
  if ('construction' in expected) return true
  const gives = expected.steps.some(
    ({ pickle, graph }) => pickle !== undefined || graph !== undefined,
  )
  return !gives && expected.steps.some(({ refused }) => refused !== undefined)
}

/** Whether the documentation has a case refused at a protocol. */
export function isNegative(one: Case, protocol: number | null): boolean {
  return isRefusal(documentedExpectation(one, protocol))
}

/**
 * The ids of the questions of which one must be answered rightly, so that a refusal counts: those of
 * the twin at the same protocol, else at any where it is not refused. A case that is refused at some
 * protocols only is its own twin, unless it names another.
 */
export function twinQuestions(one: Case, protocol: number | null, twin: Case): readonly string[] {
  const positive = (twin.protocols ?? [null]).filter((at) => !isNegative(twin, at))
  const same = positive.filter((at) => at === protocol && twin.id !== one.id)
  return (same.length > 0 ? same : positive).map((at) => questionId(twin.id, at))
}
