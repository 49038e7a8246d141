import type { BenchRecord } from '../bench-record.ts'
import { CouldNotRun, defineCommand, type ExitCode, type Io, WrongUsage } from '../command.ts'
import {
  pathFrom,
  type ReportFormat,
  readResultsFile,
  readText,
  reportFormats,
  writeAtomically,
  writeBenchPage,
  writeReports,
} from '../disk.ts'
import { MergeError, mergeRecords } from '../merge.ts'
import type { RunRecord } from '../record.ts'
import { renderConsole } from '../renderers/console.ts'
import { MarkdownError, renderMarkdown, replaceResults } from '../renderers/markdown.ts'
import { terminalView } from '../renderers/terminal.ts'

const formats = [...reportFormats, 'console'] as const

type Format = (typeof formats)[number]

const isFile = (format: Format): format is ReportFormat => format !== 'console'

function readFormats(text: string): Format[] {
  return text.split(',').map((name) => {
    const format = formats.find((one) => one === name.trim())
    if (format === undefined) {
      throw new WrongUsage(`found the format "${name}", wanted ${formats.join(', ')}`)
    }
    return format
  })
}

function merged(records: readonly RunRecord[]): RunRecord {
  try {
    return mergeRecords(records)
  } catch (error) {
    if (error instanceof MergeError) throw new WrongUsage(error.message, { cause: error })
    throw error
  }
}

function readmeWith(path: string, record: RunRecord): string {
  try {
    return replaceResults(readText(path), renderMarkdown(record))
  } catch (error) {
    if (error instanceof MarkdownError) {
      throw new CouldNotRun(`${path}: ${error.message}`, { cause: error })
    }
    throw error
  }
}

/** Says which files were written. */
function tell(io: Io, written: readonly string[], isJson: boolean): ExitCode {
  io.stdout.write(
    isJson
      ? `${JSON.stringify({ written }, undefined, 2)}\n`
      : written.map((path) => `${path}\n`).join(''),
  )
  return 0
}

/** Makes reports of what a run left behind. */
export const report = defineCommand({
  name: 'report',
  summary: 'make reports from run records, and from a bench record besides',
  arguments: { record: { kind: 'many', summary: 'files left behind by run and bench' } },
  options: {
    format: {
      kind: 'text',
      value: 'LIST',
      summary: `what to make: ${formats.join(', ')}; html unless said`,
    },
    out: { kind: 'text', value: 'DIR', summary: 'where to put files; reports/out unless said' },
    readme: {
      kind: 'text',
      value: 'FILE',
      summary:
        'put the table of results between the markers of FILE, and make nothing else unless said',
    },
    json: { kind: 'flag', summary: 'print the paths written as JSON' },
  },
  examples: [
    ['picklespec report reports/out/record.jsonl', 'writes reports/out/index.html'],
    [
      'picklespec report record.jsonl bench.json --format html,junit --out site',
      'writes site/index.html with the benchmarks in it, and site/junit.xml',
    ],
    [
      'picklespec report reports/out/record.jsonl --format console --readme README.md',
      'prints the run and puts its results into the README',
    ],
  ],
  run: async (io, { arguments: { record: paths }, options }) => {
    const isReadmeAlone = options.readme !== undefined && options.format === undefined
    const wanted = isReadmeAlone ? [] : readFormats(options.format ?? 'html')
    const found = paths.map((path) => readResultsFile(pathFrom(io.cwd, path)))
    const benches = found.flatMap((one): BenchRecord[] => (one.is === 'bench' ? [one.bench] : []))
    const [bench, ...others] = benches
    if (others.length > 0) {
      throw new WrongUsage(`found ${benches.length} bench records, wanted one at most`)
    }
    const runs = found.flatMap((one): RunRecord[] => (one.is === 'run' ? [one.record] : []))
    const folder = pathFrom(io.cwd, options.out ?? 'reports/out')
    if (runs.length === 0) {
      if (bench === undefined || options.readme !== undefined || options.format !== undefined) {
        throw new WrongUsage('found no run record, wanted one or more')
      }
      return tell(io, [writeBenchPage(folder, bench)], options.json)
    }
    const record = merged(runs)

    const readme = options.readme === undefined ? undefined : pathFrom(io.cwd, options.readme)
    const readmeText = readme === undefined ? '' : readmeWith(readme, record)
    const written = writeReports(folder, record, {
      formats: wanted.filter(isFile),
      ...(bench === undefined ? {} : { bench }),
    })
    if (readme !== undefined) {
      writeAtomically(readme, readmeText)
      written.push(readme)
    }
    if (wanted.includes('console') && !options.json) {
      io.stdout.write(renderConsole(record, terminalView(io)))
    }
    return tell(io, written, options.json)
  },
})
