import type { ClassTable } from './class-facts.ts'
import { found, oneOf } from './json-fields.ts'
import { type CallMethod, callMethods } from './names.ts'
import type { Place } from './place.ts'
import { at, root } from './place.ts'
import type { Reading } from './reading.ts'
import type { Action, Scenario, TaggedValue, Target } from './scenario.ts'
import { refuse } from './scenario-error.ts'

/** Makes sure that actions are on something that has what they ask for. */
export function checkSteps(scenario: Scenario, reading: Reading, classes: ClassTable): void {
  checkLoads(scenario.steps)
  const hasSubclass = scenario.pickler.subclass !== null
  for (const { what, place } of reading.actions) {
    if (!hasSubclass) checkNoClass(what, place)
    if ('set' in what) checkHolder(what.set.on, at(at(place, 'set'), 'on'), reading)
    else if ('delete' in what) checkHolder(what.delete.on, at(at(place, 'delete'), 'on'), reading)
    else if ('call' in what) checkCall(what.call, at(place, 'call'), reading, classes)
  }
}

/** Without a subclass the class is Python's own, which a scenario leaves as it is. */
function checkNoClass(action: Action, place: Place): void {
  const here = classPlace(action, place)
  if (here === undefined) return
  refuse(here, 'found "class", wanted it only where the pickler has a "subclass"')
}

/** Where an action names the class of the pickler. */
function classPlace(action: Action, place: Place): Place | undefined {
  if ('set' in action && action.set.on === 'class') return at(at(place, 'set'), 'on')
  if ('delete' in action && action.delete.on === 'class') return at(at(place, 'delete'), 'on')
  if ('put' in action && action.put.table === 'class') return at(at(place, 'put'), 'table')
  if ('remove' in action && action.remove.table === 'class') {
    return at(at(place, 'remove'), 'table')
  }
  return undefined
}

/** Step 0 builds the pickler, so the first action is step 1. */
function checkLoads(steps: readonly Action[]): void {
  steps.forEach((action, index) => {
    if (!('load' in action) || typeof action.load === 'string') return
    if ('next' in action.load) {
      checkNext(steps, index)
      return
    }
    const { step } = action.load
    const earlier = step <= index ? steps[step - 1] : undefined
    if (earlier === undefined || !givesBytes(earlier)) {
      const place = at(at(at(at(root, 'steps'), index), 'load'), 'step')
      refuse(
        place,
        `found the step ${step}, wanted one before step ${index + 1} that dumps; the first action is step 1`,
      )
    }
  })
}

/** What was left of a file is that of the latest load before. */
function checkNext(steps: readonly Action[], index: number): void {
  if (steps.slice(0, index).some((action) => 'load' in action)) return
  refuse(
    at(at(at(at(root, 'steps'), index), 'load'), 'next'),
    'found the next pickle, wanted a load before it, whose file it is in',
  )
}

function givesBytes(action: Action): boolean {
  return 'dump' in action || ('call' in action && action.call.method === 'dump')
}

function checkHolder(on: Target, place: Place, reading: Reading): void {
  if (typeof on === 'string') return
  const object = reading.objects.get(on.object)?.what
  if (object === undefined || !('instance' in object)) {
    refuse(place, `${found(object)}, wanted the id of an instance, which can have attributes`)
  }
}

/** What the methods of an object are those of: its tag, or the type its class derives from. */
function ownerOf(object: TaggedValue, classes: ClassTable): string {
  if ('instance' in object) return classes.own(object.instance)?.layout ?? 'object'
  if ('nest' in object) return object.in
  return Object.keys(object).find((name) => name !== 'id' && name !== 'node') ?? 'object'
}

function checkCall(
  call: { readonly on: Target; readonly method: string },
  place: Place,
  reading: Reading,
  classes: ClassTable,
): void {
  if (typeof call.on === 'string') return
  const object = reading.objects.get(call.on.object)?.what
  if (object === undefined) return
  const owner = ownerOf(object, classes)
  // The parser has read the method from this very table.
  const { of }: { readonly of: readonly string[] } = callMethods[call.method as CallMethod]
  if (!of.includes(owner)) {
    refuse(
      at(place, 'method'),
      `found ${call.method} of ${JSON.stringify(call.on.object)}, whose type is ${owner}, wanted it on ${oneOf(of)}`,
    )
  }
}
