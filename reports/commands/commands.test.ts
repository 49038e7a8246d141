import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formatBenchRecord } from '../bench-record.ts'
import { type CapturedIo, type Command, CouldNotRun, captureIo, WrongUsage } from '../command.ts'
import { formatRecordLine, type RunRecord } from '../record.ts'
import { sampleBench, sampleRecord, withFooter } from '../testing/sample-record.ts'
import { commands } from './index.ts'

let folder: string
let io: CapturedIo

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'))
  io = captureIo({ cwd: folder })
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function command(name: string): Command {
  const found = commands.find((one) => one.name === name)
  if (found === undefined) throw new Error(`there is no command ${name}`)
  return found
}

function save(name: string, record: RunRecord): void {
  const { header, verdicts, footer } = record
  const lines = [header, ...verdicts, ...(footer === undefined ? [] : [footer])]
  writeFileSync(join(folder, name), lines.map(formatRecordLine).join(''))
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

describe('report', () => {
  const report = (
    record: readonly string[],
    options: Readonly<Record<string, string | boolean>> = {},
  ) =>
    command('report').run(io, {
      arguments: { record },
      options: {
        ...{ format: undefined, out: undefined, readme: undefined, json: false },
        ...options,
      },
    })

  test('makes the page in its usual place', async () => {
    save('run.jsonl', sampleRecord())

    expect(await report(['run.jsonl'])).toBe(0)

    expect(io.out()).toBe(`${join(folder, 'reports/out/index.html')}\n`)
    expect(read('reports/out/index.html')).toMatch(/^<!doctype html>/)
  })

  test('makes what is asked for, where it is asked for', async () => {
    save('run.jsonl', sampleRecord())
    writeFileSync(join(folder, 'bench.json'), formatBenchRecord(sampleBench()))

    await report(['run.jsonl', 'bench.json'], {
      format: 'html, junit,markdown',
      out: 'x',
      json: true,
    })

    expect(JSON.parse(io.out())).toEqual({
      written: ['index.html', 'junit.xml', 'results.md'].map((name) => join(folder, 'x', name)),
    })
    expect(read('x/index.html')).toContain('many-instances')
  })

  test('makes the page of a benchmark alone', async () => {
    writeFileSync(join(folder, 'bench.json'), formatBenchRecord(sampleBench()))

    expect(await report(['bench.json'])).toBe(0)

    const page = read('reports/out/index.html')
    expect(page).toContain('picklespec: benchmarks')
    expect(page).not.toContain('<script')
  })

  test('prints the run on the console, and puts its results into a document', async () => {
    save('run.jsonl', sampleRecord())
    writeFileSync(join(folder, 'README.md'), 'a\n<!-- results -->\n<!-- /results -->\nb\n')

    await report(['run.jsonl'], { format: 'console', readme: 'README.md' })

    expect(io.out()).toContain('✗ fast/sharing/list')
    expect(io.out()).toContain(`\n${join(folder, 'README.md')}\n`)
    expect(read('README.md')).toMatch(
      /^a\n<!-- results -->\n\| subject [\s\S]*<!-- \/results -->\nb\n$/,
    )
  })

  test('makes nothing but the document when it is told of nothing else', async () => {
    save('run.jsonl', sampleRecord())
    writeFileSync(join(folder, 'README.md'), '<!-- results -->\n<!-- /results -->\n')

    await report(['run.jsonl'], { readme: 'README.md' })

    expect(io.out()).toBe(`${join(folder, 'README.md')}\n`)
    expect(() => read('reports/out/index.html')).toThrow('ENOENT')
  })

  test('makes one report of several records', async () => {
    const { header, verdicts } = sampleRecord()
    const half = (isFirst: boolean): RunRecord =>
      withFooter({
        header,
        verdicts: verdicts.filter((line) => (line.protocol ?? 0) < 3 === isFirst),
      })
    save('low.jsonl', half(true))
    save('high.jsonl', half(false))

    await report(['low.jsonl', 'high.jsonl'], { format: 'console' })

    expect(io.out()).toContain('307 passed, 10 failed')
  })

  test.each([
    ['a format that is none', ['run.jsonl'], { format: 'html,pdf' }, WrongUsage, '"pdf"'],
    ['no run record', ['bench.json'], { format: 'junit' }, WrongUsage, 'no run record'],
    ['two bench records', ['run.jsonl', 'bench.json', 'bench.json'], {}, WrongUsage, '2 bench'],
    ['an answer twice', ['run.jsonl', 'run.jsonl'], {}, WrongUsage, 'twice'],
    ['a file that is not there', ['nowhere'], {}, CouldNotRun, 'nowhere'],
    [
      'a document without a place',
      ['run.jsonl'],
      { readme: 'plain.md' },
      CouldNotRun,
      'plain.md: ',
    ],
    ['no document', ['run.jsonl'], { readme: 'none.md' }, CouldNotRun, 'none.md'],
  ])('refuses %s and writes nothing', async (_, record, options, kind, message) => {
    save('run.jsonl', sampleRecord())
    writeFileSync(join(folder, 'bench.json'), formatBenchRecord(sampleBench()))
    writeFileSync(join(folder, 'plain.md'), 'plain')

    const outcome = report(record, options)

    await expect(outcome).rejects.toThrow(kind)
    await expect(outcome).rejects.toThrow(message)
    expect(() => read('reports/out/index.html')).toThrow('ENOENT')
  })
})

describe('compare', () => {
  const compare = (older: string, newer: string, json = false) =>
    command('compare').run(io, { arguments: { old: older, new: newer }, options: { json } })

  beforeEach(() => {
    const { header, verdicts } = sampleRecord()
    save('run.jsonl', sampleRecord())
    save(
      'fixed.jsonl',
      withFooter({
        header,
        verdicts: verdicts.map((line) =>
          line.case === 'fast/sharing/list'
            ? { ...line, conformance: { kind: 'passed' }, parity: { kind: 'passed' } }
            : line,
        ),
      }),
    )
    writeFileSync(join(folder, 'bench.json'), formatBenchRecord(sampleBench()))
  })

  test('is fine when something passes that did not', async () => {
    expect(await compare('run.jsonl', 'fixed.jsonl')).toBe(0)
    expect(io.out()).toContain(
      'fast/sharing/list: cpython-3.8.18 py at 2-5 (was failing, is passed)',
    )
  })

  test('has findings when something fails that did not', async () => {
    expect(await compare('fixed.jsonl', 'run.jsonl', true)).toBe(1)

    const found = JSON.parse(io.out())
    expect(Object.keys(found)).toEqual([
      ...['newly-failing', 'newly-passing', 'otherwise', 'new', 'gone'],
    ])
    expect(found['newly-failing']).toHaveLength(4)
    expect(found['newly-failing'][0]).toEqual({
      case: 'fast/sharing/list',
      protocol: 2,
      subject: 'cpython-3.8.18',
      engine: 'py',
      clause: 'FAST-01',
      before: 'passed',
      after: 'failing',
      verdict: expect.objectContaining({ kind: 'failed' }),
    })
  })

  test('refuses what is no run record', async () => {
    await expect(compare('run.jsonl', 'bench.json')).rejects.toThrow(WrongUsage)
    await expect(compare('run.jsonl', 'nowhere')).rejects.toThrow(CouldNotRun)
  })
})
