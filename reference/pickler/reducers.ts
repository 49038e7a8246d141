import { callValue } from '../values/call.ts'
import { readByCopyreg, reduceByCopyreg } from '../values/copyreg-reducers.ts'
import { reduceDefault, reduceEx, reduceExOf, reduceOf } from '../values/reduce.ts'
import { saysItIs } from '../values/said-class.ts'
import type { PyHeapValue, PyValue } from '../values/value.ts'
import { saveGlobal } from './globals.ts'
import type { Pickling } from './pickling.ts'
import { saveReduction } from './reductions.ts'
import { noReduction, type Reducer } from './refusals.ts'
import { contentOfStr } from './subclasses.ts'

/**
 * Asks `reducer_override` for a reduction and writes it, unless the answer is NotImplemented; says
 * whether it wrote.
 *
 * @clause SAVE-06 SAVE-11 RO-01
 */
export function saveOverridden(p: Pickling, value: PyValue): boolean {
  const override = p.hooks.reducerOverride()
  if (override === undefined) return false
  const reduction = callValue(p.world, override, [value])
  if (reduction === p.world.notImplemented) return false
  if (isName(p, reduction)) saveGlobal(p, value, reduction)
  else saveReduction(p, value, reduction, override)
  return true
}

/**
 * Asks the reducer registered for the exact type, if there is one, and says so.
 *
 * @clause SAVE-08 SAVE-11 DISP-09
 */
export function saveRegistered(p: Pickling, value: PyHeapValue): boolean {
  const type = value.kind === 'object' ? value.type : p.world.typeOf(value)
  const reducer = p.hooks.reducerFor(type)
  if (reducer === undefined) return false
  // COPYREG-01  The reducers of copyreg's own table are carried out here.
  const read = readByCopyreg(reducer)
  const reduction =
    read === undefined
      ? callValue(p.world, reducer, [value])
      : reduceByCopyreg(p.world, value, read)
  if (isName(p, reduction)) saveGlobal(p, value, reduction)
  else saveReduction(p, value, reduction, reducer)
  return true
}

/**
 * Asks the value's own `__reduce_ex__`, else its `__reduce__`.
 *
 * @clause SAVE-10 SAVE-11
 * @throws {PickleError} PicklingError, when it has neither
 */
export function saveOwnReduction(p: Pickling, value: PyHeapValue): void {
  const own = reduceExOf(p.world, value)
  const isEx = isThere(p, own)
  const reducer = isEx ? own : reduceOf(p.world, value)
  if (!isThere(p, reducer)) throw noReduction(p, value)
  const reduction = isEx ? askReduceEx(p, value, reducer) : askReduce(p, value, reducer)
  if (isName(p, reduction)) saveGlobal(p, value, reduction)
  else saveReduction(p, value, reduction, reducer)
}

/** @clause SAVE-25 */
const askReduceEx = (p: Pickling, value: PyHeapValue, reducer: Reducer): PyValue =>
  reducer === 'default'
    ? reduceEx(p.world, value, p.protocol)
    : callValue(p.world, reducer, [p.protocol])

/** @clause SAVE-26 */
const askReduce = (p: Pickling, value: PyHeapValue, reducer: Reducer): PyValue =>
  reducer === 'default' ? reduceDefault(p.world, value) : callValue(p.world, reducer, [])

/** Whether there is such a method; None counts as none in some picklers. */
function isThere(p: Pickling, method: Reducer | undefined): method is Reducer {
  return method !== undefined && (method !== null || p.profile.noneHook === 'error')
}

/** A str is the name of a global, everything else must be a reduction. @clause SAVE-11 */
const isName = (p: Pickling, reduction: PyValue): boolean =>
  contentOfStr(reduction) !== undefined ||
  (p.profile.engine === 'py' && saysItIs(p.world, reduction, 'builtins:str'))
