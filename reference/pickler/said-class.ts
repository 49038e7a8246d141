import { findAttribute } from '../values/attributes.ts'
import { PyClass, PyObject, type PyValue } from '../values/value.ts'
import type { Pickling } from './pickling.ts'

/**
 * Whether `isinstance(value, cls)` holds for what is no instance by its type: by the class that it
 * says it is of. Only Python's pickler asks, and only for answers of reducers.
 *
 * @clause SAVE-11
 * @throws {PickleError} what reading `__class__` raises, unless it is an AttributeError
 */
export function saysItIs(
  p: Pickling,
  value: PyValue,
  cls: 'builtins:str' | 'builtins:tuple',
): boolean {
  if (p.profile.engine === 'c' || !(value instanceof PyObject)) return false
  const said = findAttribute(p.world, value, '__class__')
  return said instanceof PyClass && said.mro.includes(p.world.knownClass(cls))
}
