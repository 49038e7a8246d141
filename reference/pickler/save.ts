import { PyStr, type PyValue } from '../values/value.ts'
import { saveAtom } from './atoms.ts'
import { saveBuffer } from './buffers.ts'
import { saveByteArray, saveBytes } from './byte-strings.ts'
import { saveDict, saveFrozenSet, saveList, saveSet, saveTuple } from './containers.ts'
import { saveGlobal, saveType } from './globals.ts'
import { saveFetch, saveFetchOfStr } from './memoize.ts'
import { savePersistentId } from './persistent-ids.ts'
import type { Pickling } from './pickling.ts'
import { saveOverridden, saveOwnReduction, saveRegistered } from './reducers.ts'
import { saveStr } from './texts.ts'

/**
 * Writes one value. The questions are asked in this order; the first to say yes wins. Where engines
 * ask in another order a question stands twice, each time under its condition.
 *
 * The order can be seen from outside: a value with a persistent id never enters the memo, and a
 * registered reducer never sees a plain list.
 *
 * @clause SAVE-01 SAVE-02 SAVE-03 SAVE-04 SAVE-05 SAVE-06 SAVE-07 SAVE-08 SAVE-09 SAVE-10
 * @throws {PickleError} whatever Python would raise
 */
export function save(p: Pickling, value: PyValue, isPersistentId = false): void {
  // SAVE-01  A full frame is closed between values, never inside one.
  p.framer.commitFullFrame()

  // SAVE-02  A persistent id stands in for the value.
  if (savePersistentId(p, value, isPersistentId)) return

  // SAVE-04, SAVE-05  No question of C's pickler comes in between for a str, which most values are.
  if (value instanceof PyStr && !p.overridesFirst) {
    if (!saveFetchOfStr(p, value)) saveStr(p, value)
    return
  }

  // SAVE-03  C's pickler writes atoms before it looks into the memo (SAVE-22).
  if (!p.overridesFirst && saveAtom(p, value)) return

  // SAVE-04  A value met before is fetched, not written again.
  if (saveFetch(p, value)) return

  // SAVE-06  Python's pickler asks its override for everything, the documented one for buffers too.
  if (asksOverrideBeforeBuiltIns(p, value) && saveOverridden(p, value)) return

  // SAVE-05  Exact built-in types have instructions of their own.
  if (typeof value !== 'object' || value === null) {
    saveAtom(p, value)
    return
  }
  switch (value.kind) {
    case 'str':
      return saveStr(p, value)
    case 'tuple':
      return saveTuple(p, value)
    case 'list':
      return saveList(p, value)
    case 'dict':
      return saveDict(p, value)
    case 'int':
    case 'float':
      saveAtom(p, value)
      return
    case 'bytes':
      return saveBytes(p, value)
    case 'set':
      return saveSet(p, value)
    case 'frozenset':
      return saveFrozenSet(p, value)
    case 'bytearray':
      return saveByteArray(p, value)
    case 'buffer':
      return saveBuffer(p, value)
    default:
  }

  // SAVE-06  C's pickler asks its override only now.
  if (!p.overridesFirst && saveOverridden(p, value)) return

  // SAVE-07  Plain classes and functions are saved by name.
  if (value.kind === 'class' && value.metaclass === null) return saveType(p, value)
  if (value.kind === 'function' && value.type === p.functionClass) return saveGlobal(p, value)

  // SAVE-08  A reducer registered for the exact type.
  if (saveRegistered(p, value)) return

  // SAVE-09  A class with a metaclass of its own is saved by name, too (SAVE-24).
  if (value.kind === 'class') return saveGlobal(p, value)

  // SAVE-10  The value's own reduction, or a refusal.
  saveOwnReduction(p, value)
}

function asksOverrideBeforeBuiltIns(p: Pickling, value: PyValue): boolean {
  if (p.overridesFirst || !p.overridesBuffers) return p.overridesFirst
  return (
    typeof value === 'object' &&
    value !== null &&
    (value.kind === 'bytearray' || value.kind === 'buffer')
  )
}
