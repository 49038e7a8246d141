import { describeBlame } from '../blame.ts'
import { describePlace, describeVerdict, protocolRanges, ruleOf } from '../describe.ts'
import { layOutJson } from '../layout-json.ts'
import type { PageLine } from '../page-data.ts'
import type { PageItem } from '../page-filter.ts'
import { type Details, type Difference, verdictOf } from '../record.ts'
import { visible, visibleLines } from '../visible.ts'
import { differenceTable } from './difference.ts'
import { element } from './dom.ts'

function row(name: string, ...value: (Node | string)[]): Node[] {
  return [element('dt', {}, name), element('dd', {}, ...value)]
}

function webLink(address: string): Node {
  if (!/^https?:\/\/[^\s"'<>]+$/.test(address)) return document.createTextNode(visible(address))
  const made = element('a', {}, address)
  made.href = address
  made.rel = 'noreferrer'
  return made
}

function judgement(line: PageLine, judge: 'conformance' | 'parity'): Node[] {
  const verdict = line[judge]
  if (verdict === null) return []
  const because = describeVerdict(verdict)
  return row(
    judge === 'conformance' ? 'Conformance' : 'Parity',
    element('span', { className: `pill ${verdict.kind}` }, verdict.kind),
    because === '' ? '' : ` ${visible(because)}`,
  )
}

function sides(difference: Difference, details: Details | undefined): Node[] {
  const place = visible(describePlace(difference))
  const isIn = (text: string | null, list: readonly string[]): boolean =>
    text === null || list.includes(text)
  // The table below shows them.
  if (
    details !== undefined &&
    isIn(difference.expected, details.expected) &&
    isIn(difference.seen, details.seen)
  ) {
    return row('First difference', place)
  }
  const side = (text: string | null): Node =>
    text === null
      ? element('span', { className: 'muted' }, 'nothing')
      : element('code', {}, visible(text))
  return row(
    'First difference',
    place,
    element(
      'dl',
      { className: 'sides' },
      ...row('expected', side(difference.expected)),
      ...row('seen', side(difference.seen)),
    ),
  )
}

/** The columns a scenario is laid out for. */
const scenarioColumns = 110

function copyButton(text: string): HTMLButtonElement {
  const button = element('button', { className: 'copy' }, 'Copy')
  button.type = 'button'
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(text).then(
      () => {
        button.textContent = 'Copied'
      },
      () => {
        button.textContent = 'Select it by hand'
      },
    )
  })
  return button
}

function block(lines: readonly string[]): HTMLPreElement {
  return element('pre', {}, lines.map(visible).join('\n'))
}

/** Everything known of one line. */
function lineDetails(line: PageLine): Node[] {
  const verdict = verdictOf(line)
  const details = line.details()
  const rule = ruleOf(line.clause)
  const blame = describeBlame(line)
  const facts = element(
    'dl',
    { className: 'facts' },
    ...row(
      'Clause',
      element('strong', {}, visible(line.clause.id)),
      ` ${visible(line.clause.title)} `,
      element('span', { className: 'muted' }, line.clause.level),
      ...(rule === '' ? [] : [element('p', {}, visible(rule))]),
      ...(line.clause.source === ''
        ? []
        : [element('p', { className: 'muted' }, visible(line.clause.source))]),
    ),
    ...(details === undefined
      ? []
      : row(
          'Case',
          ...(details.title === line.clause.title ? [] : [visible(details.title)]),
          element('p', {}, visible(details.why)),
        )),
    ...judgement(line, 'conformance'),
    ...judgement(line, 'parity'),
    ...(line.expectedFailure === undefined
      ? []
      : row(
          'Expected to fail',
          visible(line.expectedFailure.reason),
          ...(line.expectedFailure.link === null ? [] : [' ', webLink(line.expectedFailure.link)]),
        )),
    ...(blame === undefined ? [] : row('Blame', visible(blame))),
    ...(verdict.kind === 'failed' && verdict.difference !== undefined
      ? sides(verdict.difference, details)
      : []),
  )
  const made: Node[] = [facts]
  if (verdict.kind === 'crashed' && verdict.stderr !== '') {
    made.push(
      element('h4', {}, 'The end of its standard error'),
      block(visibleLines(verdict.stderr)),
    )
  }
  if (details === undefined) return made
  if (details.expected.length > 0 || details.seen.length > 0) {
    const table = element(
      'div',
      { className: 'scroll' },
      differenceTable(details.expected, details.seen),
    )
    table.tabIndex = 0
    table.role = 'region'
    table.ariaLabel = 'expected and seen, side by side'
    made.push(table)
  }
  made.push(
    element('h4', {}, 'Reproduce'),
    element(
      'div',
      { className: 'reproduce' },
      element('code', {}, visible(details.reproduce)),
      copyButton(details.reproduce),
    ),
    element(
      'details',
      { className: 'scenario' },
      element('summary', {}, 'Scenario'),
      block(layOutJson(details.scenario, scenarioColumns)),
    ),
  )
  return made
}

/** The details of an item, one of its protocols at a time. */
export function itemDetails(item: PageItem): Node[] {
  const [first] = item.lines
  if (first === undefined) return []
  const panel = element('div', { className: 'panel' }, ...lineDetails(first))
  if (item.lines.length === 1) return [panel]
  const buttons = item.lines.map((line) => {
    const button = element('button', {}, protocolRanges([line.protocol]))
    button.type = 'button'
    button.ariaPressed = String(line === first)
    button.addEventListener('click', () => {
      for (const other of buttons) other.ariaPressed = String(other === button)
      panel.replaceChildren(...lineDetails(line))
    })
    return button
  })
  const group = element('div', { className: 'protocols' }, 'Protocol ', ...buttons)
  group.role = 'group'
  group.ariaLabel = 'Protocol'
  return [group, panel]
}
