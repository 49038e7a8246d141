import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../record.ts'
import { inTurn, recordOfTexts, sampleRecord } from '../testing/sample-record.ts'
import { renderConsole } from './console.ts'
import { displayWidth } from './terminal.ts'

const view = { columns: 100, colour: false }
const record = sampleRecord()
const shown = renderConsole(record, view)

/** The lines from the one that has this text to the next blank one. */
function block(text: string, from = shown): string[] {
  const lines = from.split('\n')
  const start = lines.findIndex((line) => line.includes(text))
  const end = lines.indexOf('', start)
  return start === -1 ? [] : lines.slice(start, end)
}

describe('a run on the console', () => {
  test('has a table of conformance and one of parity, with denominators', () => {
    const conformance = block('Conformance: clauses met')
    const parity = block('Parity: answers equal')

    expect(conformance[1]?.trim().split(/ +/)).toEqual([
      ...['all', 'SAVE', 'PERS', 'RO', 'DISP', 'COPYREG', 'FAST'],
    ])
    expect(conformance.find((line) => line.startsWith('cpython-3.8.18 py'))).toMatch(
      / 5\/7 +1\/1 +1\/1 +1\/1 +1\/1 +1\/1 +0\/2$/,
    )
    expect(parity.find((line) => line.startsWith('cpython-3.8.18 py'))).toMatch(
      / 44\/48 +12\/12 +6\/6 +6\/6 +6\/6 +6\/6 +8\/12$/,
    )
    expect(parity.find((line) => line.startsWith('og-rek'))).toMatch(/^og-rek ogórek( +·){7}$/)
  })

  test('shows a failing case with its clause, both disassemblies and how to reproduce it', () => {
    expect(block('✗ fast/sharing/list')).toEqual([
      '✗ fast/sharing/list',
      '  FAST-01 Fast mode stores nothing in the memo (documented)',
      '  A list met twice is written twice: Fast mode stores nothing, so the second meeting knows nothing',
      '  of the first.',
      '  fails: cpython-3.8.18 py at 2-5',
      '  shown: cpython-3.8.18 py at 2',
      '  conformance and parity failed: the instructions part at 4',
      '  first difference: step 1, instruction 4',
      '  blame: implementation',
      '      expected                                         seen',
      '    0 PROTO 2                                        0 PROTO 2',
      '    1 EMPTY_LIST                                     1 EMPTY_LIST',
      '    2 MARK                                           2 MARK',
      '    3 EMPTY_LIST                                     3 EMPTY_LIST',
      '  →                                                  4 BINPUT 1',
      '    4 BININT1 1                                      5 BININT1 1',
      '    5 APPEND                                         6 APPEND',
      '    6 EMPTY_LIST                                     7 BINGET 1',
      '    7 BININT1 1',
      '    8 APPEND',
      '      … 2 further lines',
      '  reproduce: npx picklespec run --subject cpython-3.8.18 --filter fast/sharing/list --protocol 2',
    ])
  })

  test('shows both sides of a difference that the disassemblies would cut', () => {
    const found = block(
      '✗ ro/precedence/table-too',
      renderConsole(record, { ...view, columns: 60 }),
    )

    expect(found).toContain('    expected  subclass.reducer_override(p) -> NotImplemented')
    expect(found).toContain('    seen      instance.dispatch_table[Point](p) -> ~0:tuple')
  })

  test('shows how a subject died, and the end of what it wrote', () => {
    const found = shown.slice(shown.indexOf('✗ fast/cycles/list-in-itself'))

    expect(found).toContain('conformance crashed: it died of SIGSEGV')
    expect(found).toContain('    Fatal Python error: Segmentation fault\n')
  })

  test('counts expected failures apart, with their reasons', () => {
    const found = block('Expected failures, counted apart').join('\n')

    expect(found.match(/: 6 answers, a list inside itself is told from depth 50 on/g)).toHaveLength(
      3,
    )
    expect(found).toContain('https://github.com/python/cpython/issues/1062277')
  })

  test('names absent and refused subjects with why', () => {
    expect(block('Absent subjects')).toEqual([
      'Absent subjects',
      '  pypy3: no pypy3 on the path; get it from https://www.pypy.org/',
      '  cpython-2.7: Python 2.7.18 is older than 3.8',
    ])
    expect(shown).toContain('  garbage: babbled, it wrote what is no answer: Hello, world!\n')
  })

  test('ends with the figures', () => {
    expect(shown.trimEnd().split('\n').slice(-3)).toEqual([
      'Conformance 41/56 clauses, parity 325/335 answers',
      '307 passed, 10 failed, 1 crashed, 18 failed as expected, 12 lossy, 36 unsupported; 348 answers in',
      '34.1 s',
    ])
  })

  test('shows as many failing cases as asked for, and where the others are', () => {
    const few = renderConsole(record, view, { failures: 1, rest: 'reports/out/index.html' })

    expect(few.match(/^✗/gm)).toHaveLength(1)
    expect(few).toContain('and 2 more failing cases: see reports/out/index.html\n')
    expect(shown).not.toContain('more failing')
  })

  test('has no escape codes without colours, and paints failures red with them', () => {
    expect(shown).not.toContain('\u001b')
    expect(renderConsole(record, { ...view, colour: true })).toContain('\u001b[31m✗\u001b[0m')
  })
})

describe('a run that did not end', () => {
  test('is said to be incomplete, first and last', () => {
    const found = renderConsole({ ...record, footer: undefined }, view)

    expect(found.split('\n')[1]).toMatch(/^This run is incomplete: it has no end/)
    expect(found).toMatch(/\nINCOMPLETE\n$/)
    expect(found).toContain('307 passed, 10 failed')
    expect(shown).not.toMatch(/incomplete/i)
  })

  test('is said to be interrupted when it says so itself', () => {
    const footer = record.footer === undefined ? undefined : { ...record.footer, complete: false }

    expect(renderConsole({ ...record, footer }, view)).toContain('it was interrupted')
  })
})

test('a run of no subjects is shown, and passes against expectation are not silent', () => {
  const [first] = record.verdicts
  if (first === undefined) throw new Error('the sample has no verdicts')
  const passing: RunRecord = {
    header: record.header,
    verdicts: [{ ...first, expectedFailure: { reason: 'a bug of theirs', link: null } }],
    footer: undefined,
  }

  expect(renderConsole(passing, view)).toContain(
    'Passed, though expected to fail\n  save/memo/list: reference documented at 0\n',
  )
  expect(renderConsole({ ...passing, verdicts: [] }, view)).toContain('0 passed, 0 failed')
})

test('whatever the texts, no line is wider than the terminal and none controls it', () => {
  const reproduce = /^ {2}reproduce: /
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { minLength: 1 }),
      fc.integer({ min: 40, max: 140 }),
      (texts, columns) => {
        const found = renderConsole(recordOfTexts(inTurn(texts)), { columns, colour: false })

        for (const line of found.split('\n')) {
          if (!reproduce.test(line)) expect(displayWidth(line)).toBeLessThanOrEqual(columns)
        }
        expect(found.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
      },
    ),
    { numRuns: 60 },
  )
})

test('stale entries of a record of any texts are told', () => {
  const found = renderConsole(
    recordOfTexts(() => 'so'),
    view,
  )

  expect(block('Expected failures that are no longer true', found)).toEqual([
    'Expected failures that are no longer true',
    '  so: so: what it expects to fail passes (its reason: so)',
    '  so: so: it matches no answer of this run (its reason: so)',
    '  so: so: what it expects to fail fails in another way (its reason: so)',
  ])
})
