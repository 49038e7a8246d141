/** Records to test renderers with: one that reads like a real run, and one of any text at all. */

import type { BenchRecord, BenchRow } from '../bench-record.ts'
import type {
  Details,
  Header,
  RecordClause,
  RecordSubject,
  RunRecord,
  Verdict,
  VerdictLine,
} from '../record.ts'
import { Tally } from '../tally.ts'

const passed: Verdict = { kind: 'passed' }

const clauses: readonly RecordClause[] = [
  {
    id: 'SAVE-03',
    chapter: 'SAVE',
    title: 'An object met before is fetched from the memo',
    level: 'documented',
    says: 'An object that the memo holds is written as a fetch of its entry.',
    source: 'library reference, pickle',
  },
  {
    id: 'SAVE-09',
    chapter: 'SAVE',
    title: 'Exact built-in types are asked before the tables',
    level: 'implementation',
    says: { c: 'Built-ins come first.', pure: 'The override comes first.' },
    source: 'measured on CPython 3.8-3.14',
  },
  {
    id: 'PERS-01',
    chapter: 'PERS',
    title: 'None from persistent_id means an ordinary object',
    level: 'documented',
    says: 'An object whose persistent id is None is pickled as usual.',
    source: 'library reference, Pickler.persistent_id',
  },
  {
    id: 'RO-02',
    chapter: 'RO',
    title: 'reducer_override is asked before any table',
    level: 'documented',
    says: 'The method is asked before the dispatch table.',
    source: 'library reference, Pickler.reducer_override',
  },
  {
    id: 'DISP-01',
    chapter: 'DISP',
    title: 'A private table replaces the global one',
    level: 'documented',
    says: 'With the attribute set, the global table is not asked.',
    source: 'library reference, Pickler.dispatch_table',
  },
  {
    id: 'COPYREG-01',
    chapter: 'COPYREG',
    title: 'The global table holds reducers by class',
    level: 'documented',
    says: 'A class in the table is reduced by its function.',
    source: 'library reference, copyreg.pickle',
  },
  {
    id: 'FAST-01',
    chapter: 'FAST',
    title: 'Fast mode stores nothing in the memo',
    level: 'documented',
    says: 'With fast true no PUT, BINPUT, LONG_BINPUT or MEMOIZE is written.',
    source: 'library reference, Pickler.fast',
  },
  {
    id: 'FAST-05',
    chapter: 'FAST',
    title: 'A cycle in fast mode never ends',
    level: 'documented',
    says: 'A self-referential object makes the pickler recurse until RecursionError.',
    source: 'library reference, Pickler.fast',
  },
]

const topics: Readonly<Record<string, string>> = {
  'SAVE-03': 'save/memo/list',
  'SAVE-09': 'save/order/int-with-override',
  'PERS-01': 'pers/none/instance',
  'RO-02': 'ro/precedence/table-too',
  'DISP-01': 'disp/instance/dict',
  'COPYREG-01': 'copyreg/table/point',
  'FAST-01': 'fast/sharing/list',
  'FAST-05': 'fast/cycles/list-in-itself',
}

function python(version: string): RecordSubject {
  const minor = version.split('.').slice(0, 2).join('.')
  return {
    id: `cpython-${version}`,
    profile: {
      name: 'CPython',
      version,
      wordSize: 64,
      language: 'Python',
      runtime: `CPython ${version}`,
      homepage: 'https://www.python.org/',
      issues: 'https://github.com/python/cpython/issues',
      engines: [
        { id: 'c', follows: `cpython-${minor}-c` },
        { id: 'py', follows: `cpython-${minor}-py` },
      ],
      roles: ['pickler', 'load'],
      protocols: [0, 1, 2, 3, 4, 5],
      capabilities: ['trace', 'memo'],
      distinguishes: ['identity'],
    },
  }
}

const subjects: readonly RecordSubject[] = [
  {
    id: 'reference',
    profile: {
      name: 'picklespec',
      version: '0.1.0',
      wordSize: 64,
      language: 'TypeScript',
      runtime: 'Node 20.19.0',
      homepage: 'https://example.org/picklespec',
      issues: 'https://example.org/picklespec/issues',
      engines: [{ id: 'documented', follows: 'documented' }],
      roles: ['pickler', 'load', 'tool'],
      protocols: [0, 1, 2, 3, 4, 5],
      capabilities: ['trace', 'memo'],
      distinguishes: ['identity'],
    },
  },
  python('3.14.2'),
  python('3.13.0'),
  python('3.8.18'),
  {
    id: 'og-rek',
    profile: {
      name: 'og-rek',
      version: '1.2.0',
      wordSize: 64,
      language: 'Go',
      runtime: 'go1.22',
      homepage: 'https://example.org/og-rek',
      issues: 'https://example.org/og-rek/issues',
      engines: [{ id: 'ogórek', follows: null }],
      roles: ['dump', 'load'],
      protocols: [0, 1, 2, 3, 4, 5],
      capabilities: [],
      distinguishes: ['bytes'],
    },
  },
  { id: 'garbage', refused: { kind: 'babbled', found: 'Hello, world!', inCompanyOnly: false } },
]

const header: Header = {
  record: 1,
  picklespec: '0.1.0',
  started: '2026-01-31T12:00:00.000Z',
  machine: { cores: 2, cpu: 'Some CPU at 2.60GHz', os: 'linux 6.1', node: '20.19.0' },
  suite: '5eb63bbbe01eeed093cb22bb8f5acdc3b1f0a1e3f8a74a8a3c0c7d6a2b3e4f50',
  clauses,
  subjects,
  absent: [
    { id: 'pypy3', reason: 'no pypy3 on the path; get it from https://www.pypy.org/' },
    { id: 'cpython-2.7', reason: 'Python 2.7.18 is older than 3.8' },
  ],
}

const sharedList = JSON.stringify({
  scenario: 1,
  module: 'scenario',
  pickler: { init: {}, subclass: null, instance: { fast: true } },
  steps: [{ dump: { list: [{ id: 'a', list: [1] }, { ref: 'a' }] } }],
})

const plain = ['EMPTY_LIST', 'MARK', 'EMPTY_LIST', 'BININT1 1', 'APPEND']

function memoDetails(protocol: number, subject: string): Details {
  const start = protocol >= 4 ? [`PROTO ${protocol}`, 'FRAME 12'] : [`PROTO ${protocol}`]
  const seenStart = protocol >= 4 ? [`PROTO ${protocol}`, 'FRAME 14'] : start
  const put = protocol >= 4 ? 'MEMOIZE' : 'BINPUT 1'
  return {
    title: 'A list met twice is written twice',
    why: 'Fast mode stores nothing, so the second meeting knows nothing of the first.',
    scenario: sharedList,
    expected: [...start, ...plain, 'EMPTY_LIST', 'BININT1 1', 'APPEND', 'APPENDS', 'STOP'],
    seen: [
      ...seenStart,
      ...plain.slice(0, 3),
      put,
      ...plain.slice(3),
      'BINGET 1',
      'APPENDS',
      'STOP',
    ],
    reproduce: `npx picklespec run --subject ${subject} --filter fast/sharing/list --protocol ${protocol}`,
  }
}

/** What went otherwise than well: the rest of the lines passed. */
function verdictsFor(
  clause: RecordClause,
  subject: string,
  engine: string,
  protocol: number,
): Partial<VerdictLine> {
  if (subject === 'og-rek' && clause.chapter !== 'SAVE') {
    const unsupported: Verdict = { kind: 'unsupported', because: 'it has no pickler attributes' }
    return { conformance: unsupported, parity: null }
  }
  if (subject === 'og-rek') {
    return {
      conformance: { kind: 'lossy', because: 'it does not tell tuple from list' },
      parity: null,
    }
  }
  if (clause.id === 'FAST-01' && subject === 'cpython-3.8.18' && engine === 'py' && protocol > 1) {
    const details = memoDetails(protocol, subject)
    const at = details.expected.findIndex((line, index) => details.seen[index] !== line)
    const failed: Verdict = {
      kind: 'failed',
      because: `the instructions part at ${at}`,
      difference: {
        kind: 'instruction',
        step: 1,
        at,
        expected: details.expected[at] ?? null,
        seen: details.seen[at] ?? null,
      },
    }
    return { conformance: failed, parity: failed, details }
  }
  if (clause.id === 'RO-02' && subject === 'cpython-3.13.0' && engine === 'py') {
    return {
      parity: {
        kind: 'failed',
        because: 'hook call 1 is another one',
        difference: {
          kind: 'trace',
          step: 1,
          at: 1,
          expected: 'subclass.reducer_override(p) -> NotImplemented',
          seen: 'instance.dispatch_table[Point](p) -> ~0:tuple',
        },
      },
      isolation: { kind: 'after', case: 'copyreg/table/point' },
      details: {
        title: 'An override beside a table',
        why: 'The override answers first, and NotImplemented hands over to the table.',
        scenario: sharedList,
        expected: ['subclass.reducer_override(p) -> NotImplemented'],
        seen: ['instance.dispatch_table[Point](p) -> ~0:tuple'],
        reproduce: `npx picklespec run --subject ${subject} --filter ro/precedence/table-too --protocol ${protocol}`,
      },
    }
  }
  if (clause.id === 'FAST-05' && engine === 'c') {
    return {
      conformance: { kind: 'failed', because: 'ValueError was raised, RecursionError was wanted' },
      expectedFailure: {
        reason: 'a list inside itself is told from depth 50 on',
        link: 'https://github.com/python/cpython/issues/1062277',
      },
      details: {
        title: 'A list in itself',
        why: 'The memo is what ends the recursion, and there is none.',
        scenario: sharedList,
        expected: ['RecursionError'],
        seen: ["ValueError: fast mode: can't pickle cyclic objects including object type list"],
        reproduce: `npx picklespec run --subject ${subject} --filter fast/cycles/list-in-itself --protocol ${protocol}`,
      },
    }
  }
  if (clause.id === 'FAST-05' && subject === 'cpython-3.14.2' && protocol === 0) {
    return {
      conformance: {
        kind: 'crashed',
        signal: 'SIGSEGV',
        exitCode: null,
        stderr:
          'Fatal Python error: Segmentation fault\n\nCurrent thread (most recent call first):',
        inCompanyOnly: false,
      },
      parity: null,
    }
  }
  return {}
}

const everyTarget = subjects.flatMap((subject) =>
  'profile' in subject
    ? subject.profile.engines.map(({ id }) => ({ subject: subject.id, engine: id }))
    : [],
)

function linesOf(perClause: number): VerdictLine[] {
  return clauses.flatMap((clause) =>
    Array.from({ length: perClause }, (_, variant) =>
      everyTarget.flatMap(({ subject, engine }) =>
        [0, 1, 2, 3, 4, 5].map((protocol): VerdictLine => {
          const topic = topics[clause.id] ?? clause.id
          return {
            case: variant === 0 ? topic : `${topic}-${variant + 1}`,
            protocol,
            subject,
            engine,
            clause: clause.id,
            chapter: clause.chapter,
            level: clause.level,
            positive: clause.id !== 'FAST-05' || variant > 0,
            conformance: clause.level === 'implementation' ? null : passed,
            parity: subject === 'og-rek' ? null : passed,
            ms: 0.4,
            ...(variant === 0 ? verdictsFor(clause, subject, engine, protocol) : {}),
          }
        }),
      ),
    ).flat(),
  )
}

/** Gives the record its footer, as the runner would. */
export function withFooter(record: Omit<RunRecord, 'footer'>): RunRecord {
  const tally = new Tally()
  for (const line of record.verdicts) tally.add(line)
  return { ...record, footer: tally.footer({ stale: [], complete: true, ms: 34_120 }) }
}

/** A run over four Pythons and others, with failures of every manner; larger when asked. */
export function sampleRecord(perClause = 1): RunRecord {
  return withFooter({ header, verdicts: linesOf(perClause) })
}

const workloads = ['deep-list', 'many-instances', 'dispatch-table', 'text-heavy']

function benchRow(
  workload: number,
  operation: BenchRow['operation'],
  target: { readonly subject: string; readonly engine: string },
  ratio: number,
): BenchRow {
  const median = 120_000 * (workload + 1) * ratio
  const spread = 0.03 + 0.02 * workload
  const isBaseline = ratio === 1
  return {
    ...target,
    workload: workloads[workload] ?? 'unnamed',
    operation,
    protocol: 5,
    nsPerCall: {
      samples: 40,
      median,
      low: median * (1 - spread),
      high: median * (1 + spread),
    },
    ratioToBaseline: {
      value: ratio,
      low: isBaseline ? 1 : ratio * (1 - spread),
      high: isBaseline ? 1 : ratio * (1 + spread),
    },
  }
}

/** Ratios of three engines to native C, over four workloads. */
export function sampleBench(): BenchRecord {
  const targets = [
    { subject: 'cpython-3.13.0', engine: 'c', ratio: 1 },
    { subject: 'cpython-3.13.0', engine: 'py', ratio: 34 },
    { subject: 'reference', engine: 'documented', ratio: 7.2 },
    { subject: 'cpython-3.14.2', engine: 'c', ratio: 0.97 },
  ]
  return {
    bench: 1,
    picklespec: '0.1.0',
    started: '2026-01-31T12:10:00.000Z',
    machine: header.machine,
    baseline: { subject: 'cpython-3.13.0', engine: 'c' },
    rows: (['dump', 'load'] as const).flatMap((operation) =>
      workloads.flatMap((_, at) =>
        targets.map(({ ratio, ...target }) =>
          benchRow(at, operation, target, ratio === 1 ? 1 : ratio * (1 + at / 7)),
        ),
      ),
    ),
    noise: { aaRatioLow: 0.96, aaRatioHigh: 1.05 },
    notes: ['The load average was 1.2 when the run began.'],
  }
}

/** A record whose every text is what `text` gives: nothing about it is meant to be sensible. */
export function recordOfTexts(text: () => string): RunRecord {
  const verdicts: readonly Verdict[] = [
    passed,
    {
      kind: 'failed',
      because: text(),
      difference: { kind: 'graph', step: 1, at: text(), expected: text(), seen: null },
    },
    { kind: 'lossy', because: text() },
    { kind: 'unsupported', because: text() },
    { kind: 'crashed', signal: text(), exitCode: null, stderr: text(), inCompanyOnly: true },
    { kind: 'timed-out', afterMs: 500, inCompanyOnly: false },
    { kind: 'out-of-memory', rssMiB: 1024, inCompanyOnly: false },
    { kind: 'babbled', found: text(), inCompanyOnly: false },
    { kind: 'harness-error', message: text() },
  ]
  const subject = text()
  const engine = text()
  const clause = text()
  const chapter = text()
  const record = withFooter({
    header: {
      record: 1,
      picklespec: text(),
      started: '2026-01-31T12:00:00.000Z',
      machine: { cores: 1, cpu: text(), os: text(), node: text() },
      suite: text(),
      clauses: [
        {
          id: clause,
          chapter,
          title: text(),
          level: 'documented',
          says: { c: text(), pure: text() },
          source: text(),
        },
      ],
      subjects: [
        {
          id: subject,
          profile: {
            name: text(),
            version: text(),
            wordSize: 64,
            language: text(),
            runtime: text(),
            homepage: text(),
            issues: text(),
            engines: [{ id: engine, follows: text() }],
            roles: [text()],
            protocols: [0],
            capabilities: [text()],
            distinguishes: [text()],
          },
        },
        { id: text(), refused: { kind: 'babbled', found: text(), inCompanyOnly: false } },
      ],
      absent: [{ id: text(), reason: text() }],
    },
    verdicts: verdicts.flatMap((verdict, at) =>
      [false, true].map(
        (isExpected): VerdictLine => ({
          case: text(),
          protocol: at === 0 ? null : at % 6,
          subject,
          engine: at === 1 ? null : engine,
          clause: at === 2 ? text() : clause,
          chapter,
          level: 'documented',
          positive: true,
          conformance: verdict,
          parity: at === 3 ? null : passed,
          ...(isExpected ? { expectedFailure: { reason: text(), link: text() } } : {}),
          ...(at === 1 ? { isolation: { kind: 'otherwise', signature: text() } } : {}),
          ...(at === 0
            ? {}
            : {
                details: {
                  title: text(),
                  why: text(),
                  scenario: text(),
                  expected: [text(), text()],
                  seen: [text()],
                  reproduce: text(),
                },
              }),
        }),
      ),
    ),
  })
  const stale = (['passes', 'matches-nothing', 'fails-otherwise'] as const).map((because) => ({
    subject,
    case: text(),
    reason: text(),
    because,
  }))
  return record.footer === undefined ? record : { ...record, footer: { ...record.footer, stale } }
}

/** Gives the texts one after the other, and from the first again. */
export function inTurn(texts: readonly string[]): () => string {
  let next = 0
  return () => texts[next++ % texts.length] ?? ''
}
