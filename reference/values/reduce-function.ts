import { findAttribute } from './attributes.ts'
import { mangledName } from './private-names.ts'
import { PyClass, type PyFunction, PyStr, PyTuple, type PyValue } from './value.ts'
import type { World } from './world.ts'

/**
 * How callables of Python reduce that are no plain functions: a built-in function to its name, a
 * method to `getattr`, a functools.partial to its parts. undefined for those that cannot be pickled.
 *
 * @clause ATOM-71, RED-13
 */
export function reduceFunction(world: World, fn: PyFunction): PyValue | undefined {
  switch (fn.type.library?.name) {
    case 'builtins:builtin_function_or_method':
    case 'builtins:builtin_method':
      if (fn.self === undefined || fn.self === null || isModule(fn.self)) return new PyStr(fn.name)
      return byGetattr(world, fn.self, new PyStr(fn.name))
    case 'builtins:method':
      return byGetattr(world, fn.self ?? null, nameOfMethod(world, fn))
    case 'builtins:method-wrapper':
      return byGetattr(world, fn.self ?? null, findAttribute(world, fn, '__name__') ?? null)
    case 'builtins:method_descriptor':
    case 'builtins:wrapper_descriptor':
      return byGetattr(world, fn.self ?? null, world.intern(fn.name))
    case 'functools:partial':
      return reducePartial(fn)
    default:
      return undefined
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
function nameOfMethod(world: World, fn: PyFunction): PyValue {
  const name = findAttribute(world, fn, '__name__') ?? null
  if (world.release[1] < 15 || !(name instanceof PyStr)) return name
  if (typeof name.content !== 'string') return name
  const self = fn.self ?? null
  const { name: className } = self instanceof PyClass ? self : world.typeOf(self)
  const mangled = mangledName(name.content, className)
  return mangled === name.content ? name : new PyStr(mangled)
}

function isModule(value: PyValue): boolean {
  return typeof value === 'object' && value?.kind === 'module'
}

function reducePartial(fn: PyFunction): PyValue | undefined {
  if (fn.partial === undefined) return undefined
  const { fn: wrapped, args, keywords } = fn.partial
  const state = new PyTuple([wrapped, args, keywords, null])
  return new PyTuple([fn.type, new PyTuple([wrapped]), state])
}
