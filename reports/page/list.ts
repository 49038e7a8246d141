import { describeVerdict, protocolRanges, targetName } from '../describe.ts'
import type { Standing } from '../failures.ts'
import type { PageItem } from '../page-filter.ts'
import { verdictOf } from '../record.ts'
import { visible } from '../visible.ts'
import { itemDetails } from './details.ts'
import { element } from './dom.ts'

const labels = {
  failing: 'failing',
  'unexpected-pass': 'passed',
  expected: 'expected',
  lossy: 'lossy',
  unsupported: 'unsupported',
  passed: 'passed',
} as const satisfies Record<Standing, string>

function badge(item: PageItem): HTMLElement {
  const [line] = item.lines
  const kind = line === undefined ? 'failed' : verdictOf(line).kind
  const text = item.standing === 'failing' && kind !== 'failed' ? kind : labels[item.standing]
  return element('span', { className: `badge ${item.standing}` }, text)
}

/** One item, closed; its details are made when it is opened first. */
export function itemElement(item: PageItem): HTMLLIElement {
  const [first] = item.lines
  if (first === undefined) return element('li')
  const because = describeVerdict(verdictOf(first))
  const summary = element(
    'summary',
    {},
    badge(item),
    element('code', { className: 'case' }, visible(first.case)),
    element('span', { className: 'target' }, visible(targetName(first))),
    element(
      'span',
      { className: 'at-protocols', title: 'protocols' },
      protocolRanges(item.lines.map((line) => line.protocol)),
    ),
    element(
      'span',
      { className: 'because' },
      element('b', {}, visible(first.clause.id)),
      ` ${visible(because === '' ? first.clause.title : because)}`,
    ),
  )
  const details = element('details', { className: 'item' }, summary)
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(...itemDetails(item))
  })
  return element('li', {}, details)
}
