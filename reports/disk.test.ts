import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formatBenchRecord } from './bench-record.ts'
import { CouldNotRun } from './command.ts'
import {
  pathFrom,
  readBenchBeside,
  readRecordBeside,
  readResultsFile,
  writeAtomically,
  writeBenchReport,
  writeReports,
} from './disk.ts'
import { formatRecordLine } from './record.ts'
import { sampleBench, sampleRecord } from './testing/sample-record.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('a file written atomically', () => {
  test('is whole, in folders made for it, and leaves no draft', () => {
    const path = join(folder, 'a', 'b', 'index.html')

    writeAtomically(path, 'first')
    writeAtomically(path, 'naïve')

    expect(readFileSync(path, 'utf8')).toBe('naïve')
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['index.html'])
  })

  test('replaces the file and never opens it: a reader keeps what it has', () => {
    const path = join(folder, 'index.html')
    writeAtomically(path, 'first')
    const { ino } = statSync(path)

    writeAtomically(path, 'second')

    expect(statSync(path).ino).not.toBe(ino)
  })

  test('leaves everything as it was when it cannot be put in its place', () => {
    const path = join(folder, 'taken')
    mkdirSync(path)
    writeFileSync(join(path, 'kept'), 'kept')

    expect(() => writeAtomically(path, 'text')).toThrow()

    expect(readdirSync(folder)).toEqual(['taken'])
    expect(readFileSync(join(path, 'kept'), 'utf8')).toBe('kept')
  })
})

describe('the files of a run', () => {
  test('are written as asked for, all unless said', () => {
    expect(writeReports(folder, sampleRecord())).toEqual(
      ['index.html', 'junit.xml', 'results.md'].map((name) => join(folder, name)),
    )
    expect(writeReports(join(folder, 'x'), sampleRecord(), { formats: ['junit'] })).toEqual([
      join(folder, 'x', 'junit.xml'),
    ])
    expect(readFileSync(join(folder, 'results.md'), 'utf8')).toContain('| cpython-3.8.18 py |')
  })

  test('hold the benchmarks when there are any', () => {
    writeReports(folder, sampleRecord(), { bench: sampleBench() })

    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('many-instances')
  })
})

describe('the files of a benchmark', () => {
  const page = (): string => readFileSync(join(folder, 'index.html'), 'utf8')

  test('are its record and a page of its own', () => {
    expect(writeBenchReport(folder, sampleBench())).toEqual(
      ['bench.json', 'index.html'].map((name) => join(folder, name)),
    )

    expect(readResultsFile(join(folder, 'bench.json'))).toEqual({
      is: 'bench',
      bench: sampleBench(),
    })
    expect(page()).toContain('picklespec: benchmarks')
  })

  test('share the page with the run that stands in the folder, whichever came first', () => {
    const { header, verdicts } = sampleRecord()
    writeFileSync(
      join(folder, 'record.jsonl'),
      [header, ...verdicts].map(formatRecordLine).join(''),
    )
    writeBenchReport(folder, sampleBench())
    const first = page()

    const bench = readBenchBeside(folder)
    writeReports(
      folder,
      { ...sampleRecord(), footer: undefined },
      bench === undefined ? {} : { bench },
    )

    expect(first).toContain('many-instances')
    expect(first).toContain('id="answers"')
    expect(page()).toBe(first)
  })

  test('stand alone beside what is no record', () => {
    writeFileSync(join(folder, 'record.jsonl'), 'nonsense')
    writeBenchReport(folder, sampleBench())
    expect(page()).toContain('picklespec: benchmarks')

    writeFileSync(join(folder, 'bench.json'), 'nonsense')
    expect(readBenchBeside(folder)).toBeUndefined()
    expect(readRecordBeside(folder)).toBeUndefined()
    expect(readBenchBeside(join(folder, 'nowhere'))).toBeUndefined()
  })
})

describe('results that a user names', () => {
  const write = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }

  test('are told apart by what they hold', () => {
    const record = sampleRecord()
    const { header, verdicts } = record
    const run = write('run', [header, ...verdicts].map(formatRecordLine).join(''))
    const bench = write('bench', formatBenchRecord(sampleBench()))
    const short = write('short', JSON.stringify(sampleBench()))
    const begun = write('begun', formatRecordLine(header))

    expect(readResultsFile(run)).toEqual({ is: 'run', record: { ...record, footer: undefined } })
    expect(readResultsFile(bench)).toEqual({ is: 'bench', bench: sampleBench() })
    expect(readResultsFile(short).is).toBe('bench')
    expect(readResultsFile(begun)).toMatchObject({ is: 'run', record: { verdicts: [] } })
  })

  test.each([
    ['nothing', '', 'is no record: line 1: there is no header'],
    ['another text', 'hello\n', 'is no record: line 1: this is not JSON'],
    ['another document', '{"a": 1}\n', 'is no record: line 1: $: found neither'],
    ['a bench record of the future', '{"bench": 2}', 'is no record: $.bench: found 2'],
  ])('are refused with the path for %s', (_, text, message) => {
    const path = write('odd', text)

    expect(() => readResultsFile(path)).toThrow(CouldNotRun)
    expect(() => readResultsFile(path)).toThrow(`${path} ${message}`)
  })

  test('are refused when there is no such file', () => {
    expect(() => readResultsFile(join(folder, 'nowhere'))).toThrow(CouldNotRun)
    expect(() => readResultsFile(folder)).toThrow(CouldNotRun)
  })

  test('are found from the folder the user is in', () => {
    expect(pathFrom(folder, 'run')).toBe(join(folder, 'run'))
    expect(pathFrom('elsewhere', folder)).toBe(folder)
  })
})
