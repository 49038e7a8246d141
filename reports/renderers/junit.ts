import { align, firstDifference } from '../align.ts'
import { describePlace, describeVerdict } from '../describe.ts'
import { standingOf } from '../failures.ts'
import { inOrder } from '../in-order.ts'
import {
  type RecordSubject,
  type RunRecord,
  type StaleEntry,
  type Verdict,
  type VerdictLine,
  verdictOf,
} from '../record.ts'
import { visible, visibleLines } from '../visible.ts'
import { describeStale, figuresOf, incompleteness } from './console.ts'
import { blameLines } from './failing-case.ts'

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
])

/** Text for an attribute or an element; what XML forbids is escaped as in a string literal. */
function xml(text: string): string {
  return visible(text).replace(/[&<>"]/g, (character) => entities.get(character) ?? character)
}

function xmlLines(lines: readonly string[]): string {
  return lines.map(xml).join('\n')
}

type Outcome = 'passed' | 'failure' | 'error' | 'skipped'

type TestCase = {
  readonly name: string
  readonly className: string
  readonly seconds: number
  readonly outcome: Outcome
  readonly type: string
  readonly message: string
  readonly text: readonly string[]
}

function disassemblies(line: VerdictLine): string[] {
  if (line.details === undefined) return []
  const rows = align(line.details.expected, line.details.seen)
  const first = firstDifference(rows)
  return [
    line.details.title,
    line.details.why,
    '',
    ...rows.flatMap((row, at) => {
      const mark = at === first ? '→' : ' '
      if (row.isSame) return [`${mark}   ${row.expected}`]
      return [
        ...(row.expected === undefined ? [] : [`${mark} - ${row.expected}`]),
        ...(row.seen === undefined
          ? []
          : [`${row.expected === undefined ? mark : ' '} + ${row.seen}`]),
      ]
    }),
    '',
    line.details.reproduce,
  ]
}

function explanation(line: VerdictLine, clause: string): string[] {
  const verdict = verdictOf(line)
  const judges = (['conformance', 'parity'] as const).flatMap((judge) => {
    const given = line[judge]
    return given === null || given.kind === 'passed'
      ? []
      : [`${judge} ${given.kind}: ${describeVerdict(given)}`]
  })
  return [
    clause,
    ...judges,
    ...(verdict.kind === 'failed' && verdict.difference !== undefined
      ? [`first difference: ${describePlace(verdict.difference)}`]
      : []),
    ...(verdict.kind === 'crashed' ? visibleLines(verdict.stderr) : []),
    ...blameLines(line),
    ...disassemblies(line),
  ]
}

const outcomeOf = {
  passed: 'passed',
  failed: 'failure',
  lossy: 'skipped',
  unsupported: 'skipped',
  crashed: 'error',
  'timed-out': 'error',
  'out-of-memory': 'error',
  babbled: 'error',
  'harness-error': 'error',
} as const satisfies Record<Verdict['kind'], Outcome>

function testCase(line: VerdictLine, clause: string): TestCase {
  const verdict = verdictOf(line)
  const named = {
    name: `${line.case}@${line.protocol ?? 'own'}`,
    className: line.engine === null ? line.subject : `${line.subject}.${line.engine}`,
    seconds: (line.ms ?? 0) / 1000,
  }
  const told = { type: verdict.kind, message: describeVerdict(verdict) }
  const standing = standingOf(line)
  if (standing === 'expected' && line.expectedFailure !== undefined) {
    const { reason, link } = line.expectedFailure
    const message = `expected to fail: ${reason}${link === null ? '' : ` (${link})`}`
    return { ...named, outcome: 'skipped', type: 'expected-failure', message, text: [] }
  }
  if (standing === 'unexpected-pass') {
    const message = `passed, though it is expected to fail: ${line.expectedFailure?.reason ?? ''}`
    return { ...named, outcome: 'failure', type: 'unexpected-pass', message, text: [clause] }
  }
  const outcome = outcomeOf[verdict.kind]
  const isTold = outcome === 'failure' || outcome === 'error'
  return { ...named, ...told, outcome, text: isTold ? explanation(line, clause) : [] }
}

function staleCase(entry: StaleEntry): TestCase {
  return {
    name: `expected failure ${entry.case}`,
    className: entry.subject,
    seconds: 0,
    outcome: 'failure',
    type: 'stale-expected-failure',
    message: describeStale(entry),
    text: [],
  }
}

function refusedCase(subject: RecordSubject): TestCase[] {
  if (!('refused' in subject)) return []
  return [
    {
      name: 'says hello',
      className: subject.id,
      seconds: 0,
      outcome: 'error',
      type: subject.refused.kind,
      message: describeVerdict(subject.refused),
      text: subject.refused.kind === 'crashed' ? visibleLines(subject.refused.stderr) : [],
    },
  ]
}

function renderCase(test: TestCase): string {
  const attributes = `classname="${xml(test.className)}" name="${xml(test.name)}" time="${test.seconds.toFixed(3)}"`
  if (test.outcome === 'passed') return `    <testcase ${attributes}/>`
  const told = `type="${xml(test.type)}" message="${xml(test.message)}"`
  const inner =
    test.outcome === 'skipped'
      ? `<skipped message="${xml(test.type === 'expected-failure' ? test.message : `${test.type}: ${test.message}`)}"/>`
      : `<${test.outcome} ${told}>${xmlLines(test.text)}</${test.outcome}>`
  return `    <testcase ${attributes}>${inner}</testcase>`
}

const howMany = (tests: readonly TestCase[], outcome: Outcome): number =>
  tests.filter((test) => test.outcome === outcome).length

const seconds = (tests: readonly TestCase[]): string =>
  tests.reduce((sum, test) => sum + test.seconds, 0).toFixed(3)

const totals = (tests: readonly TestCase[]): string =>
  `tests="${tests.length}" failures="${howMany(tests, 'failure')}" errors="${howMany(tests, 'error')}" skipped="${howMany(tests, 'skipped')}" time="${seconds(tests)}"`

function properties(subject: RecordSubject | undefined): string[] {
  if (subject === undefined || !('profile' in subject)) return []
  const { name, version, language, runtime } = subject.profile
  const pairs = Object.entries({ name, version, language, runtime }).map(
    ([key, value]) => `      <property name="${key}" value="${xml(value)}"/>`,
  )
  return ['    <properties>', ...pairs, '    </properties>']
}

/**
 * The record as JUnit XML: a testsuite for each subject, a testcase for each case at a protocol,
 * the engine in its class name. Expected failures, lossy and unsupported answers are skipped, each
 * with its reason; passes against expectation and stale entries fail; what has no end has an error.
 */
export function renderJunit(unordered: RunRecord): string {
  const record = inOrder(unordered)
  const { header } = record
  const clauses = new Map(header.clauses.map(({ id, title }) => [id, `${id} ${title}`]))
  const suites = new Map<string, TestCase[]>(
    header.subjects.map((subject) => [subject.id, refusedCase(subject)]),
  )
  const add = (suite: string, test: TestCase): void => {
    const tests = suites.get(suite)
    if (tests === undefined) suites.set(suite, [test])
    else tests.push(test)
  }
  for (const line of record.verdicts) {
    add(line.subject, testCase(line, clauses.get(line.clause) ?? line.clause))
  }
  for (const entry of figuresOf(record).stale) add(entry.subject, staleCase(entry))
  for (const { id, reason } of header.absent) {
    add(id, {
      name: 'is present',
      className: id,
      seconds: 0,
      outcome: 'skipped',
      type: 'absent',
      message: reason,
      text: [],
    })
  }
  const incomplete = incompleteness(record)
  if (incomplete !== undefined) {
    add('picklespec', {
      name: 'the run comes to its end',
      className: 'picklespec',
      seconds: 0,
      outcome: 'error',
      type: 'incomplete',
      message: incomplete,
      text: [],
    })
  }

  const subjects = new Map(header.subjects.map((subject) => [subject.id, subject]))
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="picklespec ${xml(header.picklespec)}" ${totals([...suites.values()].flat())}>`,
    ...[...suites].flatMap(([id, tests]) => [
      `  <testsuite name="${xml(id)}" timestamp="${xml(header.started)}" ${totals(tests)}>`,
      ...properties(subjects.get(id)),
      ...tests.map(renderCase),
      '  </testsuite>',
    ]),
    '</testsuites>',
  ].join('\n')}\n`
}
