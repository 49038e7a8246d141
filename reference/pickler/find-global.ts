import { textOfStr } from '../codecs/str-content.ts'
import { asPickleError, PickleError } from '../errors.ts'
import { compareReleases } from '../release.ts'
import { attributeError, getAttribute } from '../values/attributes.ts'
import { isException } from '../values/exceptions.ts'
import { importModule, whichModule } from '../values/find-global.ts'
import { mangledPath } from '../values/private-names.ts'
import { repr } from '../values/repr.ts'
import { typeNameOf } from '../values/type-of.ts'
import { type PyModule, PyStr, type PyValue } from '../values/value.ts'
import type { Pickling } from './pickling.ts'
import { contentOfStr } from './subclasses.ts'

/** Where a global was found. */
export type Found = {
  /** The name of the module, a str. */
  readonly moduleName: PyValue
  readonly module: PyModule
  /** The dotted name, a str, and its parts. */
  readonly name: PyValue
  readonly path: readonly string[]
  readonly last: string
  /** What the last part is an attribute of: the module, or what the other parts lead to. */
  readonly parent: PyValue
}

/**
 * Imports the module of an object and follows the dotted name in it, which must lead to the object.
 *
 * @clause GLOB-01 GLOB-05 GLOB-22
 * @throws {PickleError} PicklingError, when it does not; other errors as the profile has them
 */
export function findGlobal(p: Pickling, value: PyValue, given: PyValue): Found {
  const { engine, refusals } = p.profile
  if (refusals === 'Python 3.14' && contentOfStr(given) === undefined) {
    throw attributeError(given, 'split')
  }
  const { name, text, path } = withPrivateNames(p, given, textOfValue(p, given))
  if (engine === 'c' && path.includes('<locals>')) throw localObject(p, value, name)
  const skipsMultiprocessing = p.profile.searchedModules === '__main__ and __mp_main__'
  const moduleName = whichModule(p.world, value, text, skipsMultiprocessing)
  if (refusals === 'Python 3.14' && path.includes('<locals>')) {
    throw localObject(p, value, name)
  }
  const module = importedModule(p, value, moduleName, name)
  const { last, parent } = followed(p, value, moduleName, name, module, path)
  return { moduleName, module, name, path, last, parent }
}

type DottedName = {
  readonly name: PyValue
  readonly text: string
  readonly path: readonly string[]
}

/** A name and its parts, those that are private as the profile has them. @clause GLOB-12 */
function withPrivateNames(p: Pickling, name: PyValue, text: string): DottedName {
  const path = text.split('.')
  const { privateNames } = p.profile
  if (privateNames === 'as they are' || !text.includes('.__')) return { name, text, path }
  const mangled = mangledPath(path)
  if (mangled === path && privateNames === 'mangled') return { name, text, path }
  const own = mangled.join('.')
  return { name: new PyStr(own), text: own, path: mangled }
}

function localObject(p: Pickling, value: PyValue, name: PyValue): PickleError {
  if (p.profile.refusals !== 'C') {
    return new PickleError('PicklingError', `Can't pickle local object ${repr(p.world, value)}`)
  }
  const verb = p.profile.nestedGlobals === 'path' ? 'get' : 'pickle'
  return new PickleError('AttributeError', `Can't ${verb} local object ${repr(p.world, name)}`)
}

function importedModule(p: Pickling, value: PyValue, moduleName: PyValue, name: PyValue): PyModule {
  const content = contentOfStr(moduleName)
  try {
    if (content === undefined) throw moduleNameNotStr(p, moduleName)
    return importModule(p.world, content)
  } catch (thrown) {
    const error = asPickleError(thrown)
    switch (p.profile.refusals) {
      case 'C': {
        const failed = `import of module ${repr(p.world, moduleName)} failed`
        throw cannotPickle(p, value, failed)
      }
      case 'Python':
        throw isException(error, 'ImportError')
          ? notFound(p, value, moduleName, name, error)
          : error
      case 'C 3.14':
      case 'Python 3.14': {
        const isExpected = isException(error, 'ImportError') || isException(error, 'ValueError')
        throw isExpected ? cannotPickle(p, value, error.message, error) : error
      }
    }
  }
}

function moduleNameNotStr(p: Pickling, moduleName: PyValue): PickleError {
  const text =
    p.profile.release[1] < 11
      ? `__import__() argument 1 must be str, not ${typeNameOf(moduleName)}`
      : 'module name must be a string'
  return new PickleError('TypeError', text)
}

/** Follows the path from the module to the object; gives back its last part, and of what that is an attribute. */
function followed(
  p: Pickling,
  value: PyValue,
  moduleName: PyValue,
  name: PyValue,
  module: PyModule,
  path: readonly string[],
): Pick<Found, 'last' | 'parent'> {
  let last = ''
  let parent: PyValue = module
  let object: PyValue = module
  try {
    for (const part of path) {
      last = part
      parent = object
      object = getAttribute(p.world, parent, part)
    }
  } catch (thrown) {
    const error = asPickleError(thrown)
    if (p.profile.refusals === 'C') {
      const where = `${textOfValue(p, name)} on ${textOfValue(p, moduleName)}`
      throw cannotPickle(p, value, `attribute lookup ${where} failed`)
    }
    throw isLookUpError(p, error) ? notFound(p, value, moduleName, name, error) : error
  }
  if (object !== value) {
    const place = `${textOfValue(p, moduleName)}.${textOfValue(p, name)}`
    throw cannotPickle(p, value, `it's not the same object as ${place}`)
  }
  return { last, parent }
}

/** Python's pickler took more errors than AttributeError for a missing name before 3.14. */
function isLookUpError(p: Pickling, error: PickleError): boolean {
  if (isException(error, 'AttributeError')) return true
  return (
    p.profile.refusals === 'Python' &&
    (isException(error, 'ImportError') || isException(error, 'KeyError'))
  )
}

function notFound(
  p: Pickling,
  value: PyValue,
  moduleName: PyValue,
  name: PyValue,
  context?: PickleError,
): PickleError {
  const place = `${textOfValue(p, moduleName)}.${textOfValue(p, name)}`
  return cannotPickle(p, value, `it's not found as ${place}`, context)
}

/**
 * @param context the exception that is being handled; Python's pickler before 3.14 hides it
 * @clause ERR-04
 */
function cannotPickle(
  p: Pickling,
  value: PyValue,
  why: string,
  context?: PickleError,
): PickleError {
  const details = context !== undefined && p.profile.context === 'kept' ? { context } : {}
  try {
    return new PickleError('PicklingError', `Can't pickle ${repr(p.world, value)}: ${why}`, details)
  } catch (thrown) {
    return withoutRepr(p, asPickleError(thrown), context)
  }
}

/**
 * What comes of a refusal whose text needs a repr that raises: that error, inside of what is being
 * handled. `PyErr_Format` of C raised the refusal without a text up to 3.11.2.
 */
function withoutRepr(p: Pickling, error: PickleError, context?: PickleError): PickleError {
  const { refusals, release } = p.profile
  if (refusals === 'C') {
    return compareReleases(release, [3, 11, 3]) < 0 ? new PickleError('PicklingError', '') : error
  }
  return new PickleError(error.type, error.message, context === undefined ? {} : { context })
}

/** `str(value)`. */
export function textOfValue(p: Pickling, value: PyValue): string {
  const content = contentOfStr(value)
  return content === undefined ? repr(p.world, value) : textOfStr(content)
}
