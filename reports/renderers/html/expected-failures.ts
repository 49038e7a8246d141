import { protocolRanges } from '../../describe.ts'
import { casesWith, expectedGroups } from '../../failures.ts'
import type { RunRecord } from '../../record.ts'
import { describeStale, figuresOf } from '../console.ts'
import { type Html, html, link, none } from './template.ts'

/** Cases named in a row; the others are in the list of answers. */
const casesNamed = 6

/** What fails as somebody said it would, with the reason; and what somebody said wrongly. */
export function renderExpectedFailures(record: RunRecord): Html {
  const groups = expectedGroups(record.verdicts)
  const { stale } = figuresOf(record)
  const rows = groups.map((group) => {
    const cases = casesWith('expected', group.lines)
    const named = cases
      .slice(0, casesNamed)
      .map(
        (one) =>
          html`<li><code>${one.case}</code> at ${protocolRanges(one.lines.map((line) => line.protocol))}</li>`,
      )
    const rest = cases.length - casesNamed
    return html`<tr><th scope="row">${group.subject}</th><td class="number">${group.lines.length}</td><td>${group.reason}${
      group.link === null ? none : html`<br>${link(group.link)}`
    }</td><td><ul class="plain">${named}${rest > 0 ? html`<li>and ${rest} more</li>` : none}</ul></td></tr>\n`
  })
  const staleRows = stale.map(
    (entry) => html`<li><strong>${entry.subject}</strong> ${describeStale(entry)}</li>`,
  )
  return html`${
    stale.length === 0 ? none : html`<h3>No longer true</h3><ul class="stale">${staleRows}</ul>`
  }${
    groups.length === 0
      ? html`<p class="note">Nothing fails as expected.</p>`
      : html`<div class="scroll" role="region" aria-labelledby="expected-title" tabindex="0"><table>
<thead><tr><th scope="col">Subject</th><th scope="col" class="number">Answers</th><th scope="col">Reason</th><th scope="col">Cases, at protocols</th></tr></thead>
<tbody>
${rows}</tbody></table></div>`
  }`
}
