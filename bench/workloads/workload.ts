import type { Scenario } from '../../conformance/index.ts'

/** What a workload is about; the summary takes `hooks` by themselves. */
export type WorkloadGroup = 'pyperformance' | 'instances' | 'fast' | 'hooks'

/** A reproducible amount of data to time: a scenario with one step, a dump, whose pickle is loaded. */
export type Workload = {
  /** Kebab-case, unique. */
  readonly name: string
  readonly group: WorkloadGroup
  /** What it shows that no other workload shows. */
  readonly why: string
  /** What `size` counts, in the plural. */
  readonly counts: string
  /**
   * Its pickle is loaded, too; not where it is that of another workload, or where it wants an
   * unpickler of its own.
   */
  readonly isLoaded: boolean
  /** How many of them are timed. */
  readonly size: number
  /** The canonical scenario of a seed and a size: the same each time. */
  readonly build: (seed: number, size: number) => Scenario
}
