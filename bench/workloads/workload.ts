import type { Scenario } from '../../conformance/index.ts'

/** What a workload is about; the summary takes `hooks` by themselves. */
export type WorkloadGroup = 'pyperformance' | 'instances' | 'fast' | 'hooks'

/** A reproducible amount of data to time: a scenario with one step, a dump. */
export type Workload = {
  /** Kebab-case, unique. */
  readonly name: string
  readonly group: WorkloadGroup
  /** What it shows that no other workload shows. */
  readonly why: string
  /** What `size` counts, in the plural. */
  readonly counts: string
  /** How many of them are timed. */
  readonly size: number
  /** The canonical scenario of a seed and a size: the same each time. */
  readonly build: (seed: number, size: number) => Scenario
}
