import {
  compareReleases,
  inexactProfiles,
  type Profile,
  profile,
  releaseText,
} from '../../reference/index.ts'
import { type Io, WrongUsage } from '../../reports/command.ts'

/**
 * The profile the user named. One of a release that was not asked, or that is not exact, says so on
 * standard error.
 *
 * @throws {WrongUsage} naming the profiles there are
 */
export function namedProfile({ stderr }: Pick<Io, 'stderr'>, name = 'documented'): Profile {
  const found = known(name)
  if (!isMeasured(found) || inexactProfiles.has(found.name))
    stderr.write(`${name} is ${basisOf(found)}\n`)
  return found
}

function known(name: string): Profile {
  try {
    return profile(name)
  } catch (error) {
    if (error instanceof RangeError) throw new WrongUsage(error.message)
    throw error
  }
}

/** Whether the very release of a profile was asked. */
export function isMeasured({ measured, release }: Profile): boolean {
  return compareReleases(release, measured) === 0
}

/** What a profile rests on, in words that go on from its name. */
export function basisOf(one: Profile): string {
  const [release, measured] = [releaseText(one.release), releaseText(one.measured)]
  const by = one.implementation === 'pypy' ? ' on PyPy 7.3.11' : ''
  const exact = inexactProfiles.has(one.name)
    ? ', but not exact: docs/findings.md says what differs'
    : ''
  if (isMeasured(one)) return `${release}, measured${by}${exact}`
  return `${release}, not measured: measured was ${measured}, and reports say what differs`
}
