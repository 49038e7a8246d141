import type { Scenario } from '../conformance/index.ts'
import { type BenchOperation, benchOperations } from '../reports/index.ts'
import type { Workload } from './workloads/workload.ts'

/** The protocol of every pickle: the newest, as pyperformance has it. */
export const benchProtocol = 5

/** What `n` is multiplied by to see how the time grows. */
const growthFactors = [1, 2, 4] as const

/** One workload as it is asked: its scenario, and larger ones of the same kind. */
export type Question = {
  readonly workload: Workload
  readonly operation: BenchOperation
  readonly protocol: number
  /** The scenario that is timed: what is dumped, or whose pickle is loaded. */
  readonly scenario: Scenario
  /** The same and larger ones, one for each factor of growth. */
  readonly sizes: readonly Sized[]
}

export type Sized = { readonly factor: number; readonly size: number; readonly scenario: Scenario }

/**
 * The workloads with content made from a seed, smaller by a divisor where they are only tried: first
 * all dumps, then all loads, or those alone that are wanted.
 */
export function questionsOf(
  workloads: readonly Workload[],
  seed: number,
  {
    divisor = 1,
    operations = benchOperations,
  }: { readonly divisor?: number; readonly operations?: readonly BenchOperation[] } = {},
): readonly Question[] {
  const built = workloads.map((workload) => {
    const least = Math.max(1, Math.round(workload.size / divisor))
    const scenario = workload.build(seed, least)
    const sizes = growthFactors.map((factor): Sized => {
      const size = least * factor
      return { factor, size, scenario: factor === 1 ? scenario : workload.build(seed, size) }
    })
    return { workload, protocol: benchProtocol, scenario, sizes }
  })
  return benchOperations
    .filter((operation) => operations.includes(operation))
    .flatMap((operation) =>
      built
        .filter(({ workload }) => operation === 'dump' || workload.isLoaded)
        .map((question) => ({ ...question, operation })),
    )
}

/** The question in words, `load pickle-list`. */
export const titleOf = ({ operation, workload }: Question): string =>
  `${operation} ${workload.name}`
