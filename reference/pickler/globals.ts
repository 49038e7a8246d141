import { encodeAscii, encodeUtf8 } from '../codecs/text.ts'
import { asPickleError, PickleError } from '../errors.ts'
import { compareReleases } from '../release.ts'
import { getAttribute } from '../values/attributes.ts'
import { repr } from '../values/repr.ts'
import { type PyClass, PyObject, PyStr, PyTuple, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { GLOBAL, MARK, REDUCE, STACK_GLOBAL, TUPLE, TUPLE2 } from './codes.ts'
import { saveExtension } from './extensions.ts'
import { type Found, findGlobal, textOfValue } from './find-global.ts'
import { memoize } from './memoize.ts'
import { nameForPython2 } from './names-for-python-2.ts'
import { partOf } from './part-of.ts'
import type { Pickling } from './pickling.ts'
import { saveReduction } from './reductions.ts'

const lineFeed = 0x0a

/**
 * Writes a class whose metaclass is `type`: the types of the singletons by them, others by name.
 *
 * @clause GLOB-20 ATOM-70
 */
export function saveType(p: Pickling, cls: PyClass): void {
  const { world } = p
  const singleton = singletonOfType(world, cls)
  if (singleton === undefined) saveGlobal(p, cls)
  else saveReduction(p, cls, new PyTuple([world.typeClass, new PyTuple([singleton])]))
}

function singletonOfType(world: World, cls: PyClass): PyValue | undefined {
  if (cls.isHeap) return undefined
  if (cls === world.none) return null
  if (cls === world.typeOf(world.notImplemented)) return world.notImplemented
  return cls === world.typeOf(world.ellipsis) ? world.ellipsis : undefined
}

/**
 * Writes an object as a name in a module: the given one, a str, or its own.
 *
 * @clause GLOB-01 GLOB-02 GLOB-04
 * @throws {PickleError} PicklingError, when the name does not lead to it
 */
export function saveGlobal(p: Pickling, value: PyValue, given?: PyValue): void {
  const { world, writer } = p
  const found = findGlobal(p, value, given ?? getAttribute(world, value, '__qualname__'))
  // EXT-01  A code stands for both names.
  if (p.protocol >= 2 && saveExtension(p, value, found)) return

  const name = nameToWrite(p, found)
  const isNested = found.parent !== found.module
  if (p.protocol >= 4) {
    p.save(p, found.moduleName)
    p.save(p, name)
    writer.u8(STACK_GLOBAL)
  } else if (isNested && p.profile.nestedGlobals === 'parent') {
    // GLOB-10  An attribute of the object that the name is nested in.
    const last = partOf(world, found.last)
    const args = new PyTuple([found.parent, last])
    saveReduction(p, undefined, new PyTuple([world.known('builtins:getattr'), args]))
  } else savePath(p, found, textOfValue(p, name).split('.'))
  memoize(p, value)
}

/**
 * The name that stands in the pickle. When the object is an attribute of its module, whatever led
 * there, picklers before 3.14 take the last part alone.
 */
function nameToWrite(p: Pickling, { last, module, name, parent, path }: Found): PyValue {
  const isExact = !(name instanceof PyObject)
  switch (p.profile.globalName) {
    case 'whole':
      return name
    case 'whole, as an exact str':
      return isExact ? name : partOf(p.world, path.join('.'))
    case 'last part':
      return parent === module && path.length > 1 ? partOf(p.world, last) : name
    case 'last part of split':
      if (parent !== module || (path.length === 1 && isExact)) return name
      return partOf(p.world, last)
  }
}

/**
 * Writes a name at module level, then each further part as a call of `getattr` on what is there.
 * Only `getattr` and the parts enter the memo.
 *
 * @clause GLOB-10
 */
function savePath(p: Pickling, found: Found, [first = '', ...parts]: readonly string[]): void {
  const { framer, world, writer } = p
  const isCounted = p.protocol >= 2
  for (const _ of parts) {
    p.save(p, world.known('builtins:getattr'))
    if (!isCounted) {
      writer.u8(MARK)
      framer.endPiece()
    }
  }
  saveTopLevel(p, found, first)
  for (const part of parts) {
    p.save(p, partOf(world, part))
    writer.u8(isCounted ? TUPLE2 : TUPLE)
    framer.endPiece()
    writer.u8(REDUCE)
    framer.endPiece()
  }
}

/** @clause GLOB-02 GLOB-03 GLOB-21 */
function saveTopLevel(p: Pickling, found: Found, ownName: string): void {
  const { framer, writer } = p
  const ownModule = textOfValue(p, found.moduleName)
  const [module, name] = p.fixesImports
    ? nameForPython2(ownModule, ownName, p.profile.namesForPython2)
    : [ownModule, ownName]
  // Only Python's pickler of 3.14 writes the module before it looks at the name.
  const writesTwice = p.profile.refusals === 'Python 3.14'
  try {
    const moduleBytes = encodeName(p, module)
    if (writesTwice) writeModule(p, moduleBytes)
    const nameBytes = encodeName(p, name)
    if (!writesTwice) writeModule(p, moduleBytes)
    writer.bytes(nameBytes)
    writer.u8(lineFeed)
    framer.endPiece()
  } catch (error) {
    throw notEncodable(p, found, module, name, asPickleError(error))
  }
}

function writeModule(p: Pickling, module: Uint8Array): void {
  const { writer } = p
  writer.u8(GLOBAL)
  writer.bytes(module)
  writer.u8(lineFeed)
  if (p.profile.refusals === 'Python 3.14') p.framer.endPiece()
}

const encodeName = (p: Pickling, name: string): Uint8Array =>
  p.protocol >= 3 ? encodeUtf8(name, 'strict') : encodeAscii(name)

/** The refusal of a name that has no bytes at this protocol. @clause GLOB-03 ERR-04 */
function notEncodable(
  p: Pickling,
  found: Found,
  module: string,
  name: string,
  error: PickleError,
): PickleError {
  const { refusals } = p.profile
  if (refusals === 'Python') {
    if (p.protocol >= 3) return error
    const isOld = compareReleases(p.profile.release, [3, 13, 0]) < 0
    const where = isOld ? repr(p.world, found.module) : module
    return cannotWrite(p, 'global', `'${where}.${name}'`, error)
  }
  const isModule = !isEncodable(p, module)
  const text = isModule ? module : name
  const quoted = refusals === 'C' ? `'${text}'` : repr(p.world, new PyStr(text))
  return cannotWrite(p, isModule ? 'module' : 'global', quoted, error)
}

function isEncodable(p: Pickling, name: string): boolean {
  try {
    encodeName(p, name)
    return true
  } catch {
    return false
  }
}

function cannotWrite(
  p: Pickling,
  what: 'module' | 'global',
  name: string,
  context: PickleError,
): PickleError {
  return new PickleError(
    'PicklingError',
    `can't pickle ${what} identifier ${name} using pickle protocol ${p.protocol}`,
    p.profile.context === 'kept' ? { context } : {},
  )
}
