import { asPickleError, PickleError } from '../errors.ts'
import type { World } from '../values/world.ts'

/**
 * What is raised where a codec that was looked up by its name fails: since 3.12 with a note of which
 * one it was; before, an exception that says so in the place of any but a UnicodeError. A codec that
 * was not found has not failed.
 *
 * @clause OP-UNICODE
 */
export function codecFailure(
  world: World,
  doing: 'encoding' | 'decoding',
  codec: string,
  thrown: unknown,
): PickleError {
  const error = asPickleError(thrown)
  if (error.message.startsWith('unknown encoding: ')) return error
  const failed = `${doing} with '${codec}' codec failed`
  if (world.release[1] >= 12) {
    error.notes.push(failed)
    return error
  }
  if (error.type.startsWith('Unicode')) return error
  return new PickleError(error.type, `${failed} (${error.type}: ${error.message})`, {
    cause: error,
  })
}
