import { callValue } from '../values/call.ts'
import { isCopyregReducer, reduceByCopyreg } from '../values/copyreg-reducers.ts'
import { reduceDefault, reduceEx, reduceExOf, reduceOf } from '../values/reduce.ts'
import { PyFunction, type PyValue } from '../values/value.ts'
import { saveAtom } from './atoms.ts'
import { saveBuffer } from './buffers.ts'
import { saveByteArray, saveBytes } from './byte-strings.ts'
import { saveDict, saveFrozenSet, saveList, saveSet, saveTuple } from './containers.ts'
import { saveGlobal, saveType } from './globals.ts'
import { writeGet } from './memoize.ts'
import { savePersistentId } from './persistent-ids.ts'
import type { Pickling } from './pickling.ts'
import { saveReduction } from './reductions.ts'
import { noReduction, type Reducer } from './refusals.ts'
import { contentOfStr } from './subclasses.ts'
import { saveStr } from './texts.ts'

/**
 * Writes one value. Eleven questions; the first to say yes wins. Where the two engines ask in
 * another order a question stands twice, each time under its condition.
 *
 * The order can be seen from outside: a value with a persistent id never enters the memo, and a
 * registered reducer never sees a plain list.
 *
 * @clause SAVE-01 SAVE-02 SAVE-03 SAVE-04 SAVE-05 SAVE-06 SAVE-07 SAVE-08 SAVE-09 SAVE-10 SAVE-11
 * @throws {PickleError} whatever Python would raise
 */
export function save(p: Pickling, value: PyValue, isPersistentId = false): void {
  const { hooks, world } = p

  // SAVE-01  A full frame is closed between values, never inside one.
  p.framer.commitFullFrame()

  // SAVE-02  A persistent id stands in for the value.
  const persistentId = hooks.persistentId()
  if (persistentId !== undefined && savePersistentId(p, persistentId, value, isPersistentId)) return

  // SAVE-03  C's pickler writes atoms before it looks into the memo (SAVE-22).
  if (!p.overridesFirst && saveAtom(p, value)) return

  // SAVE-04  A value met before is fetched, not written again.
  const met = p.memo.indexOf(value)
  if (met !== -1) return writeGet(p, met)

  // SAVE-06  Python's pickler asks its override for everything, the documented one for buffers too.
  if (p.overridesFirst || (p.overridesBuffers && isBuffer(value))) {
    const override = hooks.reducerOverride()
    const reduction = override === undefined ? undefined : callValue(override, [value])
    if (override !== undefined && reduction !== undefined && reduction !== world.notImplemented) {
      return saveReduced(p, value, reduction, override)
    }
  }

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
    case 'int':
    case 'float':
      saveAtom(p, value)
      return
    default:
  }

  // SAVE-06  C's pickler asks its override only now.
  if (!p.overridesFirst) {
    const override = hooks.reducerOverride()
    const reduction = override === undefined ? undefined : callValue(override, [value])
    if (override !== undefined && reduction !== undefined && reduction !== world.notImplemented) {
      return saveReduced(p, value, reduction, override)
    }
  }

  // SAVE-07  Plain classes and functions are saved by name.
  if (value.kind === 'class' && value.metaclass === null) return saveType(p, value)
  if (value.kind === 'function' && value.type === p.functionClass) return saveGlobal(p, value)

  // SAVE-08  A reducer registered for the exact type.
  const type = value.kind === 'object' ? value.type : world.typeOf(value)
  const reducer = hooks.reducerFor(type)
  if (reducer !== undefined) {
    return saveReduced(p, value, callReducer(p, reducer, value), reducer)
  }

  // SAVE-09  A class with a metaclass of its own is saved by name, too (SAVE-24).
  if (value.kind === 'class') return saveGlobal(p, value)

  // SAVE-10  The value's own reduction, or a refusal.
  const reduceExMethod = reduceExOf(world, value)
  if (reduceExMethod === 'default') {
    return saveReduced(p, value, reduceEx(world, value, p.protocol), 'default')
  }
  if (reduceExMethod !== undefined && !isAbsent(p, reduceExMethod)) {
    const reduction = callValue(reduceExMethod, [p.protocol])
    return saveReduced(p, value, reduction, reduceExMethod)
  }
  const reduceMethod = reduceOf(world, value)
  if (reduceMethod === 'default') {
    return saveReduced(p, value, reduceDefault(world, value), 'default')
  }
  if (reduceMethod === undefined || isAbsent(p, reduceMethod)) throw noReduction(p, value)
  saveReduced(p, value, callValue(reduceMethod, []), reduceMethod)
}

/** SAVE-11  A str is the name of a global, everything else must be a reduction. */
function saveReduced(p: Pickling, value: PyValue, reduction: PyValue, reducer: Reducer): void {
  if (contentOfStr(reduction) === undefined) saveReduction(p, value, reduction, reducer)
  else saveGlobal(p, value, reduction)
}

const isBuffer = (value: PyValue): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (value.kind === 'bytearray' || value.kind === 'buffer')

/** Whether a method that is None counts as none. @clause SAVE-26 */
const isAbsent = (p: Pickling, method: PyValue): boolean =>
  method === null && p.profile.noneHook === 'absent'

/** What a registered reducer gives: one of the library is carried out here. @clause COPYREG-01 */
function callReducer(p: Pickling, reducer: PyValue, value: PyValue): PyValue {
  const isLibrary =
    reducer instanceof PyFunction &&
    reducer.call === undefined &&
    reducer.library !== undefined &&
    isCopyregReducer(reducer.library)
  return isLibrary ? reduceByCopyreg(p.world, value) : callValue(reducer, [value])
}
