import { PyDict, PyFrozenSet, PyList, PySet, PyTuple, type PyValue } from '../values/value.ts'
import { outOfRange, unpicklingError } from './errors.ts'
import { addMembers, storeFirstItems } from './store.ts'
import type { Unpickling } from './unpickling.ts'

/** @clause OP-EMPTY_TUPLE */
export function loadEmptyTuple(u: Unpickling): void {
  u.push(u.world.emptyTuple)
}

/** @clause OP-TUPLE */
export function loadTuple(u: Unpickling): void {
  const items = u.popMark()
  u.push(items.length === 0 ? u.world.emptyTuple : new PyTuple(items))
}

/** @clause OP-TUPLE1 */
export function loadTuple1(u: Unpickling): void {
  u.replace(new PyTuple([u.top()]))
}

/** @clause OP-TUPLE2 */
export function loadTuple2(u: Unpickling): void {
  const { stack } = u
  const at = stack.length - 2
  if (at < u.fence) throw short(u)
  const second = stack.pop() as PyValue // just counted
  stack[at] = new PyTuple([stack[at] as PyValue, second])
}

/** @clause OP-TUPLE3 */
export function loadTuple3(u: Unpickling): void {
  const { stack } = u
  const at = stack.length - 3
  if (at < u.fence) throw short(u)
  const items = stack.splice(at)
  stack.push(new PyTuple(items))
}

const short = (u: Unpickling): Error => (u.isC ? u.underflow() : outOfRange())

/** @clause OP-EMPTY_LIST */
export function loadEmptyList(u: Unpickling): void {
  u.stack.push(new PyList([]))
}

/** @clause OP-LIST */
export function loadList(u: Unpickling): void {
  u.push(new PyList(u.popMark()))
}

/**
 * An empty dict of what is loaded. V8 takes the arrays made at a place for long-lived once most of
 * them were, and then collects what they hold late: those of what is built elsewhere are made there.
 */
export const emptyDict = (): PyDict => new PyDict([], [])

/** @clause OP-EMPTY_DICT */
export function loadEmptyDict(u: Unpickling): void {
  u.stack.push(emptyDict())
}

/** @clause OP-DICT */
export function loadDict(u: Unpickling): void {
  const items = u.popMark()
  if (u.isC && items.length % 2 !== 0) throw unpicklingError('odd number of items for DICT')
  const dict = emptyDict()
  storeFirstItems(u, dict, items, 0)
  u.push(dict)
}

/** @clause OP-EMPTY_SET */
export function loadEmptySet(u: Unpickling): void {
  u.push(new PySet([]))
}

/**
 * C makes a new one even of nothing, where there is only one otherwise (MODEL-03).
 *
 * @clause OP-FROZENSET
 */
export function loadFrozenSet(u: Unpickling): void {
  const items = u.popMark()
  u.push(u.isC && items.length === 0 ? new PyFrozenSet([]) : frozenSetOf(u, items))
}

/** A frozenset of these values; up to 3.9 there is only one without any (MODEL-03). */
export function frozenSetOf(u: Unpickling, items: readonly PyValue[]): PyFrozenSet {
  if (items.length === 0) return u.world.emptyFrozenSet()
  const set = new PyFrozenSet([])
  addMembers(u, set, items)
  return set
}
