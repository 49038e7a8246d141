import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CapturedIo, CouldNotRun, captureIo, WrongUsage } from '../../reports/command.ts'
import {
  createRecordFile,
  type Header,
  recordVersion,
  type VerdictLine,
} from '../../reports/index.ts'
import type { Clause } from '../clauses/index.ts'
import { clausesCommand } from './clauses.ts'
import { explain } from './explain-the-suite.ts'

const clauses: readonly Clause[] = [
  {
    id: 'FAST-01',
    chapter: 'FAST',
    title: 'Fast mode stores nothing in the memo',
    level: 'documented',
    oracle: 'instructions',
    says: 'No PUT is written.',
    source: 'library reference, Pickler.fast',
    since: '3.9',
    until: '3.12',
    boundaries: [
      { id: 'FAST-01/list', says: 'A list.' },
      { id: 'FAST-01/huge', says: 'A huge list.', excluded: 'It takes minutes.' },
    ],
  },
]

const caseFile = {
  title: 'Lists in fast mode',
  clause: 'FAST-01',
  cases: [
    {
      name: 'list',
      why: 'A list is not stored.',
      boundary: 'FAST-01/list',
      scenario: { value: { list: [] }, pickler: { subclass: {}, instance: { fast: true } } },
      expect: { 0: ['MARK', 'LIST', 'STOP'], '1-5': ['EMPTY_LIST', 'STOP'] },
      deviations: [
        {
          engines: ['py'],
          versions: '3.8-3.12',
          protocols: '2-3',
          kind: 'bug',
          because: 'it stores the list',
          link: 'https://example.org/1',
          expect: ['EMPTY_LIST', 'BINPUT 0', 'STOP'],
        },
      ],
    },
    {
      name: 'refused',
      why: 'It cannot be pickled.',
      scenario: {
        value: { function: 'f' },
        functions: [{ name: 'f', found: false }],
        observe: undefined,
      },
      twin: 'list',
      expect: { '*': { refused: 'PicklingError', wrote: '' } },
    },
  ],
}

const header: Header = {
  record: recordVersion,
  picklespec: '0.1.0',
  started: '2026-01-31T12:00:00.000Z',
  machine: { cores: 1, cpu: 'cpu', os: 'os', node: '20' },
  suite: 'ab',
  clauses: [],
  subjects: [],
  absent: [],
}

const line: VerdictLine = {
  case: 'fast/lists/list',
  protocol: 4,
  subject: 'one',
  engine: 'c',
  clause: 'FAST-01',
  chapter: 'FAST',
  level: 'documented',
  positive: true,
  conformance: { kind: 'failed', because: 'the pickles part at byte 2' },
  parity: null,
}

let folder: string
let io: CapturedIo
let root: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'explain-'))
  root = join(folder, 'cases')
  mkdirSync(join(root, 'fast'), { recursive: true })
  writeFileSync(join(root, 'fast', 'lists.json'), JSON.stringify(caseFile))
  const record = createRecordFile(join(folder, 'record.jsonl'))
  for (const one of [header, line, { ...line, case: 'other/file/name', subject: 'two' }]) {
    record.append(one)
  }
  record.close()
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

function told(what: string, record?: string, json = false): string {
  io = captureIo({ cwd: folder })
  expect(explain(io, what, { record, json }, { root, clauses })).toBe(0)
  return io.out()
}

describe('explain', () => {
  test('leads an old name to the new one, and says why one is withdrawn', () => {
    const ledger = {
      renamed: [{ from: 'fast/lists/array', to: 'fast/lists/list', since: '0.2.0' }],
      withdrawn: [{ id: 'fast/lists/gone', since: '0.3.0', because: 'it asked nothing.' }],
      corrected: [],
    }
    const options = { record: undefined, json: false }
    io = captureIo({ cwd: folder })

    expect(explain(io, 'fast/lists/array@p4', options, { root, clauses, ledger })).toBe(0)
    expect(io.err()).toBe('fast/lists/array is called fast/lists/list since 0.2.0\n')
    expect(io.out()).toBe(told('fast/lists/list@p4'))
    expect(() => explain(io, 'fast/lists/gone', options, { root, clauses, ledger })).toThrow(
      'fast/lists/gone is withdrawn since 0.3.0: it asked nothing.',
    )
  })

  test('tells a case by its id, with or without a protocol', () => {
    const shown = told('fast/lists/list')

    expect(shown).toContain('fast/lists/list\n  Lists in fast mode: A list is not stored.\n')
    expect(shown).toContain('  documented, judged by its instructions, from 3.9 to 3.12\n')
    expect(shown).toContain('  FAST-01/list: A list.\n')
    expect(shown).toContain('  at 0\n    MARK\n    LIST\n    STOP\n  at 1-5\n    EMPTY_LIST\n')
    expect(shown).toContain(
      "  CPython's py 3.8-3.12 at 2-3 (bug): it stores the list (https://example.org/1)\n    EMPTY_LIST\n    BINPUT 0\n",
    )
    expect(shown).toContain('reproduce: picklespec run --filter fast/lists/list\n')
    expect(told('fast/lists/list@4')).toBe(shown)
    expect(told('fast/lists/list@p4')).toBe(shown)
  })

  test('shows of a scenario what makes it, and nothing that all have', () => {
    const { scenario } = JSON.parse(told('fast/lists/list', undefined, true))

    expect(JSON.parse(scenario)).toEqual({
      pickler: { subclass: {}, instance: { fast: true } },
      steps: [{ dump: { node: 0, list: [] } }],
    })
  })

  test('tells what is refused, and what was written all the same', () => {
    expect(told('fast/lists/refused')).toContain(
      '  at every protocol\n    refused with PicklingError\n    wrote\n',
    )
  })

  test.each(['FAST-01', 'FAST-01/list'])('tells the clause of %s', (what) => {
    const shown = told(what)

    expect(shown).toContain('FAST-01 Fast mode stores nothing in the memo\n')
    expect(shown).toContain('  FAST-01/list: A list.\n    fast/lists/list\n')
    expect(shown).toContain('    No case: It takes minutes.\n')
    expect(shown).toContain('Other cases: 1\n  fast/lists/refused\n')
  })

  test('tells the answers of a record that concern it', () => {
    expect(told('fast/lists/list', 'record.jsonl')).toContain(
      'Answers\n  From the run of 2026-01-31T12:00:00.000Z, which is incomplete\n  fails: one c at 4\n',
    )
    expect(told('FAST-01', 'record.jsonl')).toContain('  fails: one c at 4; two c at 4\n')
    expect(told('fast/lists/refused', 'record.jsonl')).toContain('  Nobody was asked.\n')
    expect(JSON.parse(told('fast/lists/list', 'record.jsonl', true)).answers).toEqual([line])
  })

  test.each([
    ['fast/list/list', 'fast/lists/list'],
    ['fast-01', 'FAST-01'],
    ['refused', 'fast/lists/refused'],
  ])('of %s says that %s is near', (what, near) => {
    expect(() => told(what)).toThrow(WrongUsage)
    expect(() => told(what)).toThrow(new RegExp(`near to it: ${near},`))
  })

  test('refuses records and case files that cannot be read', () => {
    const wrong = join(folder, 'wrong')
    mkdirSync(join(wrong, 'fast'), { recursive: true })
    writeFileSync(join(wrong, 'fast', 'lists.json'), '{"title": 1}')
    writeFileSync(join(folder, 'bench.json'), '{"bench": 1}')
    const options = { record: undefined, json: false }

    expect(() => told('FAST-01', 'nowhere')).toThrow(CouldNotRun)
    expect(() => told('FAST-01', 'bench.json')).toThrow(CouldNotRun)
    expect(() => explain(io, 'FAST-01', options, { root: wrong })).toThrow('fast/lists.json: ')
  })
})

describe('clauses', () => {
  const run = async (chapter: readonly string[], json = false): Promise<string> => {
    io = captureIo()
    expect(await clausesCommand.run(io, { arguments: {}, options: { chapter, json } })).toBe(0)
    return io.out()
  }

  test('prints the clauses of chapters, each boundary of which has a case or a reason', async () => {
    const shown = await run(['fast', 'RO'])

    expect(shown).toMatch(/^FAST-01 {2}documented {6}instructions +\d+ {2}Fast mode stores/m)
    expect(shown).toMatch(/^ +FAST-01\/list: fast\/[\w/-]+/m)
    expect(shown).toMatch(/^RO-01 /m)
    expect(shown).not.toMatch(/^SAVE-01/m)
    expect(shown).toMatch(/^\d+ boundaries: \d+ with cases, \d+ without for a reason, 0 without$/m)
  })

  test('prints them all as JSON, with every case at its boundaries', async () => {
    const found: { id: string; cases: string[]; boundaries: { id: string; cases: string[] }[] }[] =
      JSON.parse(await run([], true))

    const list = found
      .find(({ id }) => id === 'FAST-01')
      ?.boundaries.find(({ id }) => id === 'FAST-01/list')
    expect(found.length).toBeGreaterThan(300)
    expect(list?.cases.length).toBeGreaterThan(0)
  })

  test('refuses a chapter that is none, and names those that are', async () => {
    await expect(run(['SLOW'])).rejects.toThrow(/found the chapter SLOW, wanted one of .*FAST/)
  })
})
