import { encodeAscii } from '../codecs/text.ts'
import { asPickleError, PickleError } from '../errors.ts'
import { callValue } from '../values/call.ts'
import { str } from '../values/str.ts'
import type { PyValue } from '../values/value.ts'
import { BINPERSID, PERSID } from './codes.ts'
import { enter } from './depth.ts'
import type { Pickling } from './pickling.ts'

const lineFeed = 0x0a

/**
 * Asks for the persistent id of a value, if there is a hook, and writes the id if there is one, which it says.
 *
 * The id itself is not asked for; some picklers call the hook for it all the same (PERS-03).
 *
 * @clause SAVE-20 PERS-01 PERS-02
 * @throws {PickleError} PicklingError, at protocol 0 for an id that is not ASCII
 */
export function savePersistentId(p: Pickling, value: PyValue, isPersistentId: boolean): boolean {
  const hook = p.hooks.persistentId()
  return hook !== undefined && saveIdGivenBy(p, hook, value, isPersistentId)
}

function saveIdGivenBy(
  p: Pickling,
  hook: PyValue,
  value: PyValue,
  isPersistentId: boolean,
): boolean {
  if (isPersistentId && p.profile.persistentIdOfId === 'not asked') return false
  const id = callValue(p.world, hook, [value])
  if (id === null || isPersistentId) return false
  enter(p)
  if (p.isBinary) {
    p.save(p, id, true)
    p.writer.u8(BINPERSID)
  } else saveLine(p, id)
  p.framer.endPiece()
  p.depth--
  return true
}

/** @clause PERS-04 */
function saveLine(p: Pickling, id: PyValue): void {
  const { writer } = p
  const line = asciiOf(p, str(p.world, id))
  writer.u8(PERSID)
  writer.bytes(line)
  writer.u8(lineFeed)
}

function asciiOf(p: Pickling, text: string): Uint8Array {
  try {
    return encodeAscii(text)
  } catch (error) {
    const context = asPickleError(error)
    throw new PickleError(
      'PicklingError',
      'persistent IDs in protocol 0 must be ASCII strings',
      p.profile.engine === 'py' ? { context } : {},
    )
  }
}
