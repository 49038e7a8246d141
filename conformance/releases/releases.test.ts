import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { captureIo, WrongUsage } from '../../reports/command.ts'
import { type Case, parseCaseFile } from '../cases/index.ts'
import { clauses } from '../clauses/index.ts'
import { exportCommand } from '../commands/export.ts'
import { packageFile } from '../package-root.ts'
import { loadSuite } from '../runner/suite.ts'
import {
  brokenPromises,
  formatRequirements,
  type Ledger,
  loadLedger,
  loadRequirements,
  ReleaseError,
  releaseNames,
  renamedTo,
  requiredCases,
  requirementsOf,
} from './index.ts'
import { parseLedger } from './ledger.ts'
import { parseRequirements } from './requirements.ts'

const ids = clauses.map(({ id }) => id)

/** Cases made for a test; `change` is laid over the first. */
function casesWith(change: object = {}, clause = 'FAST-01'): readonly Case[] {
  const made = (name: string): object => ({
    name,
    why: 'So that there is a case.',
    value: null,
    protocols: '0-1',
    expect: { '0-1': ['NONE', 'STOP'] },
  })
  const cases = [{ ...made('first'), ...change }, made('second')]
  return parseCaseFile({ title: 'Made for a test', clause, cases }, 'made/here').cases
}

const none: Ledger = { renamed: [], withdrawn: [], corrected: [] }
const released = requirementsOf('1.0.0', ['FAST-01', 'FAST-02'], casesWith())
const known = ['FAST-01', 'FAST-02', 'FAST-03']

const broken = (
  cases: readonly Case[],
  ledger: Partial<Ledger> = {},
  clauseIds: readonly string[] = known,
): string[] => brokenPromises([released], { ...none, ...ledger }, { cases, clauses: clauseIds })

const renamed = (from: string, to: string) => ({ from, to, since: '1.1.0' })

describe('the suite at hand', () => {
  const cases = loadSuite().cases.map((one) => one.case)

  test('keeps what each of its releases promises', () => {
    const releases = releaseNames().map((name) => loadRequirements(name))

    expect(releases.map(({ release }) => release)).toEqual(releaseNames())
    expect(releases[0]?.release).toBe('0.1.0')
    expect(releases[0]?.cases.length).toBeGreaterThan(2000)
    expect(
      brokenPromises(releases, loadLedger(), { cases, clauses: ids }),
      'as long as a release is not out, its file may be written anew: export --requirements',
    ).toEqual([])
  })

  test('cannot lose a case, or give it another name, unseen', () => {
    const [first, ...others] = cases
    const releases = [loadRequirements('0.1.0')]
    const losing = (left: readonly Case[]) =>
      brokenPromises(releases, none, { cases: left, clauses: ids })

    expect(losing(others)).toEqual([
      `0.1.0 has ${first?.id}, which is gone: enter in the ledger what it is called now, or why it is withdrawn`,
    ])
    const other = first === undefined ? [] : [{ ...first, id: `${first.id}-2` }]
    expect(losing([...other, ...others])).toEqual(losing(others))
  })

  test('has a ledger as its schema wants it', () => {
    const schema: object = JSON.parse(
      readFileSync(packageFile('conformance', 'releases', 'ledger.schema.json'), 'utf8'),
    )
    const validate = new Ajv2020({ strict: true }).compile(schema)
    const text = readFileSync(packageFile('conformance', 'releases', 'ledger.json'), 'utf8')

    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true)
    expect(validate({ ledger: 1, renamed: [{}], withdrawn: [], corrected: [] })).toBe(false)
  })
})

describe('a promise', () => {
  test('is kept by cases that are added', () => {
    const more = casesWith({ name: 'third' }).slice(0, 1)

    expect(broken([...casesWith(), ...more])).toEqual([])
  })

  test.each<[string, readonly Case[], Partial<Ledger>, string | undefined]>([
    ['a case that is gone', casesWith().slice(1), {}, '1.0.0 has made/here/first, which is gone'],
    [
      'one that is withdrawn',
      casesWith().slice(1),
      { withdrawn: [{ id: 'made/here/first', since: '1.1.0', because: 'x' }] },
      undefined,
    ],
    [
      'one that was withdrawn before',
      casesWith().slice(1),
      { withdrawn: [{ id: 'made/here/first', since: '1.0.0', because: 'x' }] },
      'which is gone',
    ],
    [
      'a name that is another',
      casesWith({ name: 'one' }),
      {},
      'has made/here/first, which is gone',
    ],
    [
      'one that is entered',
      casesWith({ name: 'one' }),
      { renamed: [renamed('made/here/first', 'made/here/one')] },
      undefined,
    ],
    [
      'one that was changed twice',
      casesWith({ name: 'one' }),
      {
        renamed: [
          renamed('made/here/first', 'made/here/a'),
          renamed('made/here/a', 'made/here/one'),
        ],
      },
      // The name between was never published.
      'the ledger renames made/here/a, which no release has',
    ],
    [
      'an answer that is another',
      casesWith({ expect: { '0-1': ['NEWTRUE', 'STOP'] } }),
      {},
      '1.0.0 asks or expects something else in made/here/first',
    ],
    ['a question that is another', casesWith({ value: 1 }), {}, 'asks or expects something else'],
    [
      'one that was wrong',
      casesWith({ value: 1 }),
      { corrected: [{ id: 'made/here/first', since: '1.1.0', because: 'x' }] },
      undefined,
    ],
    [
      'a protocol that is not asked any more',
      casesWith({ protocols: '1', expect: { '1': ['NONE', 'STOP'] } }),
      { corrected: [{ id: 'made/here/first', since: '1.1.0', because: 'x' }] },
      '1.0.0 asks made/here/first at protocol 0, it is no more',
    ],
  ])('is held by %s', (_, cases, ledger, message) => {
    const found = broken(cases, ledger)

    if (message === undefined) expect(found).toEqual([])
    else expect(found).toEqual([expect.stringContaining(message)])
  })

  test('is about clauses, too', () => {
    expect(broken(casesWith(), {}, ['FAST-01'])).toEqual([
      expect.stringContaining('1.0.0 has FAST-02, which is gone'),
    ])
    const ledger = { renamed: [renamed('FAST-02', 'FAST-03')] }
    expect(broken(casesWith(), ledger, ['FAST-01', 'FAST-03'])).toEqual([])
  })

  test.each<[string, Partial<Ledger>, string]>([
    [
      'a name that no release has',
      { renamed: [renamed('x', 'made/here/first')] },
      'no release has',
    ],
    [
      'a name that is there',
      { renamed: [renamed('made/here/first', 'made/here/second')] },
      'a name is never used twice',
    ],
    [
      'a withdrawn case that is there',
      { withdrawn: [{ id: 'made/here/first', since: '1.1.0', because: 'x' }] },
      'is withdrawn, which is there',
    ],
    [
      'a corrected case that is none',
      { corrected: [{ id: 'made/here/x', since: '1.1.0', because: 'x' }] },
      'made/here/x was corrected, which is no case',
    ],
  ])('cannot be got round by %s', (_, ledger, message) => {
    expect(broken(casesWith(), ledger)).toContainEqual(expect.stringContaining(message))
  })

  test('cannot be got round by a name that leads nowhere, or to two', () => {
    const first = 'made/here/first'
    const cases = casesWith().slice(1)

    expect(broken(cases, { renamed: [renamed(first, 'made/here/x')] })).toContainEqual(
      `the ledger renames ${first} to made/here/x, which is not there`,
    )
    const twice = [renamed(first, 'made/here/second'), renamed(first, 'FAST-01')]
    expect(broken(cases, { renamed: twice })).toContain(`the ledger renames ${first} twice`)
  })
})

describe('requirements', () => {
  test('are read as they were written', () => {
    expect(parseRequirements(formatRequirements(released))).toEqual(released)
  })

  test('choose cases by the names and at the protocols of their release', () => {
    const [one, ...others] = casesWith({
      name: 'one',
      protocols: '0-2',
      expect: { '0-2': ['NONE', 'STOP'] },
    })
    const ledger = { ...none, renamed: [renamed('made/here/first', 'made/here/one')] }
    const third = casesWith({ name: 'third' }).slice(0, 1)

    const required = requiredCases(released, ledger, [...(one ? [one] : []), ...others, ...third])

    expect(required.map(({ id, protocols }) => [id, protocols])).toEqual([
      ['made/here/one', [0, 1]],
      ['made/here/second', [0, 1]],
    ])
  })

  test('are printed for the release that is about to come out', async () => {
    const io = captureIo()
    const given = (requirements: string | undefined, vectors?: string) => ({
      arguments: {},
      options: { requirements, vectors },
    })

    expect(await exportCommand.run(io, given('0.9.0'))).toBe(0)
    expect(parseRequirements(io.out())).toMatchObject({ release: '0.9.0', clauses: ids })
    await expect(exportCommand.run(io, given('next'))).rejects.toThrow(WrongUsage)
    await expect(exportCommand.run(io, given(undefined))).rejects.toThrow(WrongUsage)
    await expect(exportCommand.run(io, given('0.9.0', 'x'))).rejects.toThrow(WrongUsage)
  })

  test('of a release that there is not are refused', () => {
    expect(() => loadRequirements('0.0.0')).toThrow(ReleaseError)
    expect(() => loadRequirements('../package')).toThrow('wanted one of 0.1.0')
  })
})

describe('a ledger', () => {
  test.each([
    ['{', 'this is not JSON'],
    ['{"ledger":2,"renamed":[],"withdrawn":[],"corrected":[]}', '$.ledger'],
    [
      '{"ledger":1,"renamed":[{"from":"a","to":"b","since":"x"}],"withdrawn":[],"corrected":[]}',
      'since',
    ],
    [
      '{"ledger":1,"renamed":[],"withdrawn":[{"id":"a","since":"1.0.0","because":""}],"corrected":[]}',
      'because',
    ],
  ])('%s is none', (source, message) => {
    expect(() => parseLedger(source)).toThrow(ReleaseError)
    expect(() => parseLedger(source)).toThrow(message)
  })

  test('follows names to the end, and a circle no further than round', () => {
    const ledger = {
      ...none,
      renamed: [renamed('a', 'b'), { ...renamed('b', 'c'), since: '1.2.0' }],
    }

    expect(renamedTo(ledger, 'a')).toEqual({ from: 'a', to: 'c', since: '1.2.0' })
    expect(renamedTo(ledger, 'c')).toBeUndefined()
    expect(renamedTo({ ...none, renamed: [renamed('a', 'b'), renamed('b', 'a')] }, 'a')?.to).toBe(
      'a',
    )
  })
})
