import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { packageFile } from '../../conformance/index.ts'
import { type CapturedIo, CouldNotRun, captureIo, WrongUsage } from '../../reports/command.ts'
import { readBenchBeside } from '../../reports/index.ts'
import { Expectations } from '../expected.ts'
import { questionsOf } from '../questions.ts'
import { workloads } from '../workloads/index.ts'
import { type BenchEffort, type BenchOptions, runBench, seed } from './run-bench.ts'

const folder = mkdtempSync(join(tmpdir(), 'bench-'))
afterAll(() => rmSync(folder, { recursive: true }))

const quick: BenchEffort = {
  budgetMs: 0,
  leastRounds: 2,
  mostRounds: 2,
  warmUpMs: 0.001,
  sampleMs: 0.001,
  samples: 2,
  divisor: 10,
  hereMs: 1,
}

/** Where no Python is found. */
const nowhere = { PATH: '', HOME: folder, PYENV_ROOT: folder }
const settingsFile = join(folder, 'settings.json')
const subject = `${process.execPath} ${packageFile('bench', 'fixtures', 'adapter.mjs')} ${settingsFile}`

const hashOf = (scenario: object): string =>
  createHash('sha256').update(JSON.stringify(scenario)).digest('hex')

/** The pickles that are right and what they load to, by the hash of their scenario. */
const pickles = Object.fromEntries(
  questionsOf(workloads, seed, { divisor: quick.divisor }).flatMap(
    ({ sizes, protocol, operation }) =>
      sizes.map(({ scenario }) => {
        const found = new Expectations().of(scenario, 'documented', protocol, operation)
        if ('because' in found) throw new Error(found.because)
        return [hashOf(scenario), [found.sha256, found.bytes, found.graph]] as const
      }),
  ),
)

function setUp(more: object = {}): void {
  const follows = { one: 'documented', two: 'documented' }
  const ns = { one: 1000, two: 2000 }
  const settings = { engines: ['one', 'two'], follows, ns, pickles, ...more }
  writeFileSync(settingsFile, JSON.stringify(settings))
}

beforeEach(() => setUp())

async function bench(
  more: Partial<BenchOptions> = {},
): Promise<{ readonly code: number; readonly io: CapturedIo }> {
  const io = captureIo({ cwd: folder, env: nowhere })
  const options: BenchOptions = {
    subject: [subject],
    workload: ['pickle-list'],
    target: 'dump',
    baseline: undefined,
    gate: undefined,
    out: '.',
    json: false,
    ...more,
  }
  return { code: await runBench(io, options, quick), io }
}

test('a run prints its table, says how noisy it was, and leaves its record and page', async () => {
  const { code, io } = await bench()

  expect(code).toBe(0)
  expect(io.out()).toContain('dump pickle-list: 5 pairs of lists')
  expect(io.out()).toMatch(/ two +2,000 \[2,000, 2,000\] .* 2\.00 \[2\.00, 2\.00\]/)
  expect(io.out()).toContain('held against itself gave 1.00 to 1.00')
  expect(io.err()).toBe('')
  const record = readBenchBeside(folder)
  expect(record?.rows.map(({ engine, nsPerCall }) => [engine, nsPerCall.median])).toEqual([
    ['one', 1000],
    ['two', 2000],
  ])
})

test('as JSON it prints one document', async () => {
  const { io } = await bench({ json: true, workload: ['pickle-list', 'dispatch-table-copyreg'] })

  const told: unknown = JSON.parse(io.out())
  expect(told).toMatchObject({
    summary: { dump: null, hooks: null, load: null },
    noise: { low: 1, high: 1 },
    results: [{ engine: 'one' }, { engine: 'two', ratio: { value: 2 } }, {}, {}],
    losses: [],
  })
})

test('the gate passes what is as fast as before, and fails what is slower', async () => {
  await bench({ out: 'before' })
  const gated = { baseline: 'before/bench.json', gate: '5%' }

  const same = await bench(gated)
  setUp({ ns: { one: 1000, two: 2200 } })
  const slower = await bench(gated)
  const accepted = await bench({ ...gated, gate: '15%' })
  const told = await bench({ baseline: 'before/bench.json' })

  expect(same.code).toBe(0)
  expect(same.io.out()).toContain('Nothing is more than 5.00 % slower for sure.')
  expect(slower.code).toBe(1)
  expect(slower.io.out()).toMatch(/More than 5\.00 % slower.*\n.* two dump pickle-list: 1\.10 /)
  expect(accepted.code).toBe(0)
  expect(told.code).toBe(0)
})

test.each([
  ['writes otherwise', 'it wrote another pickle than its profile does: 276 other bytes'],
  ['refuses', 'no such thing here'],
  ['dies', 'it crashed with exit code 7'],
])('an engine that %s has no time, which is a finding', async (spoil, because) => {
  setUp({ spoils: { two: spoil } })

  const { code, io } = await bench()

  expect(code).toBe(1)
  expect(io.out()).toMatch(new RegExp(`Not timed: .* two, dump pickle-list: ${because}`))
  expect(io.out()).toMatch(/ one +1,000/)
  expect(readBenchBeside(folder)?.rows.map(({ engine }) => engine)).toEqual(['one'])
})

test('loads are timed where dumps are, and come after them', async () => {
  const { code, io } = await bench({ target: undefined })

  expect(code).toBe(0)
  expect(io.out()).toMatch(/dump pickle-list: 5 pairs of lists.*\nload pickle-list: 5 pairs/s)
  const rows = readBenchBeside(folder)?.rows ?? []
  expect(rows.map(({ operation, engine }) => `${operation} ${engine}`)).toEqual([
    'dump one',
    'dump two',
    'load one',
    'load two',
  ])
})

test.each([
  ['loads otherwise', /it loaded something else than its profile does: .*, wanted .*/],
  ['says nothing', /it does not say what it loaded/],
])('the load of an engine that %s has no time, which is a finding', async (spoil, because) => {
  setUp({ spoils: { two: spoil } })

  const { code, io } = await bench({ target: 'load' })

  expect(code).toBe(1)
  expect(io.out()).toMatch(new RegExp(`Not timed: .* two, load pickle-list: ${because.source}`))
  expect(readBenchBeside(folder)?.rows.map(({ engine }) => engine)).toEqual(['one'])
})

test('of a subject that cannot say what it loaded only dumps are timed', async () => {
  setUp({ capabilities: [] })

  const { code, io } = await bench({ target: undefined })

  expect(code).toBe(0)
  expect(io.out()).toContain('two: its adapter does not say what it loaded')
  expect(readBenchBeside(folder)?.rows.map(({ operation }) => operation)).toEqual(['dump', 'dump'])
})

test('an engine whose pickles nobody can judge is not timed, and is no finding', async () => {
  setUp({ follows: { one: 'documented' } })

  const { code, io } = await bench()

  expect(code).toBe(0)
  expect(io.out()).toContain('two: it follows no profile')
})

test('a baseline that cannot be timed ends the run', async () => {
  setUp({ spoils: { one: 'refuses' } })

  await expect(bench()).rejects.toThrow(CouldNotRun)
  await expect(bench()).rejects.toThrow('was not timed twice on anything\n  no such thing here')
})

test('a subject that cannot time says so', async () => {
  setUp({ roles: ['dump'] })

  await expect(bench()).rejects.toThrow('nobody here can be timed')
  await expect(bench()).rejects.toThrow('its adapter does not time')
})

test.each([
  [{ workload: ['nonsense'] }, '"nonsense" is no workload'],
  [{ target: 'nonsense' }, 'found the target "nonsense", wanted dump or load'],
  [{ target: 'load', workload: ['dispatch-table'] }, 'these workloads are not loaded'],
  [{ subject: ['nonsense'] }, '"nonsense" is no subject'],
  [{ gate: '5%' }, '--gate needs --baseline'],
  [{ gate: '5', baseline: 'x' }, 'found the gate "5", wanted a percentage'],
])('%j is wrong usage', async (options, message) => {
  await expect(bench(options)).rejects.toThrow(WrongUsage)
  await expect(bench(options)).rejects.toThrow(message)
})

test('a baseline that is no record, or of other things, cannot be compared with', async () => {
  writeFileSync(join(folder, 'no-record.json'), '{}')
  await bench({ out: 'others', workload: ['pickle-dict'] })

  await expect(bench({ baseline: 'no-record.json' })).rejects.toThrow(CouldNotRun)
  await expect(bench({ baseline: 'nowhere.json' })).rejects.toThrow('cannot be read')
  await expect(bench({ baseline: 'others/bench.json' })).rejects.toThrow(
    'nothing can be compared with the baseline',
  )
})

test('who interrupts a run ends it', async () => {
  const io = captureIo({
    cwd: folder,
    env: nowhere,
    signal: AbortSignal.timeout(300),
  })
  const none = { target: undefined, baseline: undefined, gate: undefined }
  const options = { subject: [subject], workload: [], ...none }
  const long = { ...quick, mostRounds: 1000, leastRounds: 1000 }

  await expect(runBench(io, { ...options, out: '.', json: false }, long)).rejects.toThrow(
    CouldNotRun,
  )
})
