import { getAttribute } from './attributes.ts'
import {
  type PartialParts,
  type PyClass,
  type PyFunction,
  PyStr,
  PyTuple,
  type PyValue,
} from './value.ts'
import type { World } from './world.ts'

/**
 * How callables of Python reduce that are no plain functions: a built-in function to its name, a
 * method to `getattr`, a functools.partial to its parts.
 *
 * @clause ATOM-71, RED-13
 */
export function reduceFunction(world: World, fn: PyFunction): PyValue {
  const { self = null, partial, type } = fn
  if (partial !== undefined) return reducePartial(type, partial)
  switch (type.library?.name) {
    case 'builtins:builtin_function_or_method':
      if (self === null || isModule(self)) return new PyStr(fn.name)
      return byGetattr(world, self, new PyStr(fn.name))
    case 'builtins:method_descriptor':
    case 'builtins:wrapper_descriptor':
      return byGetattr(world, self, world.intern(fn.name))
    default:
      return byGetattr(world, self, getAttribute(world, fn, '__name__'))
  }
}

function byGetattr(world: World, owner: PyValue, name: PyValue): PyValue {
  return new PyTuple([world.known('builtins:getattr'), new PyTuple([owner, name])])
}

function isModule(value: PyValue): boolean {
  return typeof value === 'object' && value?.kind === 'module'
}

function reducePartial(type: PyClass, { fn, args, keywords }: PartialParts): PyValue {
  return new PyTuple([type, new PyTuple([fn]), new PyTuple([fn, args, keywords, null])])
}
