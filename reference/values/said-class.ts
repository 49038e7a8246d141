import { findAttribute } from './attributes.ts'
import { PyClass, PyObject, type PyValue } from './value.ts'
import type { World } from './world.ts'

/**
 * Whether `isinstance(value, cls)` holds for what is no instance by its type: by the class that it
 * says it is of. Only Python's engine asks.
 *
 * @clause SAVE-11
 * @throws {PickleError} what reading `__class__` raises, unless it is an AttributeError
 */
export function saysItIs(
  world: World,
  value: PyValue,
  cls:
    | 'builtins:str'
    | 'builtins:tuple'
    | 'builtins:set'
    | 'builtins:type'
    | 'builtins:list'
    | 'builtins:dict',
): boolean {
  if (!(value instanceof PyObject)) return false
  const said = findAttribute(world, value, '__class__')
  return said instanceof PyClass && said.mro.includes(world.knownClass(cls))
}
