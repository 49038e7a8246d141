import { isOfLayout } from './check-classes.ts'
import type { ClassFacts, ClassTable } from './class-facts.ts'
import { found, oneOf } from './json-fields.ts'
import { type Layout, raisableGlobals } from './known-classes.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Noted, Reading } from './reading.ts'
import type { InstanceValue, Raise, Scenario, TaggedValue, Value } from './scenario.ts'
import { refuse } from './scenario-error.ts'

/**
 * Makes sure that every name means something: ids, classes, functions, exceptions; and that every
 * instance has only what its class can hold.
 */
export function checkReferences(scenario: Scenario, reading: Reading, classes: ClassTable): void {
  const functions = new Set(scenario.functions.map(({ name }) => name))
  for (const { what, place } of reading.classNames) checkClassName(what, place, classes)
  for (const { what, place } of reading.objectNames) checkObjectName(what, place, reading)
  for (const raise of reading.raises) checkRaise(raise, classes)
  for (const { what, place } of reading.tagged) {
    checkTagged(what, place, reading, classes, functions)
  }
}

function checkObjectName(name: string, place: Place, reading: Reading): TaggedValue {
  const object = reading.objects.get(name)
  if (object === undefined) {
    refuse(place, `found ${JSON.stringify(name)}, wanted the id of an object of the scenario`)
  }
  return object.what
}

function checkClassName(name: string, place: Place, classes: ClassTable): ClassFacts | undefined {
  if (name.includes(':')) return undefined
  return classes.own(name) ?? refuseClass(name, place)
}

function refuseClass(name: string, place: Place): never {
  refuse(place, `found ${JSON.stringify(name)}, wanted the name of a class of the scenario`)
}

function checkRaise({ what, place }: Noted<Raise>, classes: ClassTable): void {
  const { type } = what
  const own = classes.own(type)
  if (own !== undefined ? own.layout !== 'exception' : !raisableGlobals.has(type)) {
    refuse(
      place,
      `found ${JSON.stringify(type)}, wanted a class of the kind exception or an exception of Python that takes one text`,
    )
  }
}

function checkTagged(
  value: TaggedValue,
  place: Place,
  reading: Reading,
  classes: ClassTable,
  functions: ReadonlySet<string>,
): void {
  if ('ref' in value) checkObjectName(value.ref, at(place, 'ref'), reading)
  else if ('class' in value) checkClassName(value.class, at(place, 'class'), classes)
  else if ('instance' in value) checkInstance(value, place, reading, classes)
  else if ('buffer' in value) checkBuffer(value, place, reading)
  else if ('opaque' in value) checkOpaque(value, place, reading)
  else if ('nest' in value) checkNest(value.in, at(place, 'in'), classes)
  else if ('function' in value && !functions.has(value.function)) {
    const here = at(place, 'function')
    refuse(
      here,
      `found ${JSON.stringify(value.function)}, wanted the name of a function of the scenario`,
    )
  }
}

function checkNest(kind: string, place: Place, classes: ClassTable): void {
  if (!kind.startsWith('instance:')) return
  const name = kind.slice('instance:'.length)
  const facts = classes.own(name) ?? refuseClass(name, place)
  const canHold = facts.hasDict || facts.slots.has('next')
  if (!canHold || facts.isEnum || facts.layout === 'type' || facts.layout === 'exception') {
    refuse(
      place,
      `found the class ${name}, wanted one whose instances can have the attribute "next"`,
    )
  }
}

/** The value itself, or the object a ref names. */
function resolve(value: Value, reading: Reading): Value {
  if (typeof value !== 'object' || value === null || !('ref' in value)) return value
  return reading.objects.get(value.ref)?.what ?? value
}

function checkBuffer(
  value: Extract<TaggedValue, { readonly buffer: Value }>,
  place: Place,
  reading: Reading,
): void {
  const base = resolve(value.buffer, reading)
  const isBytes = isOfLayout(base, 'bytes')
  if (!isBytes && !isOfLayout(base, 'bytearray')) {
    refuse(at(place, 'buffer'), `${found(base)}, wanted bytes, a bytearray, or a ref to one`)
  }
}

const filledLater = ['list', 'dict', 'set', 'iterator'] as const

/** An argument that is filled later would be empty when the library reads it. */
function checkOpaque(
  value: Extract<TaggedValue, { readonly opaque: string }>,
  place: Place,
  reading: Reading,
): void {
  value.arguments.forEach((argument, index) => {
    const object = resolve(argument, reading)
    const isRef = object !== argument && typeof object === 'object' && object !== null
    if (!isRef) return
    const isNest = 'nest' in object && (object.in === 'list' || object.in === 'dict')
    if (isNest || filledLater.some((tag) => tag in object)) {
      refuse(
        at(at(place, 'arguments'), index),
        `${found(argument)} to an object whose content comes later, wanted the content itself`,
      )
    }
  })
}

const valueLayouts: ReadonlySet<Layout> = new Set([
  'int',
  'float',
  'str',
  'bytes',
  'bytearray',
  'tuple',
  'set',
  'frozenset',
  'exception',
])

function checkInstance(
  value: InstanceValue,
  place: Place,
  reading: Reading,
  classes: ClassTable,
): void {
  const facts = classes.own(value.instance) ?? refuseClass(value.instance, at(place, 'instance'))
  if (facts.layout === 'type') {
    refuse(
      at(place, 'instance'),
      `found the metaclass ${value.instance}, wanted an ordinary class: classes stand in "classes"`,
    )
  }
  if (facts.isEnum || value.member !== undefined) {
    checkMember(value, place, facts)
    return
  }
  checkValueOf(value, place, reading, facts)
  checkContent(value, place, facts)
  checkAttributes(value, place, facts)
}

function checkMember(value: InstanceValue, place: Place, facts: ClassFacts): void {
  const names = (facts.spec.members ?? []).map(([name]) => name)
  if (value.member === undefined) {
    refuse(
      place,
      `found an instance of the enum ${value.instance}, wanted "member" with ${oneOf(names)}`,
    )
  }
  if (!facts.isEnum) {
    refuse(at(place, 'member'), `found a member of ${value.instance}, wanted the name of an enum`)
  }
  if (!names.includes(value.member)) {
    refuse(at(place, 'member'), `found ${JSON.stringify(value.member)}, wanted ${oneOf(names)}`)
  }
}

function checkValueOf(
  value: InstanceValue,
  place: Place,
  reading: Reading,
  { layout }: ClassFacts,
): void {
  if (value.of === undefined) return
  const here = at(place, 'of')
  if (!valueLayouts.has(layout)) {
    refuse(
      here,
      `found "of", wanted none, since ${value.instance} derives from no type with a value`,
    )
  }
  const of = resolve(value.of, reading)
  if (!isOfLayout(of, layout)) {
    const wanted =
      layout === 'exception' ? 'a tuple, the arguments' : `a value of the type ${layout}`
    refuse(here, `${found(of)}, wanted ${wanted}`)
  }
}

function checkContent(value: InstanceValue, place: Place, { layout }: ClassFacts): void {
  if (value.items !== undefined && layout !== 'list') {
    refuse(
      at(place, 'items'),
      `found items, wanted none, since ${value.instance} derives from no list`,
    )
  }
  if (value.entries !== undefined && layout !== 'dict') {
    refuse(
      at(place, 'entries'),
      `found entries, wanted none, since ${value.instance} derives from no dict`,
    )
  }
}

function checkAttributes(value: InstanceValue, place: Place, facts: ClassFacts): void {
  const { hasDict, slots } = facts
  value.attributes?.forEach(([name], index) => {
    const here = at(at(at(place, 'attributes'), index), 0)
    if (slots.has(name)) refuse(here, `found the slot ${name}, wanted it under "slots"`)
    if (!hasDict) {
      refuse(
        here,
        `found ${name}, wanted no attributes, since instances of ${value.instance} have no attribute dict`,
      )
    }
  })
  value.slots?.forEach(([name], index) => {
    if (!slots.has(name)) {
      const here = at(at(at(place, 'slots'), index), 0)
      refuse(here, `found ${name}, wanted ${oneOf([...slots])}, the slots of ${value.instance}`)
    }
  })
  if (value.hooks !== undefined && !hasDict) {
    refuse(
      at(place, 'hooks'),
      `found hooks, wanted none, since instances of ${value.instance} have no attribute dict`,
    )
  }
}
