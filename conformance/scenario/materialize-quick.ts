import {
  bytesOfHex,
  freshBytes,
  freshInt,
  instanceDict,
  PyDict,
  PyList,
  PyObject,
  PyStr,
  PyTuple,
  type PyValue,
} from '../../reference/index.ts'
import type { Run } from './materialize-run.ts'
import type { Entry, Item, Value } from './scenario.ts'

/** Makes what a hook answers about a subject: new at each call, where the scenario says so. */
export type QuickAnswer = (subject: PyValue) => PyValue

/**
 * A function that makes a value as an evaluation does, without looking at the scenario again, so
 * that a workload costs what a user's own hook would cost; undefined for what has no such form.
 */
export function quickAnswer(run: Run, value: Value): QuickAnswer | undefined {
  const { world } = run
  if (value === null || typeof value === 'boolean') return () => value
  if (typeof value === 'number') return () => freshInt(world, value)
  if (typeof value === 'string') {
    return value.length > 1 ? () => new PyStr(value) : () => run.evaluate(value)
  }
  if ('id' in value) return undefined
  if ('bytes' in value && typeof value.bytes === 'string') {
    const data = bytesOfHex(value.bytes)
    return () => freshBytes(world, data)
  }
  if ('tuple' in value && value.tuple.length > 0) {
    const parts = quickItems(run, value.tuple)
    return parts && ((subject) => new PyTuple(parts.map((part) => part(subject))))
  }
  if ('list' in value) {
    const parts = quickItems(run, value.list)
    return parts && ((subject) => new PyList(parts.map((part) => part(subject))))
  }
  if ('dict' in value) {
    const [keys, values] = [0, 1].map((side) => quickItems(run, sideOf(value.dict, side)))
    return (
      keys &&
      values &&
      ((subject) =>
        new PyDict(
          keys.map((part) => part(subject)),
          values.map((part) => part(subject)),
        ))
    )
  }
  if ('self' in value) {
    return value.self === true ? (subject) => subject : (subject) => dictOf(run, value, subject)
  }
  const isSame = ['tuple', 'class', 'function', 'global', 'ref', 'singleton'].some(
    (tag) => tag in value,
  )
  return isSame ? once(() => run.evaluate(value)) : undefined
}

/** The keys of a dict, or its values; a range is left as it is. */
function sideOf(entries: readonly Entry[], side: number): readonly Item[] {
  return entries.map((entry) => ('range' in entry ? entry : (entry[side] ?? null)))
}

function quickItems(run: Run, items: readonly Item[]): readonly QuickAnswer[] | undefined {
  const parts: QuickAnswer[] = []
  for (const item of items) {
    if (typeof item === 'object' && item !== null && ('repeat' in item || 'range' in item)) {
      return undefined
    }
    const part = quickAnswer(run, item)
    if (part === undefined) return undefined
    parts.push(part)
  }
  return parts
}

/** The attribute dict; what has none is left to the evaluation, which says so. */
function dictOf(run: Run, value: Value, subject: PyValue): PyValue {
  const dict = subject instanceof PyObject ? instanceDict(subject) : undefined
  return dict ?? run.evaluate(value, subject)
}

/** What is the same at each call, made when it is first asked for. */
function once(make: () => PyValue): QuickAnswer {
  let made: PyValue | undefined
  return () => {
    made ??= make()
    return made
  }
}
