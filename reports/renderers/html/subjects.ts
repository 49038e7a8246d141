import { describeVerdict, protocolRanges } from '../../describe.ts'
import type { RecordSubject, RunRecord } from '../../record.ts'
import { type Html, html, link, none } from './template.ts'

function subjectRow(subject: RecordSubject): Html {
  if ('refused' in subject) {
    return html`<tr><th scope="row">${subject.id}</th><td colspan="6"><span class="pill failing"><i aria-hidden="true">✗</i>${subject.refused.kind}</span> ${describeVerdict(subject.refused)}</td></tr>\n`
  }
  const { profile } = subject
  const engines = profile.engines.map(
    ({ id, follows }) =>
      html`<li>${id}${follows === null ? none : html` <span class="muted">follows ${follows}</span>`}</li>`,
  )
  return html`<tr><th scope="row">${subject.id}</th><td>${profile.homepage === '' ? profile.name : link(profile.homepage, profile.name)} ${profile.version}</td><td>${profile.language}</td><td>${profile.runtime}</td><td>${profile.wordSize}</td><td><ul class="plain">${engines}</ul></td><td>${protocolRanges(profile.protocols)}</td></tr>\n`
}

/** Who was here, as each said of itself; who was not, and why. */
export function renderSubjects(record: RunRecord): Html {
  const { subjects, absent } = record.header
  return html`${
    subjects.length === 0
      ? html`<p class="note">There was no subject.</p>`
      : html`<div class="scroll" role="region" aria-labelledby="subjects-title" tabindex="0"><table>
<thead><tr><th scope="col">Subject</th><th scope="col">Implementation</th><th scope="col">Language</th><th scope="col">Runtime</th><th scope="col">Bits</th><th scope="col">Engines</th><th scope="col">Protocols</th></tr></thead>
<tbody>
${subjects.map(subjectRow)}</tbody></table></div>`
  }
<h3>Absent</h3>
${
  absent.length === 0
    ? html`<p class="note">Every known subject was here.</p>`
    : html`<dl class="absent">${absent.map(({ id, reason }) => html`<dt>${id}</dt><dd>${reason}</dd>`)}</dl>`
}`
}

/** Where and when the run took place, and of what. */
export function renderMachine(record: RunRecord): Html {
  const { header } = record
  const { machine } = header
  const pairs: [string, string][] = [
    ['picklespec', header.picklespec],
    ['Started', header.started],
    ['Cores', `${machine.cores}`],
    ['Processor', machine.cpu],
    ['System', machine.os],
    ['Node', machine.node],
    ['Suite', header.suite],
  ]
  return html`<dl class="machine">${pairs.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}
