import { PyRecorded } from '../unpickler/recorded.ts'
import type { PyValue } from '../values/value.ts'
import { nameOf } from './names.ts'
import type { Reachable } from './reachable.ts'
import type { Reductions } from './reductions.ts'

/**
 * Finds the calls that set the state of an object: what they gave was dropped, and nothing leads to
 * it. A call that was made a second time since its arguments led back to the object is none of them.
 *
 * @clause RED-20 RED-23
 */
export function findSetters(
  made: readonly PyRecorded[],
  reachable: Reachable,
  reductions: Reductions,
): void {
  let left = made.flatMap((one) => (reachable.found.has(one) ? [] : (settingOf(one) ?? [])))
  if (left.length === 0) return
  const calls = left.map(({ call }) => call)
  const repeated = repeatedCalls(calls, reachable)
  left = left.filter(({ call }) => !repeated.has(call))
  for (let count = -1; count !== left.length; ) {
    count = left.length
    left = left.filter(({ call, object, state }) => {
      if (!reachable.found.has(object)) return true
      const { from } = call.making
      reductions.addSetter(object, from, state)
      reachable.add(from, { inside: object, as: '.setter' })
      reachable.add(state, { inside: object, as: '.state' })
      return false
    })
  }
}

/** A call with an object and its state. */
type Setting = {
  readonly call: PyRecorded
  readonly object: PyRecorded
  readonly state: PyValue
}

function settingOf(call: PyRecorded): Setting | undefined {
  const { from, by, args } = call.making
  const [object, state = null] = args
  const isSetting = by === 'call' && args.length === 2 && nameOf(from) !== 'builtins:getattr'
  return isSetting && object instanceof PyRecorded ? { call, object, state } : undefined
}

/** Those that are the very calls of objects that were kept. */
function repeatedCalls(
  calls: readonly PyRecorded[],
  reachable: Reachable,
): ReadonlySet<PyRecorded> {
  const callables = new Set(calls.map(({ making }) => making.from))
  const kept = [...reachable.found.keys()].filter(
    (one) => one instanceof PyRecorded && callables.has(one.making.from),
  )
  return new Set(
    calls.filter((call) => kept.some((one) => one instanceof PyRecorded && isSameCall(one, call))),
  )
}

const isSameCall = ({ making: one }: PyRecorded, { making: other }: PyRecorded): boolean =>
  one.from === other.from &&
  one.args.length === other.args.length &&
  one.args.every((arg, at) => arg === other.args[at])
