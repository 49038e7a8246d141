import { readFileSync } from 'node:fs'
import { packageFile } from '../../conformance/index.ts'
import { type Mutant, mutantOf, sight } from './find-mutants.ts'
import type { TypeScript } from './typescript.ts'

/** A mistake that somebody could make, which no operator makes. */
export type HandWritten = {
  readonly name: string
  /** Below `reference`. */
  readonly file: string
  /** Stands once in the file. */
  readonly find: string
  readonly instead: string
  readonly clause: string
  /** What is wrong about it. */
  readonly why: string
}

export function readHandWritten(): readonly HandWritten[] {
  return JSON.parse(readFileSync(packageFile('fuzz', 'mutants', 'hand-written.json'), 'utf8'))
}

/**
 * The mutants written by hand.
 *
 * @throws {RangeError} for one whose text does not stand once in its file
 */
export function handWrittenMutants(
  ts: TypeScript,
  sources: ReadonlyMap<string, string>,
  written: readonly HandWritten[],
): Mutant[] {
  return written.map(({ name, file, find, instead }) => {
    const path = `reference/${file}`
    const text = sources.get(path) ?? ''
    const count = text.split(find).length - 1
    if (count !== 1) {
      throw new RangeError(
        `hand-written.json, ${name}: found ${JSON.stringify(find)} ${count} times in ${path}, wanted it once`,
      )
    }
    const start = text.indexOf(find)
    const edit = { start, end: start + find.length, text: instead }
    const sighted = sight(ts, path, text)
    return { ...mutantOf(sighted, edit, 'hand-written', ''), id: `hand-written:${name}` }
  })
}
