import type { BenchRecord } from '../bench-record.ts'
import { targetName } from '../describe.ts'
import { inOrder } from '../in-order.ts'
import { encodePage } from '../page-data.ts'
import type { RunRecord } from '../record.ts'
import { scoreMatrix } from '../score-matrix.ts'
import { renderBenchChart } from './html/bench-chart.ts'
import { renderExpectedFailures } from './html/expected-failures.ts'
import { renderMatrixTable } from './html/matrix-table.ts'
import { renderMachine, renderSubjects } from './html/subjects.ts'
import { renderSummary } from './html/summary.ts'
import { attributeJson, embedJson, Html, html, none } from './html/template.ts'
import { pageScript, pageStyle } from './page-assets.ts'

const verdictChoices: readonly (readonly [value: string, label: string])[] = [
  ['open', 'Did not pass'],
  ['failing', 'Failing'],
  ['unexpected-pass', 'Passed against expectation'],
  ['expected', 'Failing as expected'],
  ['lossy', 'Lossy'],
  ['unsupported', 'Unsupported'],
  ['passed', 'Passed'],
  ['all', 'All answers'],
]

function option(value: string, label: string): Html {
  return html`<option value="${value}">${label}</option>`
}

/** The form above the list of answers; the page's script reads it and fills the list. */
function filterForm(record: RunRecord): Html {
  const { chapters, rows } = scoreMatrix(record)
  const subjects = [...new Set(rows.map((row) => row.subject))]
  const engines = rows.flatMap((row) =>
    row.engine === null ? [] : [option(attributeJson([row.subject, row.engine]), targetName(row))],
  )
  return html`<form class="filter" id="filter" role="search" aria-label="Filter the answers">
<label>Subject <select name="who"><option value="${attributeJson(['', ''])}">all subjects</option>${subjects.map((subject) => option(attributeJson([subject, '']), subject))}<optgroup label="one engine">${engines}</optgroup></select></label>
<label>Chapter <select name="chapter"><option value="${attributeJson('')}">all chapters</option>${chapters.map((chapter) => option(attributeJson(chapter), chapter))}</select></label>
<label>Verdict <select name="verdict">${verdictChoices.map(([value, label]) => option(value, label))}</select></label>
<label class="text">Text <input type="search" name="text" placeholder="case, clause, words; press / to get here" autocomplete="off" spellcheck="false"></label>
<button type="reset">Clear</button>
</form>`
}

type Section = {
  readonly id: string
  readonly title: string
  readonly content: Html
  /** What the script needs that fills this section; without it there is no script. */
  readonly data?: Html
}

/** A section; its script runs before there is anything below it that could move. */
function sectionHtml({ id, title, content, data }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title" tabindex="-1">${title}</h2>
${content}
</section>
${
  data === undefined
    ? none
    : html`<script type="application/json" id="data">${data}</script>
<script>
${new Html(pageScript)}
</script>
`
}`
}

type Page = {
  readonly what: string
  readonly summary: Html
  readonly sections: readonly Section[]
  readonly made: Html
}

function renderPage({ what, summary, sections, made }: Page): string {
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>picklespec: ${what}</title>
<link rel="icon" href="data:,">
<style>
${new Html(pageStyle)}
</style>
</head>
<body>
${sections.some(({ id }) => id === 'answers') ? html`<a class="skip" href="#answers-title">To the answers</a>` : none}
<header>
<div class="top"><h1>picklespec <span class="muted">${what}</span></h1>
<nav aria-label="Sections">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a> `)}</nav></div>
</header>
<main>
${summary}
${sections.map(sectionHtml)}</main>
<footer><p>${made}</p></footer>
</body>
</html>
`
  return markup
}

function benchSection(bench: BenchRecord): Section {
  return { id: 'bench', title: 'Benchmarks', content: renderBenchChart(bench) }
}

/**
 * One page with everything: scores, every answer with a filter, expected failures, subjects, and
 * the ratios of a benchmark when there is one. It loads nothing and needs no network.
 */
export function renderHtml(unordered: RunRecord, bench?: BenchRecord): string {
  const record = inOrder(unordered)
  return renderPage({
    what: 'conformance report',
    summary: renderSummary(record),
    sections: [
      { id: 'matrix', title: 'Subjects and chapters', content: renderMatrixTable(record) },
      {
        id: 'answers',
        title: 'Answers',
        content: html`${filterForm(record)}
<p id="count" class="note" role="status"></p>
<ol id="list" class="list"></ol>
<p><button id="more" type="button" hidden>Show more</button></p>
<noscript><p class="note">The answers are listed by a script, which does not run here.</p></noscript>`,
        data: embedJson(encodePage(record)),
      },
      { id: 'expected', title: 'Expected failures', content: renderExpectedFailures(record) },
      ...(bench === undefined ? [] : [benchSection(bench)]),
      { id: 'subjects', title: 'Subjects', content: renderSubjects(record) },
      { id: 'machine', title: 'Machine and versions', content: renderMachine(record) },
    ],
    made: html`Made by picklespec ${record.header.picklespec} from the record of ${record.header.started}.`,
  })
}

/** The page of a benchmark beside which there is no run of the suite. */
export function renderBenchHtml(bench: BenchRecord): string {
  return renderPage({
    what: 'benchmarks',
    summary: none,
    sections: [benchSection(bench)],
    made: html`Made by picklespec ${bench.picklespec} from the bench record of ${bench.started}.`,
  })
}
