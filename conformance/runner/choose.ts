import picomatch from 'picomatch'
import type { Case } from '../cases/index.ts'

/** Whether a case is chosen. */
export type Choice = (one: Case) => boolean

/** A filter that means nothing. */
export class FilterError extends Error {
  override readonly name = 'FilterError'
}

/** Whether an id such as `fast/cycles/list-in-itself` matches a pattern: `fast/**`, `*\/cycles/*`. */
export function caseMatcher(pattern: string): (id: string) => boolean {
  return picomatch(pattern, { nonegate: true })
}

function choiceOf(filter: string): Choice {
  const [, kind = '', name = ''] = /^(clause|tag):(.*)$/s.exec(filter) ?? []
  if (filter === '' || (kind !== '' && name === '')) {
    throw new FilterError(
      `found the filter ${JSON.stringify(filter)}, wanted a pattern of cases, clause:ID or tag:NAME`,
    )
  }
  switch (kind) {
    case 'clause': {
      const isClause = caseMatcher(name)
      return ({ clause }) => isClause(clause)
    }
    case 'tag':
      return ({ tags }) => tags.includes(name)
    default: {
      const isMatch = caseMatcher(filter)
      return ({ id }) => isMatch(id)
    }
  }
}

/**
 * The choice that filters make together: every case when there are none, else what any of them
 * chooses. A filter is a pattern of case ids, `clause:ID` (or `clause:FAST-*`), or `tag:NAME`.
 *
 * @throws {FilterError} for one that is none of these
 */
export function choose(filters: readonly string[]): Choice {
  if (filters.length === 0) return () => true
  const choices = filters.map(choiceOf)
  return (one) => choices.some((choice) => choice(one))
}
