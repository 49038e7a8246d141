/** Which lines the page shows, and how the filter stands in its address. Pure. */

import { describeVerdict, targetName } from './describe.ts'
import { type Standing, standingOf, standings } from './failures.ts'
import type { PageLine } from './page-data.ts'

/** What is shown; an empty text leaves that field open. */
export type PageFilter = {
  readonly subject: string
  /** Only together with a subject. */
  readonly engine: string
  readonly chapter: string
  /** `open` is everything that did not pass and was asked. */
  readonly verdict: Standing | 'open' | 'all'
  /** Words, each to be found in the case, the clause, its title, the engine or the verdict. */
  readonly text: string
}

export const noFilter: PageFilter = {
  subject: '',
  engine: '',
  chapter: '',
  verdict: 'open',
  text: '',
}

const isOpen = {
  failing: true,
  'unexpected-pass': true,
  expected: true,
  lossy: false,
  unsupported: false,
  passed: false,
} as const satisfies Record<Standing, boolean>

function words(line: PageLine): string {
  const verdicts = [line.conformance, line.parity].flatMap((verdict) =>
    verdict === null ? [] : [verdict.kind, describeVerdict(verdict)],
  )
  return [
    line.case,
    line.clause.id,
    line.clause.title,
    targetName(line),
    ...verdicts,
    line.expectedFailure?.reason ?? '',
  ]
    .join('\n')
    .toLowerCase()
}

/** Gives the lines that the filter lets through, in their order. */
export function filterLines(lines: readonly PageLine[], filter: PageFilter): PageLine[] {
  const wanted = filter.text.toLowerCase().split(/\s+/)
  return lines.filter((line) => {
    if (filter.subject !== '' && line.subject !== filter.subject) return false
    if (filter.engine !== '' && line.engine !== filter.engine) return false
    if (filter.chapter !== '' && line.chapter !== filter.chapter) return false
    if (filter.verdict !== 'all') {
      const standing = standingOf(line)
      if (filter.verdict === 'open' ? !isOpen[standing] : standing !== filter.verdict) return false
    }
    if (filter.text === '') return true
    const found = words(line)
    return wanted.every((word) => found.includes(word))
  })
}

/** The lines of one case and engine that stand alike: one item of the list. */
export type PageItem = { readonly standing: Standing; readonly lines: readonly PageLine[] }

/** Gathers lines into items, the gravest first, else each where its first line stands. */
export function gatherItems(lines: readonly PageLine[]): PageItem[] {
  const items = new Map<string, { standing: Standing; lines: PageLine[] }>()
  for (const line of lines) {
    const standing = standingOf(line)
    const key = JSON.stringify([line.case, line.subject, line.engine, standing])
    const item = items.get(key)
    if (item === undefined) items.set(key, { standing, lines: [line] })
    else item.lines.push(line)
  }
  return [...items.values()].sort(
    (a, b) => standings.indexOf(a.standing) - standings.indexOf(b.standing),
  )
}

/** The filter as the fragment of an address, without its `#`; empty for no filter. */
export function fragmentOf(filter: PageFilter): string {
  const given = Object.entries(noFilter).flatMap(([field, open]): [string, string][] => {
    // The fields of a filter are those of `noFilter`, and all are texts.
    const value = filter[field as keyof PageFilter]
    return value === open ? [] : [[field, value]]
  })
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

/** The filter that a fragment stands for, or undefined when it is a place of the page. */
export function filterOf(fragment: string): PageFilter | undefined {
  if (!fragment.startsWith('?')) return undefined
  const given = new URLSearchParams(fragment.slice(1))
  const asked = given.get('verdict')
  const verdicts = [...standings, 'open', 'all'] as const
  return {
    subject: given.get('subject') ?? '',
    engine: given.get('engine') ?? '',
    chapter: given.get('chapter') ?? '',
    verdict: verdicts.find((verdict) => verdict === asked) ?? 'open',
    text: given.get('text') ?? '',
  }
}
