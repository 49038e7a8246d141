import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inTurn, recordOfTexts, sampleRecord } from '../testing/sample-record.ts'
import {
  type ExplainedAnswers,
  type ExplainedCase,
  type ExplainedClause,
  renderCaseExplanation,
  renderClauseExplanation,
  renderClauseTable,
} from './explain.ts'
import { displayWidth } from './terminal.ts'

const view = { columns: 80, colour: false }

const clause: ExplainedClause = {
  id: 'FAST-01',
  chapter: 'FAST',
  title: 'Fast mode stores nothing in the memo',
  level: 'documented',
  says: { c: 'No PUT is written.', pure: 'No PUT at all is written.' },
  source: 'library reference, Pickler.fast',
  oracle: 'instructions',
  releases: 'since 3.9',
  latitude: 'Framing is free.',
  boundaries: [
    { id: 'FAST-01/list', says: 'A list.', cases: ['fast/sharing/list', 'fast/sharing/more'] },
    { id: 'FAST-01/huge', says: 'A huge list.', cases: [], excluded: 'It takes minutes.' },
    { id: 'FAST-01/set', says: 'A set.', cases: [] },
  ],
  cases: ['fast/sharing/list', 'fast/sharing/more', 'fast/sharing/other'],
  code: ['reference/pickler/memoize.ts:12', 'reference/behaviours.ts:34'],
  mutant: 'pickler/memoize.ts:memoize:negate-condition:0001',
  isBinding: true,
}

const one: ExplainedCase = {
  id: 'fast/sharing/list',
  title: 'Sharing',
  why: 'The second meeting knows nothing of the first.',
  clause,
  boundaries: ['FAST-01/list'],
  scenario: '{"pickler":{"instance":{"fast":true}},"steps":[{"dump":{"list":[1]}}]}',
  expectations: [
    { title: 'at 0', lines: ['MARK', 'LIST', 'STOP'] },
    { title: 'at 1-5', lines: ['EMPTY_LIST', 'STOP'] },
  ],
  deviations: [
    { title: "CPython's py at 2 (bug): it is", link: 'https://example.org/1', lines: ['NONE'] },
  ],
  reproduce: 'picklespec run --filter fast/sharing/list',
}

const answers: ExplainedAnswers = {
  from: 'the run of yesterday',
  lines: sampleRecord().verdicts.filter((line) => line.case === 'fast/sharing/list'),
}

describe('a case explained', () => {
  test('has its rule, question, expectations and how to ask it', () => {
    expect(renderCaseExplanation(one, undefined, view).split('\n')).toEqual([
      'fast/sharing/list',
      '  Sharing: The second meeting knows nothing of the first.',
      '',
      'FAST-01 Fast mode stores nothing in the memo',
      '  documented, judged by its instructions, since 3.9',
      '  Accelerated: No PUT is written. Pure: No PUT at all is written.',
      '  Latitude: Framing is free.',
      '  Source: library reference, Pickler.fast',
      '  FAST-01/list: A list.',
      '',
      'Scenario',
      '  {',
      '    "pickler": { "instance": { "fast": true } },',
      '    "steps": [{ "dump": { "list": [1] } }]',
      '  }',
      '',
      'Expected',
      '  at 0',
      '    MARK',
      '    LIST',
      '    STOP',
      '  at 1-5',
      '    EMPTY_LIST',
      '    STOP',
      '',
      'Known to do otherwise',
      "  CPython's py at 2 (bug): it is (https://example.org/1)",
      '    NONE',
      '',
      'reproduce: picklespec run --filter fast/sharing/list',
      '',
    ])
  })

  test('has who answered how, and both sides of the first that fails', () => {
    const shown = renderCaseExplanation(one, answers, view)

    expect(shown).toContain('\n  From the run of yesterday\n  fails: cpython-3.8.18 py at 2-5\n')
    expect(shown).toContain('  unsupported: og-rek ogórek at 0-5\n')
    expect(shown).toMatch(/ {2}→ +4 BINPUT 1\n/)
    expect(shown).toContain('  passes: reference documented at 0-5; cpython-3.14.2 c at 0-5;')
  })

  test('says when nobody was asked', () => {
    expect(renderCaseExplanation(one, { from: 'x', lines: [] }, view)).toContain(
      'Nobody was asked.',
    )
  })
})

describe('a clause explained', () => {
  test('has its boundaries with their cases, and why some have none', () => {
    expect(renderClauseExplanation(clause, answers, view).split('\n').slice(6, 29)).toEqual([
      'Boundaries: 3',
      '  FAST-01/list: A list.',
      '    fast/sharing/list',
      '    fast/sharing/more',
      '  FAST-01/huge: A huge list.',
      '    No case: It takes minutes.',
      '  FAST-01/set: A set.',
      '    No case.',
      '',
      'Other cases: 1',
      '  fast/sharing/other',
      '',
      'A mutant that no other case tells',
      '  pickler/memoize.ts:memoize:negate-condition:0001',
      '',
      'Carried out by',
      '  reference/pickler/memoize.ts:12',
      '  reference/behaviours.ts:34',
      '',
      'Answers',
      '  From the run of yesterday',
      '  fails: cpython-3.8.18 py at 2-5',
      '  unsupported: og-rek ogórek at 0-5',
    ])
  })

  test('names the cases that fail', () => {
    expect(renderClauseExplanation(clause, answers, view)).toContain(
      '\nFailing cases\n  fast/sharing/list: cpython-3.8.18 py at 2-5\n',
    )
  })

  test('says where it is said in detail', () => {
    const short = { ...clause, restates: ['FAST-02', 'FAST-03'] }

    expect(renderClauseExplanation(short, undefined, view)).toContain(
      '\n  In detail: FAST-02, FAST-03\n  Source: ',
    )
  })

  test('names the mutant that others tell, too, where there is no other', () => {
    const { mutant: _, ...untold } = clause
    const told = { ...untold, code: [], toldMutant: 'pickler/save.ts:save:drop-statement:0002' }

    expect(renderClauseExplanation(told, undefined, view)).toContain(
      '\nA mutant that these cases tell\n  pickler/save.ts:save:drop-statement:0002\n',
    )
  })

  test('says how many cases that are about others tell its mutant, too', () => {
    const wider = { ...clause, code: [], mutantBesides: 2 }

    expect(renderClauseExplanation(wider, undefined, view)).toContain(
      '\nA mutant that these cases tell, and 2 more that exercise the clause\n  pickler/',
    )
    expect(renderClauseTable([wider], { ...view, columns: 120 })).toContain(
      ':0001, told by 2 more that exercise the clause\n',
    )
  })

  test('says why it has no case', () => {
    const excluded = { ...clause, boundaries: [], cases: [], excluded: 'Nobody can ask.' }

    expect(renderClauseExplanation(excluded, undefined, view)).toContain(
      '\n  No case: Nobody can ask.\n',
    )
  })
})

test('the table of clauses counts cases and what is missing, apart from what is excluded', () => {
  const { mutant: _, ...untold } = clause
  const bare = { ...untold, id: 'FAST-02', boundaries: [], cases: [], code: [] }
  const told = {
    ...untold,
    id: 'FAST-04',
    boundaries: [],
    toldMutant: 'a:b:0002',
    code: ['a.ts:1'],
  }
  const excluded = { ...bare, id: 'FAST-03', excluded: 'Nobody can ask.' }

  expect(
    renderClauseTable([clause, bare, excluded, told], { ...view, columns: 90 }).split('\n'),
  ).toEqual([
    'clause   level           oracle        cases  title',
    'FAST-01  documented      instructions     3  Fast mode stores nothing in the memo',
    '         FAST-01/list: fast/sharing/list and 1 more',
    '         FAST-01/huge: no case: It takes minutes.',
    '         FAST-01/set: no case',
    '         mutant: pickler/memoize.ts:memoize:negate-condition:0001, told by no other case',
    '         code: reference/pickler/memoize.ts:12 and 1 more',
    'FAST-02  documented      instructions     0  Fast mode stores nothing in the memo',
    'FAST-03  documented      instructions     0  Fast mode stores nothing in the memo',
    '         no case: Nobody can ask.',
    'FAST-04  documented      instructions     3  Fast mode stores nothing in the memo',
    '         mutant: a:b:0002, told by these cases',
    '         code: a.ts:1',
    '',
    '4 clauses: 2 with cases, 1 without for a reason, 1 without',
    '3 boundaries: 1 with cases, 1 without for a reason, 1 without',
    '2 with cases: 2 with a mutant that these tell',
    '3 documented or of the format: 1 with a mutant that no case tells but those that exercise',
    'them; none for FAST-02, FAST-04',
    '',
  ])
})

test('whatever the texts, no line is wider than the terminal', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { minLength: 1 }),
      fc.integer({ min: 40, max: 120 }),
      (texts, columns) => {
        const text = inTurn(texts)
        const random: ExplainedClause = {
          ...clause,
          title: text(),
          says: text(),
          source: text(),
          latitude: text(),
          excluded: text(),
          boundaries: clause.boundaries.map((one) => ({ ...one, says: text() })),
        }
        const all: ExplainedAnswers = { from: text(), lines: recordOfTexts(text).verdicts }
        const narrow = { columns, colour: false }
        const lines = [
          renderClauseExplanation(random, all, narrow),
          renderCaseExplanation(
            { ...one, title: text(), why: text(), scenario: text(), clause: random },
            all,
            narrow,
          ),
          renderClauseTable([random], narrow),
        ].flatMap((shown) => shown.split('\n'))

        for (const line of lines) {
          if (!/^ *reproduce: /.test(line)) expect(displayWidth(line)).toBeLessThanOrEqual(columns)
          expect(line).not.toMatch(/\p{Cc}/u)
        }
      },
    ),
    { numRuns: 50 },
  )
})
