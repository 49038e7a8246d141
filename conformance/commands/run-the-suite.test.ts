import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CouldNotRun, captureIo, WrongUsage } from '../../reports/command.ts'
import { readRecordFile } from '../../reports/index.ts'
import { packageFile } from '../package-root.ts'
import { type RunOptions, runTheSuite } from './run-the-suite.ts'
import { subjectsCommand } from './subjects.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** An environment in which no interpreter is found. */
const nowhere = { PATH: '', HOME: '/nowhere' }

const adapter = packageFile('conformance', 'runner', 'misbehaving')
const subject = (name: string, script?: object): string =>
  [process.execPath, join(adapter, `${name}.mjs`), ...(script ? [JSON.stringify(script)] : [])]
    .map((word) => `'${word}'`)
    .join(' ')

const none = ['NONE', 'STOP']

/** A suite of two cases, of which an honest subject answers the first rightly. */
function writeSuite(): string {
  const root = join(folder, 'cases')
  mkdirSync(join(root, 'made'), { recursive: true })
  const made = (name: string, lines: readonly string[]): object => ({
    name,
    why: 'So that there is a case.',
    scenario: { module: name, value: null },
    protocols: '0-1',
    expect: { '0-1': lines },
  })
  const file = {
    title: 'Made for a test',
    clause: 'FAST-01',
    cases: [made('good', none), made('bad', ['NEWTRUE', 'STOP'])],
  }
  writeFileSync(join(root, 'made', 'here.json'), JSON.stringify(file))
  return root
}

const ledger = { ledger: 1, renamed: [], withdrawn: [], corrected: [] }

/** A release that required the good case at protocol 0 alone, when it had another name. */
function writeReleases(): string {
  const root = join(folder, 'releases')
  mkdirSync(root, { recursive: true })
  const renamed = [{ from: 'made/here/fine', to: 'made/here/good', since: '1.1.0' }]
  writeFileSync(join(root, 'ledger.json'), JSON.stringify({ ...ledger, renamed }))
  const cases = [{ id: 'made/here/fine', protocols: [0], digest: '' }]
  const release = { requirements: 1, release: '1.0.0', clauses: [], cases }
  writeFileSync(join(root, '1.0.0.json'), JSON.stringify(release))
  return root
}

function started(options: Partial<RunOptions>, isTTY = false) {
  const io = captureIo({ cwd: folder, env: nowhere, isTTY })
  const all: RunOptions = {
    subject: [subject('honest')],
    filter: [],
    protocol: [],
    suite: undefined,
    shuffle: undefined,
    expectedFailures: undefined,
    updateExpectedFailures: false,
    out: undefined,
    json: false,
    ...options,
  }
  return { io, ended: runTheSuite(io, all, writeSuite(), writeReleases()) }
}

async function ran(options: Partial<RunOptions>, isTTY = false) {
  const { io, ended } = started(options, isTTY)
  return { code: await ended, out: io.out(), err: io.err() }
}

describe('picklespec run', () => {
  test('prints the summary, writes record and reports, and exits 1 with findings', async () => {
    const { code, out, err } = await ran({})

    expect(code).toBe(1)
    expect(out).toContain('2 passed, 2 failed')
    expect(out).toContain('picklespec-out/index.html')
    expect(err).toBe('')
    const record = readRecordFile(join(folder, 'picklespec-out', 'record.jsonl'))
    expect(record.verdicts).toHaveLength(4)
    expect(record.header.clauses.map(({ id }) => id)).toEqual(['FAST-01'])
    expect(record.footer).toMatchObject({ passed: 2, failed: 2, complete: true })
    expect(readFileSync(join(folder, 'picklespec-out', 'index.html'), 'utf8')).toContain(
      'made/here/bad',
    )
  })

  test('exits 0 when all is well', async () => {
    expect((await ran({ filter: ['made/here/good'] })).code).toBe(0)
  })

  test('judges what a release requires, and nothing that came later', async () => {
    const { code, out } = await ran({ suite: '1.0.0' })

    expect(code).toBe(0)
    expect(out).toContain('Judged: what release 1.0.0 of the suite requires.\n')
    const { header, verdicts } = readRecordFile(join(folder, 'picklespec-out', 'record.jsonl'))
    expect(verdicts.map((line) => [line.case, line.protocol])).toEqual([['made/here/good', 0]])
    expect(header.requirements).toBe('1.0.0')
    await ran({})
    const whole = readRecordFile(join(folder, 'picklespec-out', 'record.jsonl')).header
    expect(whole.suite).not.toBe(header.suite)
  })

  test('is led by an old name to the new one, in filters and in what is known to fail', async () => {
    const filtered = await ran({ filter: ['made/here/fine'] })

    expect(filtered.code).toBe(0)
    expect(filtered.err).toBe('made/here/fine is called made/here/good since 1.1.0\n')

    const entry = { case: 'made/here/fine', reason: 'known', link: null, signature: 'x' }
    writeFileSync(
      join(folder, 'known.json'),
      JSON.stringify({ expectedFailures: 1, entries: [entry] }),
    )
    const known = await ran({ expectedFailures: 'known.json' })
    expect(known.err).toBe('made/here/fine is called made/here/good since 1.1.0\n')
    expect(known.out).toContain('2 passed against expectation')
  })

  test('prints the footer as JSON', async () => {
    const { code, out } = await ran({ json: true, protocol: [1], out: 'there' })

    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ passed: 1, failed: 1, executed: 2, complete: true })
    expect(readRecordFile(join(folder, 'there', 'record.jsonl')).verdicts).toHaveLength(2)
  })

  test('exits 3 when nothing was executed', async () => {
    const dead = await ran({ subject: [subject('dies-at-start')] })
    const unable = await ran({ subject: [subject('scripted', { hello: { protocols: [5] } })] })

    expect(dead.code).toBe(3)
    expect(dead.out).toContain('4 crashed')
    expect(unable.code).toBe(3)
    expect(unable.out).toContain('4 unsupported')
  })

  test('shows how far it is on a terminal, and only there', async () => {
    const { err } = await ran({ filter: ['made/here/good'] }, true)

    expect(err).toContain('1 judged, 1 passed, 0 failing')
    expect(err.endsWith('\r\x1b[K')).toBe(true)
  })

  test('writes what fails into a file, and takes it for known when its reasons are given', async () => {
    const expectedFailures = 'known.json'
    const path = join(folder, expectedFailures)

    const update = await ran({ expectedFailures, updateExpectedFailures: true })
    expect(update.code).toBe(1)
    expect(update.err).toContain('known.json: 1 expected failures, 1 of them without a reason yet')

    await expect(ran({ expectedFailures })).rejects.toThrow(CouldNotRun)
    await expect(ran({ expectedFailures })).rejects.toThrow('found "?", wanted a reason')

    writeFileSync(path, readFileSync(path, 'utf8').replace('"?"', '"it is honest, not clever"'))
    const { code, out } = await ran({ expectedFailures })
    expect(code).toBe(0)
    expect(out).toContain('2 failed as expected')

    const changed = await ran({
      expectedFailures,
      subject: [subject('scripted', { steps: { bad: [{}, { bytes: '882e' }] } })],
    })
    expect(changed.code).toBe(1)
    expect(changed.out).toContain('2 passed against expectation')
  })

  test.each<[string, Partial<RunOptions>, typeof WrongUsage | typeof CouldNotRun, string]>([
    [
      'a subject that is none',
      { subject: ['no-such'] },
      WrongUsage,
      'is no subject and no program',
    ],
    ['a filter that means nothing', { filter: ['tag:'] }, WrongUsage, 'found the filter'],
    [
      'a filter and an update',
      { filter: ['made/**'], updateExpectedFailures: true },
      WrongUsage,
      'leave out the filters',
    ],
    [
      'an update without a file',
      { updateExpectedFailures: true },
      WrongUsage,
      'give --expected-failures FILE',
    ],
    ['a release that is none', { suite: '9.9.9' }, WrongUsage, 'wanted one of 1.0.0'],
    [
      'a release and an update',
      { suite: '1.0.0', updateExpectedFailures: true },
      WrongUsage,
      'leave out the filters',
    ],
    ['a filter that matches nothing', { filter: ['nothing/**'] }, CouldNotRun, 'no case matches'],
    ['a file that is not there', { expectedFailures: 'gone.json' }, CouldNotRun, 'gone.json'],
  ])('refuses %s', async (_, options, error, message) => {
    const attempt = ran(options)

    await expect(attempt).rejects.toThrow(error)
    await expect(attempt).rejects.toThrow(message)
  })

  test('leaves a record that says it is not complete when it is interrupted', async () => {
    const interruption = new AbortController()
    const io = { ...captureIo({ cwd: folder, env: nowhere }), signal: interruption.signal }
    setTimeout(() => interruption.abort(), 500)
    const options: RunOptions = {
      subject: [subject('hangs')],
      filter: [],
      protocol: [],
      suite: undefined,
      shuffle: undefined,
      expectedFailures: undefined,
      updateExpectedFailures: false,
      out: 'out',
      json: true,
    }

    expect(await runTheSuite(io, options, writeSuite())).toBe(3)
    expect(readRecordFile(join(folder, 'out', 'record.jsonl')).footer?.complete).toBe(false)
  })
})

describe('picklespec subjects', () => {
  const given = (json: boolean) => ({ arguments: {}, options: { json } })

  test('lists who is here and how to get the others', async () => {
    const io = captureIo({ env: nowhere })

    expect(await subjectsCommand.run(io, given(false))).toBe(0)
    expect(io.out()).toMatch(/^reference {2,}(ready|absent)/m)
    expect(io.out()).toMatch(/^pypy {2,}absent .*pypy\.org/m)
  })

  test('gives programs ids, statuses and reasons', async () => {
    const io = captureIo({ env: nowhere })

    expect(await subjectsCommand.run(io, given(true))).toBe(0)
    const rows: unknown = JSON.parse(io.out())
    expect(rows).toContainEqual({
      id: 'cpython',
      status: 'absent',
      reason: expect.stringContaining('python3'),
    })
  })
})
