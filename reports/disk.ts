import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type BenchRecord, formatBenchRecord } from './bench-record.ts'
import { CouldNotRun } from './command.ts'
import { isBenchRecord, parseBenchRecord } from './parse-bench-record.ts'
import { parseRecord, RecordError } from './parse-record.ts'
import { formatRecordLine, type RecordLine, type RunRecord } from './record.ts'
import { renderBenchHtml, renderHtml } from './renderers/html.ts'
import { renderJunit } from './renderers/junit.ts'
import { renderMarkdown } from './renderers/markdown.ts'
import { ShapeError } from './shape.ts'

/** A record being written; each line is in the file before `append` returns. */
export interface RecordFile {
  readonly append: (line: RecordLine) => void
  readonly close: () => void
}

function writeAll(file: number, text: string): void {
  const bytes = new TextEncoder().encode(text)
  let written = 0
  while (written < bytes.length) written += writeSync(file, bytes, written)
}

/** Makes the file anew, with the folders it stands in. */
export function createRecordFile(path: string): RecordFile {
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'w')
  return {
    append: (line) => writeAll(file, formatRecordLine(line)),
    close: () => closeSync(file),
  }
}

/** The absolute path of what a user named in a folder. */
export function pathFrom(folder: string, path: string): string {
  return resolve(folder, path)
}

/**
 * Reads a record from its file.
 *
 * @throws {RecordError} when it is not one; Node's own error when the file cannot be read
 */
export function readRecordFile(path: string): RunRecord {
  return parseRecord(readFileSync(path, 'utf8'))
}

/**
 * Reads a text that a user named.
 *
 * @throws {CouldNotRun} with the path, when it cannot be read
 */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CouldNotRun(`${path} cannot be read: ${why}`, { cause })
  }
}

/** What a file of results holds. */
export type ResultsFile =
  | { readonly is: 'run'; readonly record: RunRecord }
  | { readonly is: 'bench'; readonly bench: BenchRecord }

/** Whether the text is one JSON document that says it is a bench record; a run record is many. */
function isBench(text: string): boolean {
  try {
    return isBenchRecord(JSON.parse(text))
  } catch {
    return false
  }
}

/**
 * Reads a run record or a bench record that a user named.
 *
 * @throws {CouldNotRun} with the path, when it cannot be read or is neither
 */
export function readResultsFile(path: string): ResultsFile {
  const text = readText(path)
  try {
    return isBench(text)
      ? { is: 'bench', bench: parseBenchRecord(text) }
      : { is: 'run', record: parseRecord(text) }
  } catch (error) {
    if (error instanceof RecordError || error instanceof ShapeError) {
      throw new CouldNotRun(`${path} is no record: ${error.message}`, { cause: error })
    }
    throw error
  }
}

/** The names that a run record and a bench record have in the folder where reports are made. */
export const recordFile = 'record.jsonl'
export const benchFile = 'bench.json'

/** What stands in a folder under a name; undefined where nothing does, or what is no record. */
function readBeside(folder: string, name: string): ResultsFile | undefined {
  const path = join(folder, name)
  if (!existsSync(path)) return undefined
  try {
    return readResultsFile(path)
  } catch (error) {
    // What cannot be read is nothing to report of; whoever names it is told why.
    if (error instanceof CouldNotRun) return undefined
    throw error
  }
}

/** The bench record in a folder; undefined where there is none that can be read. */
export function readBenchBeside(folder: string): BenchRecord | undefined {
  const found = readBeside(folder, benchFile)
  return found?.is === 'bench' ? found.bench : undefined
}

/** The run record in a folder; undefined where there is none that can be read. */
export function readRecordBeside(folder: string): RunRecord | undefined {
  const found = readBeside(folder, recordFile)
  return found?.is === 'run' ? found.record : undefined
}

/**
 * Writes a whole file or nothing: whoever reads the path sees what was there before or what is
 * there now, never a part. Makes the folders it stands in.
 */
export function writeAtomically(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.draft`)
  try {
    const file = openSync(draft, 'w')
    try {
      writeAll(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** The reports that are files, by the name a user gives each. */
export const reportFormats = ['html', 'junit', 'markdown'] as const

export type ReportFormat = (typeof reportFormats)[number]

const reports = {
  html: { file: 'index.html', render: renderHtml },
  junit: { file: 'junit.xml', render: renderJunit },
  markdown: { file: 'results.md', render: renderMarkdown },
} as const satisfies Record<
  ReportFormat,
  { readonly file: string; readonly render: (record: RunRecord, bench?: BenchRecord) => string }
>

/**
 * Writes the reports of a record into a folder, with the benchmark where one is given; gives back
 * the paths, one a format.
 */
export function writeReports(
  folder: string,
  record: RunRecord,
  wanted: { readonly formats?: readonly ReportFormat[]; readonly bench?: BenchRecord } = {},
): string[] {
  return (wanted.formats ?? reportFormats).map((format) => {
    const { file, render } = reports[format]
    const path = join(folder, file)
    writeAtomically(path, render(record, wanted.bench))
    return path
  })
}

/**
 * Writes the page of a benchmark into a folder, together with the run whose record stands there;
 * gives back its path.
 */
export function writeBenchPage(folder: string, bench: BenchRecord): string {
  const record = readRecordBeside(folder)
  const path = join(folder, reports.html.file)
  writeAtomically(path, record === undefined ? renderBenchHtml(bench) : renderHtml(record, bench))
  return path
}

/** Writes a bench record under its usual name, and the page; gives back both paths. */
export function writeBenchReport(folder: string, bench: BenchRecord): string[] {
  const path = join(folder, benchFile)
  writeAtomically(path, formatBenchRecord(bench))
  return [path, writeBenchPage(folder, bench)]
}
