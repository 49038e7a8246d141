import { decodeAscii } from '../codecs/single-byte.ts'
import type { StrContent } from '../codecs/str-content.ts'
import { decodeUtf8 } from '../codecs/utf8.ts'
import { PickleError } from '../errors.ts'
import { PyStr, type PyValue } from '../values/value.ts'
import { truncated, unpicklingError, valueError } from './errors.ts'
import { int32, uint16 } from './numbers.ts'
import { strOf } from './strings.ts'
import type { Unpickling } from './unpickling.ts'

/** `find_class(module, name)`: the hook, else the one of the world of the load. */
export function findGlobal(u: Unpickling, module: StrContent, name: StrContent): PyValue {
  return findNamed(u, strOf(u.world, module), strOf(u.world, name))
}

function findNamed(u: Unpickling, module: PyStr, name: PyStr): PyValue {
  return u.hooks.findClass(u, module, name)
}

/** @clause OP-GLOBAL */
export function loadGlobal(u: Unpickling): void {
  const module = nameLine(u)
  u.push(findGlobal(u, module, nameLine(u)))
}

function nameLine(u: Unpickling): StrContent {
  const line = u.input.line()
  if (u.isC && line.length < 2) throw truncated()
  return decodeUtf8(line.subarray(0, -1), 'strict')
}

/** @clause OP-STACK_GLOBAL */
export function loadStackGlobal(u: Unpickling): void {
  const { stack } = u
  const isShort = stack.length - 2 < u.fence
  if (isShort && u.profile.stackGlobalUnderflow === 'no str') throw noStr()
  const name = u.pop()
  const module = u.pop()
  if (!(name instanceof PyStr && module instanceof PyStr)) throw noStr()
  u.push(findNamed(u, module, name))
}

const noStr = (): PickleError => unpicklingError('STACK_GLOBAL requires str')

/** @clause OP-EXT1 */
export function loadExt1(u: Unpickling): void {
  pushExtension(u, u.input.u8())
}

/** @clause OP-EXT2 */
export function loadExt2(u: Unpickling): void {
  const at = u.input.fixed(2)
  pushExtension(u, uint16(u.input.data, at))
}

/** @clause OP-EXT4 */
export function loadExt4(u: Unpickling): void {
  const at = u.input.fixed(4)
  pushExtension(u, int32(u.input.data, at))
}

/** What is registered under a code; it is looked up once for all unpicklers of the world. */
function pushExtension(u: Unpickling, code: number): void {
  const cached = u.world.extensionCache.get(code)
  if (cached !== undefined) {
    u.push(cached)
    return
  }
  if (u.isC && code <= 0) throw unpicklingError('EXT specifies code <= 0')
  for (const [key, registered] of u.world.extensionCodes) {
    if (registered !== code) continue
    const at = key.indexOf('\0')
    const { world } = u
    const found = findNamed(u, world.intern(key.slice(0, at)), world.intern(key.slice(at + 1)))
    world.extensionCache.set(code, found)
    u.push(found)
    return
  }
  if (code <= 0) throw unpicklingError('EXT specifies code <= 0')
  const unknown = u.hooks.findExtension(u, code)
  if (unknown !== undefined) {
    u.push(unknown)
    return
  }
  throw valueError(`unregistered extension code ${code}`)
}

/** @clause OP-PERSID */
export function loadPersId(u: Unpickling): void {
  if (u.profile.persistentLoadWanted === 'first') u.hooks.wantPersistentLoad()
  const line = u.input.line()
  u.push(u.hooks.persistentLoad(u, strOf(u.world, asciiOf(u, line.subarray(0, -1)))))
}

function asciiOf(u: Unpickling, line: Uint8Array): string {
  try {
    return decodeAscii(line)
  } catch (error) {
    const text = 'persistent IDs in protocol 0 must be ASCII strings'
    // Nothing else is thrown.
    const context = error as PickleError
    throw new PickleError('UnpicklingError', text, u.isC ? {} : { context })
  }
}

/** @clause OP-BINPERSID */
export function loadBinPersId(u: Unpickling): void {
  if (u.profile.persistentLoadWanted === 'first') u.hooks.wantPersistentLoad()
  const id = u.pop()
  u.push(u.hooks.persistentLoad(u, id))
}
