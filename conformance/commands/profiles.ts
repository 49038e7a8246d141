import { compareReleases, type Profile, profile, releaseText } from '../../reference/index.ts'
import { type Io, WrongUsage } from '../../reports/command.ts'

/**
 * The profile the user named. One of a release that was not asked says so on standard error.
 *
 * @throws {WrongUsage} naming the profiles there are
 */
export function namedProfile({ stderr }: Pick<Io, 'stderr'>, name = 'documented'): Profile {
  const found = known(name)
  if (!isMeasured(found)) stderr.write(`${name} is ${basisOf(found)}\n`)
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
  if (one.implementation === 'pypy') return `${release}, measured on PyPy 7.3.11`
  if (isMeasured(one)) return `${release}, measured`
  return `${release}, not measured: measured was ${measured}, and reports say what differs`
}
