import { type StrContent, textOfStr } from '../codecs/str-content.ts'
import { PickleError } from '../errors.ts'
import { findAttribute, getAttribute } from './attributes.ts'
import { isException } from './exceptions.ts'
import { repr } from './repr.ts'
import { type PyModule, PyStr, type PyValue } from './value.ts'
import type { World } from './world.ts'

/**
 * `import name`, with the packages it lies in.
 *
 * @throws {PickleError} ModuleNotFoundError, or ValueError for the empty name
 */
export function importModule(world: World, name: StrContent): PyModule {
  if (name === '') throw new PickleError('ValueError', 'Empty module name')
  const text = textOfStr(name)
  const parts = text.split('.')
  const found = world.findModule(text)
  if (found !== undefined) {
    // A module that is there already is given back after its outermost package was imported.
    if (world.findModule(parts.slice(0, 1).join('.')) === undefined) throw notFound(world, parts, 1)
    return found
  }
  const isThere = (length: number): boolean =>
    world.findModule(parts.slice(0, length).join('.')) !== undefined
  let length = 1
  while (length < parts.length && isThere(length)) length++
  throw notFound(world, parts, length)
}

/**
 * What the default reductions do first: they import copyreg.
 *
 * @throws {PickleError} ModuleNotFoundError, when it cannot be imported
 */
export function wantCopyreg(world: World): void {
  if (world.missingModules.has('copyreg')) importModule(world, 'copyreg')
}

function notFound(world: World, parts: readonly string[], length: number): PickleError {
  const path = parts.slice(0, length).join('.')
  const parent = parts.slice(0, length - 1).join('.')
  const text = `No module named ${repr(world, new PyStr(path))}`
  const isHidden = world.missingModules.has(path)
  const isNoPackage = parent !== '' && !isHidden
  return new PickleError(
    'ModuleNotFoundError',
    isNoPackage ? `${text}; ${repr(world, new PyStr(parent))} is not a package` : text,
  )
}

/**
 * Follows a dotted name from a module; undefined when an attribute on the way is missing.
 *
 * @throws {PickleError} what a property raises on the way, AttributeError apart
 */
export function resolveName(
  world: World,
  module: PyValue,
  dotted: StrContent,
): PyValue | undefined {
  let value: PyValue | undefined = module
  for (const part of partsOf(dotted)) {
    value = findAttribute(world, value, part)
    if (value === undefined) return undefined
  }
  return value
}

/**
 * The module of an object that is saved under a name: its `__module__`, else the first imported
 * module in which the name leads to the very object, else `__main__`.
 *
 * @param skipsMultiprocessing whether `__mp_main__` is left out too, as the pure pickler does, and C's from 3.15 on
 * @clause GLOB-01, GLOB-05
 * @throws {PickleError} what a property `__module__` raises, AttributeError apart
 */
export function whichModule(
  world: World,
  value: PyValue,
  name: StrContent,
  skipsMultiprocessing: boolean,
): PyValue {
  const own = ownModule(world, value)
  if (own !== null) return own
  for (const [text, module] of world.modules) {
    if (text === '__main__' || (skipsMultiprocessing && text === '__mp_main__')) continue
    if (resolveName(world, module, name) === value) return module.name
  }
  return world.intern('__main__')
}

function ownModule(world: World, value: PyValue): PyValue {
  try {
    return getAttribute(world, value, '__module__')
  } catch (error) {
    if (isException(error, 'AttributeError')) return null
    throw error
  }
}

function partsOf(dotted: StrContent): readonly string[] {
  return textOfStr(dotted).split('.')
}
