import { type Arbitrary, array, boolean, constantFrom, integer, record, tuple } from 'fast-check'
import type { Json, JsonObject } from '../json.ts'
import { strs } from './atoms.ts'
import type { KnownClass, Layout } from './context.ts'
import type { Features } from './features.ts'
import { present, sometimes, weighted, when } from './weighted.ts'

/** A class as the scenario has it, but for its hooks, and what its instances depend on. */
export type MadeClass = { readonly spec: JsonObject; readonly known: KnownClass }

type Kind =
  | 'plain'
  | 'slots'
  | 'based'
  | 'derived'
  | 'mixed'
  | 'enum'
  | 'namedtuple'
  | 'dataclass'
  | 'exception'
  | 'meta'

const kinds = (features: Features): Arbitrary<Kind> =>
  weighted<Kind>(
    [6, constantFrom('plain')],
    [when(features.has('slots'), 3), () => constantFrom('slots')],
    [when(features.has('builtInBases'), 5), () => constantFrom('based')],
    [when(features.has('derivedClasses'), 4), () => constantFrom('derived', 'derived', 'mixed')],
    [when(features.has('enums'), 2), () => constantFrom('enum')],
    [when(features.has('namedtuples'), 2), () => constantFrom('namedtuple')],
    [when(features.has('dataclasses'), 2), () => constantFrom('dataclass')],
    [when(features.has('exceptions'), 2), () => constantFrom('exception')],
    [when(features.has('metaclasses'), 2), () => constantFrom('meta')],
  )

const builtInBases = [
  'int',
  'float',
  'str',
  'bytes',
  'bytearray',
  'tuple',
  'list',
  'dict',
  'set',
  'frozenset',
  // These two have more ways to be saved than the others.
  'list',
  'dict',
] as const

const exceptions = [
  ...['Exception', 'ValueError', 'KeyError', 'RuntimeError', 'BaseException', 'LookupError'],
  ...['UnicodeError', 'KeyboardInterrupt', 'Warning', 'RecursionError'],
] as const

const enums = [
  { bases: ['enum:Enum'], values: 'any' },
  { bases: ['enum:IntEnum'], values: 'int' },
  { bases: ['enum:Flag'], values: 'flag' },
  { bases: ['enum:IntFlag'], values: 'flag' },
  { bases: ['builtins:str', 'enum:Enum'], values: 'str' },
  { bases: ['builtins:int', 'enum:Enum'], values: 'int' },
] as const

/** Where a class or function says it is, and whether it is found there. */
export function whereabouts(features: Features): Arbitrary<JsonObject> {
  const isElsewhere = features.has('elsewhere')
  const modules = constantFrom<Json[]>('other', 'pkg.sub', null, 'scenario.inner')
  return record({
    module: sometimes(isElsewhere ? 25 : 0, () => modules),
    found: sometimes(isElsewhere ? 12 : 0, constantFrom<Json[]>(false, 'other')),
  }).map(present)
}

function draws(features: Features) {
  const isOdd = features.has('oddNames')
  return record({
    kind: kinds(features),
    odd: boolean().map((odd) => odd && isOdd),
    base: integer({ min: 0, max: 999 }),
    other: integer({ min: 0, max: 999 }),
    slots: sometimes(20, constantFrom(0, 1, 2, 3)),
    members: array(
      tuple(strs(features), integer({ min: 0, max: 3 })).map(([text, n]) => ({ text, n })),
      { minLength: 1, maxLength: 3 },
    ),
    place: whereabouts(features),
    isNested: boolean(),
    isLocal: integer({ min: 0, max: 29 }).map((n) => n === 0 && features.has('elsewhere')),
  })
}

type Draw = ReturnType<typeof draws> extends Arbitrary<infer D> ? D : never

/** Slots for a class, none of which it shares with another. */
function slotsFor(name: string, at: number, count: number): readonly string[] {
  const own = [`s${at}`, `__p${at}`, `t${at}`]
  return name.startsWith('_') ? own.slice(0, 1) : own.slice(0, count)
}

const mangled = (slot: string, name: string): string =>
  slot.startsWith('__') && !slot.endsWith('__') ? `_${name}${slot}` : slot

/** Their instances have a length of their own, so nothing can be added behind it. */
const variableSize: ReadonlySet<Layout> = new Set(['int', 'bytes', 'tuple', 'type'])

/** Classes of the kinds that the mask allows, each of which Python would make. */
export function classes(features: Features): Arbitrary<readonly MadeClass[]> {
  return array(draws(features), { maxLength: 4 }).map((all) => {
    const made: MadeClass[] = []
    for (const draw of all) made.push(makeClass(draw, made, features))
    return made
  })
}

const names = ['A', 'B', 'C', 'D']
const oddNames = ['Ñ', 'Ж', '类', '_E']

function isLocal({ spec }: MadeClass): boolean {
  return String(spec['qualname'] ?? '').includes('<locals>')
}

function makeClass(draw: Draw, before: readonly MadeClass[], features: Features): MadeClass {
  const at = before.length
  const name = (draw.odd ? oddNames : names)[at] ?? `E${at}`
  const { spec, known } = shape(name, at, draw, before)
  const owner = draw.isNested && features.has('elsewhere') ? before.at(-1) : undefined
  const isOwnerPlain =
    owner !== undefined && owner.spec['module'] === undefined && owner.spec['found'] === undefined
  const home =
    isOwnerPlain && owner.known.layout !== 'enum' && !isLocal(owner)
      ? { qualname: `${String(owner.spec['qualname'] ?? owner.known.name)}.${name}` }
      : draw.isLocal && draw.place['module'] === undefined
        ? { qualname: `outer.<locals>.${name}` }
        : draw.place
  return { spec: { name, ...home, ...spec }, known }
}

function shape(
  name: string,
  at: number,
  draw: Draw,
  before: readonly MadeClass[],
): { readonly spec: JsonObject; readonly known: KnownClass } {
  const plain: KnownClass = {
    name,
    layout: 'object',
    hasDict: true,
    slots: [],
    members: [],
    fields: [],
    isKey: true,
  }
  switch (draw.kind) {
    case 'slots': {
      const slots = slotsFor(name, at, 1 + (draw.base % 3))
      const hasDict = draw.other % 4 === 0
      return {
        spec: { slots: hasDict ? [...slots, '__dict__'] : slots },
        known: { ...plain, hasDict, slots: slots.map((slot) => mangled(slot, name)) },
      }
    }
    case 'based': {
      const layout = builtInBases[draw.base % builtInBases.length] ?? 'list'
      const slots = slotsOn(layout, name, at, draw)
      return {
        spec: present({ bases: [`builtins:${layout}`], slots }),
        known: {
          ...plain,
          layout,
          isKey: false,
          hasDict: slots === undefined,
          slots: (slots ?? []).map((slot) => mangled(slot, name)),
        },
      }
    }
    case 'derived': {
      const parents = before.filter(({ known }) => known.layout !== 'enum')
      const parent = parents[draw.base % Math.max(1, parents.length)]?.known
      if (parent === undefined) return { spec: {}, known: plain }
      const slots = slotsOn(parent.layout, name, at, draw)
      const own = (slots ?? []).map((slot) => mangled(slot, name))
      return {
        spec: present({
          bases: [parent.name],
          slots,
          ...(parent.layout === 'exception' && { kind: 'exception' }),
        }),
        known: {
          ...parent,
          name,
          hasDict: parent.hasDict || slots === undefined,
          slots: [...parent.slots, ...own],
        },
      }
    }
    case 'mixed': {
      const roots = before.filter(
        ({ spec, known }) =>
          spec['bases'] === undefined && spec['slots'] === undefined && known.layout === 'object',
      )
      const bases = roots.filter(({ spec }) => spec['metaclass'] === undefined).slice(-2)
      const isKey = bases.every(({ known }) => known.isKey)
      return bases.length < 2
        ? { spec: {}, known: plain }
        : { spec: { bases: bases.map(({ known }) => known.name) }, known: { ...plain, isKey } }
    }
    case 'enum':
      return enumShape(draw, plain)
    case 'namedtuple': {
      const fields = ['x', 'yy'].slice(0, 1 + (draw.base % 2))
      return {
        spec: { kind: 'namedtuple', fields },
        known: { ...plain, layout: 'tuple', hasDict: false, isKey: false, fields },
      }
    }
    case 'dataclass': {
      const fields = ['x', 'yy'].slice(0, 1 + (draw.base % 2))
      return { spec: { kind: 'dataclass', fields }, known: { ...plain, isKey: false, fields } }
    }
    case 'exception':
      return {
        spec: {
          kind: 'exception',
          bases: [`builtins:${exceptions[draw.base % exceptions.length] ?? 'Exception'}`],
        },
        known: { ...plain, layout: 'exception', isKey: false },
      }
    case 'meta':
      return {
        spec: { bases: ['builtins:type'] },
        known: { ...plain, layout: 'type', isKey: false },
      }
    case 'plain': {
      const metas = before.filter(({ known }) => known.layout === 'type')
      const meta = metas[draw.base % Math.max(1, metas.length)]?.known.name
      return { spec: present({ metaclass: meta }), known: plain }
    }
  }
}

function slotsOn(
  layout: Layout,
  name: string,
  at: number,
  { slots }: Draw,
): readonly string[] | undefined {
  if (slots === undefined) return undefined
  return variableSize.has(layout) ? [] : slotsFor(name, at, slots)
}

function enumShape(draw: Draw, plain: KnownClass): { spec: JsonObject; known: KnownClass } {
  const { bases, values } = enums[draw.base % enums.length] ?? enums[0]
  const members = draw.members.map(({ text, n }, index): [string, Json] => {
    const member = `M${index}`
    if (values === 'int') return [member, n]
    if (values === 'flag') return [member, 2 ** n]
    const isText = typeof text === 'string'
    return [member, values === 'str' ? (isText ? text : 'other') : index % 2 === 0 ? text : n]
  })
  return {
    spec: { kind: 'enum', bases: [...bases], members },
    known: {
      ...plain,
      layout: 'enum',
      hasDict: false,
      isKey: false,
      members: members.map(([member]) => member),
    },
  }
}
