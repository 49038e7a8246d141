import { targetName } from '../../describe.ts'
import { fragmentOf, noFilter } from '../../page-filter.ts'
import type { RunRecord } from '../../record.ts'
import type { Score } from '../../score.ts'
import {
  conformanceFigure,
  type Figure,
  type MatrixRow,
  parityFigure,
  scoreMatrix,
} from '../../score-matrix.ts'
import { type Html, html, none } from './template.ts'

const marks = {
  none: '',
  full: '✓',
  failing: '✗',
  expected: '~',
  unable: '–',
} as const satisfies Record<Figure['state'], string>

const says = {
  none: 'not judged',
  full: '',
  failing: 'failing',
  expected: 'the rest fails as expected',
  unable: 'the rest could not be judged',
} as const satisfies Record<Figure['state'], string>

function inWords(name: string, figure: Figure): string {
  if (figure.state === 'none') return `${name} not judged`
  const state = says[figure.state] === '' ? '' : `, ${says[figure.state]}`
  return `${name} ${figure.text.replace('/', ' of ')}${state}`
}

function pill(figure: Figure): Html {
  return html`<span class="pill ${figure.state}"><i aria-hidden="true">${marks[figure.state]}</i>${figure.text}</span>`
}

function cell(row: MatrixRow, chapter: string, score: Score | undefined): Html {
  if (score === undefined) return html`<td class="empty"><span class="unseen">not asked</span></td>`
  const [conformance, parity] = [conformanceFigure(score), parityFigure(score)]
  const fragment = fragmentOf({
    ...noFilter,
    subject: row.subject,
    engine: row.engine ?? '',
    chapter,
    verdict:
      conformance.state === 'full' && ['full', 'none'].includes(parity.state) ? 'all' : 'open',
  })
  const label = `${targetName(row)}, ${chapter === '' ? 'all chapters' : chapter}: ${inWords('conformance', conformance)}; ${inWords('parity', parity)}`
  return html`<td class="${chapter === '' ? 'total' : ''}"><a href="#${fragment}" aria-label="${label}">${pill(conformance)}${pill(parity)}</a></td>`
}

/** Subject by chapter; every cell leads to its answers. */
export function renderMatrixTable(record: RunRecord): Html {
  const { chapters, rows } = scoreMatrix(record)
  if (rows.length === 0) return html`<p class="note">No subject answered anything.</p>`
  const follows = new Map(
    record.header.subjects.flatMap((subject) =>
      'profile' in subject
        ? subject.profile.engines.map(
            (engine) => [`${subject.id}\n${engine.id}`, engine.follows] as const,
          )
        : [],
    ),
  )
  const heads = chapters.map((chapter) => html`<th scope="col" class="chapter">${chapter}</th>`)
  const body = rows.map((row) => {
    const followed = follows.get(`${row.subject}\n${row.engine ?? ''}`)
    const name = html`<th scope="row" class="who"><span class="subject">${row.subject}</span> <span class="engine">${row.engine ?? ''}</span>${
      followed === undefined || followed === null
        ? none
        : html`<span class="follows">follows ${followed}</span>`
    }</th>`
    return html`<tr>${name}${cell(row, '', row.total)}${chapters.map((chapter) => cell(row, chapter, row.chapters.get(chapter)))}</tr>\n`
  })
  return html`<p class="note">In each cell, conformance above: clauses of the documentation and the format that are met, of those judged. Parity below: answers equal to the profile the engine follows, byte for byte and call for call. A cell leads to its answers.</p>
<p class="legend"><span class="pill full"><i aria-hidden="true">✓</i>all</span> <span class="pill failing"><i aria-hidden="true">✗</i>something fails</span> <span class="pill expected"><i aria-hidden="true">~</i>the rest fails as expected</span> <span class="pill unable"><i aria-hidden="true">–</i>the rest could not be judged</span></p>
<div class="scroll" role="region" aria-labelledby="matrix-title" tabindex="0"><table class="matrix">
<thead><tr><th scope="col" class="who">Subject and engine</th><th scope="col" class="chapter">all</th>${heads}</tr></thead>
<tbody>
${body}</tbody></table></div>`
}
