import { readFileSync } from 'node:fs'
import { type PickleToLoad, packageFile } from '../../conformance/index.ts'
import type { JsonObject } from '../json.ts'

/** A question that somebody put, such as one that tells a mutant which no other told. */
export type PickedQuestion = {
  /** What it is there for. */
  readonly why: string
} & (
  | {
      readonly scenario: JsonObject
      /** 0, 2 and 4 unless said. */
      readonly protocols?: readonly number[]
    }
  | { readonly load: PickleToLoad }
)

/** The questions of `picked.jsonl`, one on each line. */
export function readPicked(): PickedQuestion[] {
  const lines = readFileSync(packageFile('fuzz', 'corpus', 'picked.jsonl'), 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line): PickedQuestion => JSON.parse(line))
}
