import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseRecord } from './parse-record.ts'
import { formatRecordLine, type RecordLine, type RunRecord } from './record.ts'

/** A record being written; each line is in the file before `append` returns. */
export interface RecordFile {
  readonly append: (line: RecordLine) => void
  readonly close: () => void
}

/** Makes the file anew, with the folders it stands in. */
export function createRecordFile(path: string): RecordFile {
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'w')
  return {
    append: (line) => {
      const bytes = new TextEncoder().encode(formatRecordLine(line))
      let written = 0
      while (written < bytes.length) written += writeSync(file, bytes, written)
    },
    close: () => closeSync(file),
  }
}

/**
 * Reads a record from its file.
 *
 * @throws {RecordError} when it is not one; Node's own error when the file cannot be read
 */
export function readRecordFile(path: string): RunRecord {
  return parseRecord(readFileSync(path, 'utf8'))
}
