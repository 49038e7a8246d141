import { type Hello, needsOf, type Scenario, unmetNeeds } from '../conformance/index.ts'
import { inexactProfiles } from '../reference/index.ts'

/** An engine of a subject that says which profile it follows, and so can be compared. */
export type FollowingEngine = { readonly id: string; readonly follows: string }

/** The engines of a subject that can be compared with the reference. */
export function followingEngines({ engines, roles }: Hello): readonly FollowingEngine[] {
  if (!roles.includes('pickler')) return []
  return engines.flatMap(({ id, follows }) => (follows === null ? [] : [{ id, follows }]))
}

/**
 * Whether all that the subject follows is known to be predicted inexactly, so that findings would say
 * nothing new. Such a one is asked when somebody names it.
 */
export function isInexact(hello: Hello): boolean {
  return followingEngines(hello).every(({ follows }) => inexactProfiles.has(follows))
}

/** Whether the subject declares all that a scenario needs. */
export function canBeAsked(scenario: Scenario, { capabilities }: Hello): boolean {
  return unmetNeeds(needsOf(scenario), capabilities).length === 0
}

/** The part of a profile's name that says which engine of Python it is. */
export function familyOf(profile: string): 'c' | 'py' {
  return profile.endsWith('-c') ? 'c' : 'py'
}

/** The release in a profile's name, for ranges of versions. */
export function releaseOf(profile: string): string {
  return /\d+\.\d+(?:\.\d+(?:(?:a|b|rc)\d+)?)?/.exec(profile)?.[0] ?? '0.0'
}
