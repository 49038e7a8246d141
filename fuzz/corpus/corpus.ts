import { readFileSync } from 'node:fs'
import {
  expectedLoad,
  expectedRun,
  type Observable,
  type PickleToLoad,
  packageFile,
  parseScenario,
  type SetOrders,
} from '../../conformance/index.ts'
import { writeAtomically } from '../../reports/index.ts'
import type { JsonObject } from '../json.ts'
import { digestOf, toldLoad, toldSteps } from './told.ts'

/** A question, and a digest of all that an interpreter answered. */
export type Recorded = {
  /** What the question is there for, when it is none of chance. */
  readonly why?: string
  /** The profile that the engine follows. */
  readonly profile: string
  readonly digest: string
} & (
  | {
      readonly scenario: JsonObject
      /** null for a scenario with its own. */
      readonly protocol: number | null
      /** How the engine had its sets. */
      readonly orders?: SetOrders
    }
  | { readonly load: PickleToLoad; readonly world: 'symbols' | 'names'; readonly wordSize?: 32 }
)

/** What engines are asked to observe. */
export const observedForCorpus: readonly Observable[] = ['trace', 'orders', 'memo', 'writes']

const corpusPath = (): string => packageFile('fuzz', 'corpus', 'answers.jsonl')

export function readCorpus(): Recorded[] {
  const lines = readFileSync(corpusPath(), 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line): Recorded => JSON.parse(line))
}

/** A line for each, so that a change is one of few lines. */
export function writeCorpus(entries: readonly Recorded[]): void {
  writeAtomically(corpusPath(), entries.map((one) => `${JSON.stringify(one)}\n`).join(''))
}

/** What the reference says to a recorded question, as a digest. */
export function referenceDigest(one: Recorded): string {
  if ('load' in one) {
    return digestOf(toldLoad(expectedLoad(one.load, one.profile, one.world, one.wordSize ?? 64)))
  }
  const { orders, profile, protocol } = one
  const scenario = parseScenario(one.scenario)
  const result = expectedRun(scenario, profile, protocol, observedForCorpus, { orders })
  return 'steps' in result ? digestOf(toldSteps(result.steps)) : ''
}
