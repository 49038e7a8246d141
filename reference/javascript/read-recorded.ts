import type { PyRecorded, Deed as RecordedDeed } from '../unpickler/recorded.ts'
import type { PyValue } from '../values/value.ts'
import type { Reduced } from './reduced.ts'
import type { Deed } from './values.ts'

type Part = (value: PyValue) => unknown

/** What was done, with the values as they are in JavaScript. */
export function readDeeds(done: readonly RecordedDeed[], part: Part): Deed[] {
  return done.map(([name, given]) => [name, ...given.map(part)])
}

/** Tells the call that was recorded, and what was done afterwards, at last by calls that set a state. */
export function readRecorded(
  { making, done }: PyRecorded,
  setters: readonly PyRecorded[],
  reduced: Reduced,
  part: Part,
): void {
  reduced.callable = part(making.from)
  reduced.isNew = making.by === 'new'
  reduced.args = making.args.map(part)
  reduced.keywords = part(making.keywords)
  const settings = setters.map(({ making: { args } }): Deed => ['state', part(args[1] ?? null)])
  const deeds = [...readDeeds(done, part), ...settings]
  const isSetOnce = setters.length === 0 || deeds.filter(([name]) => name === 'state').length === 1
  reduced.deeds = isInOrder(done) && isSetOnce ? [] : deeds
  reduced.stateSetter = part(setters[0]?.making.from ?? null)
  const given = (name: Deed[0]) => deeds.filter(([deed]) => deed === name)
  reduced.state = given('state').at(-1)?.[1]
  reduced.listItems = given('append').map(([, item]) => item)
  reduced.dictItems = given('setitem').map(([, key, value]) => [key, value])
}

/** Whether a reduction can say this: items, then entries, then one state that is not None. */
function isInOrder(done: readonly RecordedDeed[]): boolean {
  const places = done.map(([name, [given]]) =>
    name === 'state' && given === null ? Number.NaN : ['append', 'setitem', 'state'].indexOf(name),
  )
  return places.every((place, at) => {
    const before = places[at - 1] ?? 0
    return place >= before && !(place === 2 && before === 2)
  })
}
