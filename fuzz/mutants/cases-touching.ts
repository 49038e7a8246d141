import type { Coverage } from './coverage.ts'

const casesByRegions = new WeakMap<Coverage, Map<string, number[]>>()

/** The places of the cases that touch a region as one profile at least. */
export function casesTouching(coverage: Coverage, regions: readonly number[]): number[] {
  const { caseIds, costs, profiles, touches } = coverage
  const known = casesByRegions.get(coverage) ?? new Map<string, number[]>()
  casesByRegions.set(coverage, known)
  const key = regions.join()
  const cases = known.get(key)
  if (cases !== undefined) return cases
  const found = new Set<number>()
  for (const question of costs.keys()) {
    const at = Math.floor(question / profiles.length)
    if (at < caseIds.length && !found.has(at) && touches(question, regions)) found.add(at)
  }
  known.set(key, [...found])
  return [...found]
}
