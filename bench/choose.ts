import { inAdvance, type KnownSubject } from '../conformance/index.ts'
import type { Workload } from './workloads/workload.ts'

/** The user named a workload that is none. */
export class WorkloadError extends Error {
  override readonly name = 'WorkloadError'
}

/** What is timed unless somebody names workloads: of the routes of instances the first. */
const isOfEveryDay = ({ group, name }: Workload): boolean =>
  group !== 'instances' || name === 'instances-default'

/**
 * The workloads that a user names, in their own order: one by its name, several by how their names
 * begin (`dispatch-table`), every one by `all`; those of every day without names.
 *
 * @throws {WorkloadError} for a name that is none of these
 */
export function chooseWorkloads(
  names: readonly string[],
  all: readonly Workload[],
): readonly Workload[] {
  if (names.length === 0) return all.filter(isOfEveryDay)
  if (names.includes('all')) return all
  const isNamed = (workload: Workload, name: string): boolean =>
    workload.name === name || workload.name.startsWith(`${name}-`)
  for (const name of names) {
    if (all.some((workload) => isNamed(workload, name))) continue
    const known = all.map((workload) => workload.name).join(', ')
    throw new WorkloadError(`${JSON.stringify(name)} is no workload; workloads are ${known}`)
  }
  // An exact name stands for itself alone, even if others begin with it.
  const isExact = (name: string): boolean => all.some((workload) => workload.name === name)
  return all.filter((workload) =>
    names.some((name) => (isExact(name) ? workload.name === name : isNamed(workload, name))),
  )
}

/**
 * Who is timed when nobody is named: the reference, and the newest native CPython, else the embedded
 * one that is out.
 */
export function defaultSubjects(known: readonly KnownSubject[]): readonly string[] {
  const ready = known.filter(({ status }) => status === 'ready').map(({ id }) => id)
  const pythons = ready.filter((id) => id.startsWith('cpython-'))
  const natives = pythons.filter((id) => !id.endsWith('-embedded'))
  const embedded = pythons.filter((id) => !id.startsWith(inAdvance))
  const newest = [...(natives.length > 0 ? natives : embedded)].sort((a, b) =>
    b.localeCompare(a, 'en', { numeric: true }),
  )
  return [...ready.filter((id) => id === 'reference'), ...newest.slice(0, 1)]
}
