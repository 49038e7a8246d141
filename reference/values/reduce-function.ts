import { getAttribute } from './attributes.ts'
import { mangledName } from './private-names.ts'
import {
  type PartialParts,
  PyClass,
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
  if (partial !== undefined) return reducePartial(world, type, partial)
  switch (type.library?.name) {
    case 'builtins:builtin_function_or_method':
    case 'builtins:builtin_method':
      if (self === null || isModule(self)) return new PyStr(fn.name)
      return byGetattr(world, self, new PyStr(fn.name))
    case 'builtins:method':
      return byGetattr(world, self, nameOfMethod(world, fn, self))
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

/**
 * From 3.15 on a private method has the name under which the class of its object would have it.
 *
 * @clause ATOM-72
 */
function nameOfMethod(world: World, fn: PyFunction, self: PyValue): PyValue {
  const name = getAttribute(world, fn, '__name__')
  if (world.release[1] < 15) return name
  const { name: className } = self instanceof PyClass ? self : world.typeOf(self)
  const mangled = mangledName(fn.name, className)
  return mangled === fn.name ? name : new PyStr(mangled)
}

function isModule(value: PyValue): boolean {
  return typeof value === 'object' && value?.kind === 'module'
}

/** PyPy has None for no keywords. @clause RED-13 PYPY-04 */
function reducePartial(world: World, type: PyClass, { fn, args, keywords }: PartialParts): PyValue {
  const isNone = world.implementation === 'pypy' && keywords.keys.length === 0
  const state = new PyTuple([fn, args, isNone ? null : keywords, null])
  return new PyTuple([type, new PyTuple([fn]), state])
}
