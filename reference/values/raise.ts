import { PickleError } from '../errors.ts'
import { RaisedError } from './exceptions.ts'
import { repr } from './repr.ts'
import { type PyClass, PyStr } from './value.ts'
import type { World } from './world.ts'

/**
 * The exception that `raise cls(message)` throws, `cls` being a class of exceptions. The text of a
 * KeyError is the repr of what it was given.
 */
export function raised(world: World, cls: PyClass, message: string): PickleError {
  const isKeyError = cls.mro.some((base) => base.library?.name === 'builtins:KeyError')
  const text = isKeyError ? repr(world, new PyStr(message)) : message
  const isPlain = cls.library?.name.startsWith('builtins:') === true
  return isPlain ? new PickleError(cls.name, text) : new RaisedError(cls, text)
}
