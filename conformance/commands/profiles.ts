import { type Profile, profile } from '../../reference/index.ts'
import { WrongUsage } from '../../reports/command.ts'

/**
 * The profile the user named.
 *
 * @throws {WrongUsage} naming the profiles there are
 */
export function namedProfile(name = 'documented'): Profile {
  try {
    return profile(name)
  } catch (error) {
    if (error instanceof RangeError) throw new WrongUsage(error.message)
    throw error
  }
}
