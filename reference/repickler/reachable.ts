import { PyPersistent, PyRecorded } from '../unpickler/recorded.ts'
import type { PyValue } from '../values/value.ts'

/** Where a value was found: in what, and what it is there. */
type Found = { readonly inside: PyValue; readonly as: string } | null

/** Of a longer way so many steps are said at either end. */
const stepsSaid = 8

/**
 * Everything that can be reached from a value, each object once, with the place where it was first
 * found. Depth costs nothing.
 */
export class Reachable {
  readonly found = new Map<PyValue, Found>()

  /** Adds a value and all that is in it. */
  add(root: PyValue, place: Found = null): void {
    const pending: [PyValue, Found][] = [[root, place]]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const [value, from] = next
      if (typeof value !== 'object' || value === null || this.found.has(value)) continue
      this.found.set(value, from)
      for (const [as, part] of partsOf(value)) pending.push([part, { inside: value, as }])
    }
  }

  /** The way from the top to a value, as a person would write it. */
  placeOf(value: PyValue): string {
    const steps: string[] = []
    for (const { as } of this.#stepsTo(value)) steps.push(as)
    steps.reverse()
    if (steps.length <= 2 * stepsSaid) return `value${steps.join('')}`
    const left = steps.length - 2 * stepsSaid
    const [first, last] = [steps.slice(0, stepsSaid), steps.slice(-stepsSaid)]
    return `value${first.join('')} … ${left} steps … ${last.join('')}`
  }

  /** A value and what it lies in, from the inside to the outside. */
  *around(value: PyValue): Generator<PyValue, void, void> {
    yield value
    for (const { inside } of this.#stepsTo(value)) yield inside
  }

  *#stepsTo(value: PyValue): Generator<NonNullable<Found>, void, void> {
    for (let found = this.found.get(value); found != null; found = this.found.get(found.inside)) {
      yield found
    }
  }
}

type Parts = readonly (readonly [as: string, part: PyValue])[]

/** What is inside a value, and how a person would write the way to it. */
export function partsOf(value: PyValue): Parts {
  if (typeof value !== 'object' || value === null) return []
  switch (value.kind) {
    case 'tuple':
    case 'list':
      return value.items.map((item, at) => [`[${at}]`, item])
    case 'set':
    case 'frozenset':
      return value.members.map((item) => ['{}', item])
    case 'dict':
      return value.keys.flatMap(
        (key, at): Parts => [
          [' key', key],
          [`[${at}]`, value.values[at] ?? null],
        ],
      )
    case 'object': {
      if (value instanceof PyRecorded) return partsOfRecorded(value)
      if (value instanceof PyPersistent) return [['.pid', value.pid]]
      const { dict, slots, value: content = null } = value
      const held = [...(slots ?? [])].map(([name, slot]): Parts[number] => [`.${name}`, slot])
      return [...partsOf(dict), ...held, ...partsOf(content)]
    }
    default:
      return []
  }
}

function partsOfRecorded({ making, done }: PyRecorded): Parts {
  const given = making.args.map((arg, at): Parts[number] => [`.args[${at}]`, arg])
  const named = partsOf(making.keywords)
  const deeds = done.flatMap(([name, values]) =>
    values.map((value): Parts[number] => [name === 'state' ? '.state' : '[…]', value]),
  )
  return [['.class', making.from], ...given, ...named, ...deeds]
}
