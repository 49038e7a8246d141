import {
  basesOf,
  type ClassFacts,
  ClassTable,
  factsOf,
  linearize,
  storageSlots,
} from './class-facts.ts'
import { found } from './json-fields.ts'
import { knownBases, type Layout } from './known-classes.ts'
import type { Place } from './place.ts'
import { at, root } from './place.ts'
import type { ClassKind, ClassSpec, Scenario, Value } from './scenario.ts'
import { refuse } from './scenario-error.ts'
import { childValues } from './walk.ts'

/**
 * Makes sure that Python would make each class, and gives what is known of them.
 *
 * @throws {ScenarioError} for the first class that has a field its kind does not have, or bases,
 *   slots or a metaclass that do not go together
 */
export function checkClasses(scenario: Scenario): ClassTable {
  const table = new ClassTable()
  scenario.classes.forEach((spec, index) => {
    const place = at(at(root, 'classes'), index)
    checkFieldsOfKind(spec, place)
    checkEarly(spec, place, table)
    table.add(checkClass(spec, place, table))
  })
  return table
}

// biome-ignore format: a table reads best as a table
const fieldsOfKind = {
  plain:      { required: [],          refused: ['fields', 'members'] },
  enum:       { required: ['members'], refused: ['metaclass', 'slots', 'fields'] },
  namedtuple: { required: ['fields'],  refused: ['bases', 'metaclass', 'slots', 'members'] },
  dataclass:  { required: ['fields'],  refused: ['metaclass', 'slots', 'members'] },
  exception:  { required: [],          refused: ['metaclass', 'fields', 'members'] },
} as const satisfies Record<ClassKind, { required: readonly (keyof ClassSpec)[]; refused: readonly (keyof ClassSpec)[] }>

function checkFieldsOfKind(spec: ClassSpec, place: Place): void {
  const kind = spec.kind ?? 'plain'
  for (const name of fieldsOfKind[kind].refused) {
    if (spec[name] !== undefined) {
      refuse(at(place, name), `found "${name}", wanted none in a class of the kind ${kind}`)
    }
  }
  for (const name of fieldsOfKind[kind].required) {
    if (spec[name] === undefined) {
      refuse(place, `found no "${name}", wanted it in a class of the kind ${kind}`)
    }
  }
}

/** What a class is made with names only classes that are made already. */
function checkEarly(spec: ClassSpec, place: Place, table: ClassTable): void {
  spec.members?.forEach(([, value], index) => {
    checkEarlyClasses(value, at(at(at(place, 'members'), index), 1), table)
  })
  const own = spec.hooks?.['__class__']
  if (own !== undefined && own !== null && 'is' in own) {
    checkEarlyClasses(own.is, at(at(at(place, 'hooks'), '__class__'), 'is'), table)
  }
}

function checkEarlyClasses(value: Value, place: Place, table: ClassTable): void {
  if (typeof value !== 'object' || value === null) return
  if ('class' in value && table.own(value.class) === undefined) {
    refuse(
      at(place, 'class'),
      `found ${JSON.stringify(value.class)}, wanted a class that stands earlier in "classes"`,
    )
  }
  for (const child of childValues(value)) checkEarlyClasses(child, place, table)
}

function checkClass(spec: ClassSpec, place: Place, table: ClassTable): ClassFacts {
  const bases = basesOf(spec).map((name, index) => {
    const here = at(at(place, 'bases'), index)
    return table.get(name) ?? refuseBase(name, here)
  })
  bases.forEach((base, index) => {
    checkBase(spec, base, at(at(place, 'bases'), index), bases.length - index === 1)
  })
  const mro = linearize(spec.name, bases)
  if (mro === undefined) {
    refuse(at(place, 'bases'), 'found bases in an order that no method resolution order keeps')
  }
  const solid = findSolid(bases, at(place, 'bases'), table)
  const metaclass = findMetaclass(spec, bases, place, table)
  checkSlots(spec, bases, solid.layout, at(place, 'slots'))
  checkFieldNames(spec, place)
  const facts = factsOf(spec, bases, mro, metaclass, solid)
  checkKind(spec, facts, place)
  return facts
}

function refuseBase(name: string, place: Place): never {
  if (!name.includes(':')) {
    refuse(place, `found the class ${name}, wanted one that stands earlier in "classes"`)
  }
  const names = [...knownBases.keys()].filter((known) => !known.endsWith('Warning'))
  refuse(
    place,
    `found ${name}, wanted an earlier class of the scenario or one of ${names.join(', ')}`,
  )
}

function checkBase(spec: ClassSpec, base: ClassFacts, place: Place, isLast: boolean): void {
  const { name } = base.spec
  const isEnum = spec.kind === 'enum'
  if (base.isEnum && !isEnum) {
    refuse(place, `found ${name}, an enum, wanted it only under a class of the kind enum`)
  }
  if (base.isEnum && !name.includes(':')) {
    refuse(
      place,
      `found ${name}, an enum of the scenario, wanted another base: an enum has no subclasses`,
    )
  }
  if (isEnum && isLast !== base.isEnum) {
    refuse(place, `found ${name}, wanted a class of the module enum as the last base and no other`)
  }
}

function findSolid(bases: readonly ClassFacts[], place: Place, table: ClassTable): ClassFacts {
  const [first, ...others] = bases
  if (first === undefined) refuse(place, 'found no base, wanted at least one')
  let solid = first
  for (const base of others) {
    if (table.derives(solid.solid, base.solid)) continue
    if (!table.derives(base.solid, solid.solid)) {
      refuse(
        place,
        `found ${solid.spec.name} and ${base.spec.name}, which lay out their instances differently, wanted bases with one lay-out`,
      )
    }
    solid = base
  }
  return solid
}

function findMetaclass(
  spec: ClassSpec,
  bases: readonly ClassFacts[],
  place: Place,
  table: ClassTable,
): string {
  let metaclass = spec.metaclass ?? 'builtins:type'
  const here = at(place, 'metaclass')
  if (spec.metaclass !== undefined && table.get(spec.metaclass)?.layout !== 'type') {
    refuse(
      here,
      `found ${spec.metaclass}, wanted an earlier class of the scenario that derives from builtins:type`,
    )
  }
  for (const base of bases) {
    if (table.derives(metaclass, base.metaclass)) continue
    if (!table.derives(base.metaclass, metaclass)) {
      refuse(
        spec.metaclass === undefined ? at(place, 'bases') : here,
        `found the metaclasses ${metaclass} and ${base.metaclass}, wanted one that derives from the other`,
      )
    }
    metaclass = base.metaclass
  }
  return metaclass
}

/** Their instances have a length of their own, so nothing can be added behind it. */
const variableSize: ReadonlySet<Layout> = new Set(['int', 'bytes', 'tuple', 'type'])

function checkSlots(
  spec: ClassSpec,
  bases: readonly ClassFacts[],
  layout: Layout,
  place: Place,
): void {
  const slots = spec.slots ?? []
  if (slots.length > 0 && variableSize.has(layout)) {
    refuse(place, `found slots, wanted none in a class that derives from builtins:${layout}`)
  }
  slots.forEach((slot, index) => {
    const here = at(place, index)
    if (slot === '__dict__' && bases.some((base) => base.hasDict)) {
      refuse(here, 'found the slot __dict__, wanted it only where no base has an attribute dict')
    }
    if (slot === '__weakref__' && bases.some((base) => base.hasWeakref)) {
      refuse(here, 'found the slot __weakref__, wanted it only where no base has one')
    }
  })
  const taken = [...(spec.attributes ?? []).map(([name]) => name), ...Object.keys(spec.hooks ?? {})]
  for (const name of storageSlots(spec)) {
    if (taken.includes(name)) {
      refuse(
        at(place, slots.indexOf(name)),
        `found the slot ${name}, wanted no attribute or hook of that name beside it`,
      )
    }
  }
}

const keywords: ReadonlySet<string> = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
)

function checkFieldNames(spec: ClassSpec, place: Place): void {
  spec.fields?.forEach((name, index) => {
    const hidden = spec.kind === 'namedtuple' && name.startsWith('_')
    if (hidden || keywords.has(name)) {
      refuse(at(at(place, 'fields'), index), `found ${name}, wanted a name that a field may have`)
    }
  })
  spec.members?.forEach(([name], index) => {
    if (name.startsWith('_') || name === 'mro' || keywords.has(name)) {
      const here = at(at(at(place, 'members'), index), 0)
      refuse(here, `found ${name}, wanted a name that a member may have`)
    }
  })
}

const mixins: ReadonlySet<Layout> = new Set(['object', 'int', 'float', 'str'])

function checkKind(spec: ClassSpec, facts: ClassFacts, place: Place): void {
  const isException = facts.layout === 'exception'
  if (isException !== (spec.kind === 'exception')) {
    refuse(
      at(place, 'kind'),
      `found the kind ${spec.kind ?? 'plain'}, wanted exception where, and only where, a base is an exception`,
    )
  }
  if (spec.kind !== 'enum') return
  if (!mixins.has(facts.layout)) {
    refuse(
      at(place, 'bases'),
      `found builtins:${facts.layout}, wanted an enum over int, float or str, or over none`,
    )
  }
  const isFlag = facts.mro.includes('enum:Flag')
  const wanted = isFlag ? 'int' : facts.layout
  spec.members?.forEach(([, value], index) => {
    if (wanted !== 'object' && !isOfLayout(value, wanted)) {
      const here = at(at(at(place, 'members'), index), 1)
      refuse(here, `${found(value)}, wanted a value of the type ${wanted}`)
    }
  })
}

/** Whether a value is, without a look at refs, of the very type that a layout names. */
export function isOfLayout(value: Value, layout: Layout): boolean {
  if (typeof value === 'number') return layout === 'int'
  if (typeof value === 'string') return layout === 'str'
  if (typeof value !== 'object' || value === null) return false
  if (layout === 'exception') return 'tuple' in value
  return layout in value
}
