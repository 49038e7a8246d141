import type { Footer, RunRecord } from '../../record.ts'
import { figuresOf, incompleteness } from '../console.ts'
import { type Html, html, none } from './template.ts'

function tile(label: string, figure: Html | number, explained: string, state: string): Html {
  return html`<div class="tile ${state}"><dt>${label}</dt><dd class="figure">${figure}</dd><dd class="explained">${explained}</dd></div>`
}

const outOf = (count: number, of: number): Html => html`${count}<span class="of">/${of}</span>`

/** Answers that fail the run, whatever the manner. */
export function failingCount(figures: Footer): number {
  return (
    figures.failed +
    figures.crashed +
    figures.timedOut +
    figures.outOfMemory +
    figures.babbled +
    figures.harnessError +
    figures.unexpectedPasses
  )
}

function manners(figures: Footer): string {
  const shown: [number, string][] = [
    [figures.failed, 'failed'],
    [figures.crashed, 'crashed'],
    [figures.timedOut, 'timed out'],
    [figures.outOfMemory, 'out of memory'],
    [figures.babbled, 'babbled'],
    [figures.harnessError, 'harness errors'],
    [figures.unexpectedPasses, 'passed against expectation'],
  ]
  const found = shown.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  return found.length === 0 ? 'answers that fail the run' : found.join(', ')
}

/** The figures of the whole run, and first of all whether it is whole. */
export function renderSummary(record: RunRecord): Html {
  const figures = figuresOf(record)
  const incomplete = incompleteness(record)
  const failing = failingCount(figures)
  const { conformance, parity, stale } = figures
  return html`${
    incomplete === undefined ? none : html`<p class="banner" role="alert">${incomplete}</p>`
  }
<dl class="tiles">
${tile('Conformance', outOf(conformance.met, conformance.of), 'clauses met, over all engines', '')}
${tile('Parity', outOf(parity.equal, parity.of), 'answers equal to the followed profile', '')}
${tile('Failing', failing, manners(figures), failing > 0 ? 'bad' : 'good')}
${tile('Failing as expected', figures.expectedFailures, stale.length === 0 ? 'each with a reason' : `each with a reason; ${stale.length} entries are no longer true`, stale.length > 0 ? 'bad' : figures.expectedFailures > 0 ? 'warn' : '')}
${tile('Not judged', figures.lossy + figures.unsupported, `${figures.unsupported} unsupported, ${figures.lossy} lossy`, '')}
${tile('Answers', figures.executed, figures.ms > 0 ? `in ${(figures.ms / 1000).toFixed(1)} s` : 'in a time nobody wrote down', '')}
</dl>`
}
