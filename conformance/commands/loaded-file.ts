import { LoadedPickle, PickleError, RepickleError } from '../../reference/index.ts'
import type { Io } from '../../reports/command.ts'
import { readAll } from './pickle-files.ts'
import { namedProfile } from './profiles.ts'
import { pythonError } from './python-error.ts'

export type LoadOptions = {
  readonly profile: string | undefined
  readonly encoding: string | undefined
  readonly errors: string | undefined
}

/**
 * What the first pickle of a file holds; what is left over behind it is said on standard error.
 *
 * @throws {PickleError} what Python raises
 * @throws {WrongUsage} for a profile that is not known
 * @throws {CouldNotRun} when the file cannot be read
 */
export async function loadedFile(
  io: Io,
  path: string,
  { profile: name, encoding, errors }: LoadOptions,
): Promise<LoadedPickle> {
  const profile = namedProfile(io, name)
  const bytes = await readAll(io, path)
  const loaded = new LoadedPickle(bytes, profile, {
    ...(encoding !== undefined && { encoding }),
    ...(errors !== undefined && { errors }),
  })
  const left = bytes.length - loaded.byteLength
  if (left > 0) {
    const where = `behind the STOP at byte ${loaded.byteLength - 1}`
    io.stderr.write(`${path}: ${left} bytes are left over ${where}\n`)
  }
  return loaded
}

/** Says on standard error what Python raised and where; anything else is thrown again. */
export function sayRefusal(io: Io, thrown: unknown): void {
  if (!(thrown instanceof PickleError)) throw thrown
  const places = [
    ...(thrown instanceof RepickleError ? [`in ${thrown.place}`] : []),
    ...(thrown.offset === undefined ? [] : [`at byte ${thrown.offset} of the pickle`]),
  ]
  io.stderr.write(`${pythonError(thrown)}\n  ${places.join(', ')}\n`)
}
