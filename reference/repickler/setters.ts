import { PyRecorded } from '../unpickler/recorded.ts'
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
  let left = made.filter((one) => isCallWithState(one) && !reachable.found.has(one))
  if (left.length === 0) return
  const repeated = repeatedCalls(left, reachable)
  left = left.filter((one) => !repeated.has(one))
  for (let count = -1; count !== left.length; ) {
    count = left.length
    left = left.filter((one) => {
      const [object = null, state = null] = one.making.args
      if (!(object instanceof PyRecorded) || !reachable.found.has(object)) return true
      reductions.addSetter(object, one.making.from, state)
      reachable.add(one.making.from, { inside: object, as: '.setter' })
      reachable.add(state, { inside: object, as: '.state' })
      return false
    })
  }
}

const isCallWithState = ({ making: { from, by, args } }: PyRecorded): boolean =>
  by === 'call' &&
  args.length === 2 &&
  args[0] instanceof PyRecorded &&
  nameOf(from) !== 'builtins:getattr'

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
