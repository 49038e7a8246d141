import { findCycle } from './find-cycle.ts'
import type {
  Action,
  ClassSpec,
  Hook,
  PicklerAttributes,
  Scenario,
  Table,
  TaggedValue,
  Value,
} from './scenario.ts'
import { childValues, type HookPlace, type TablePlace, visitScenario } from './walk.ts'

/** All that a scenario can ask of an implementation. */
// biome-ignore format: a table reads best as a table
export const capabilities = {
  'values:sharing':                 'an object that stands in more than one place',
  'values:cycles':                  'an object that contains itself',
  'values:sets':                    'a set or frozenset',
  'values:surrogates':              'a str with lone surrogates',
  'values:iterators':               'an iterator',
  'values:globals':                 'a class or function of Python, by name',
  'values:buffers':                 'a PickleBuffer',
  'values:opaque':                  'an object of a library',
  'functions':                      'a function of the scenario',
  'classes':                        'a class of the scenario',
  'classes:builtin-base':           'a class that derives from a built-in type with content',
  'classes:slots':                  'a class with __slots__',
  'classes:metaclass':              'a class with a metaclass',
  'classes:enum':                   'an enum',
  'classes:namedtuple':             'a namedtuple',
  'classes:dataclass':              'a dataclass',
  'classes:exception':              'a class of exceptions',
  'modules':                        'a class or function in another module, found elsewhere or not at all',
  'modules:missing':                'a module that cannot be imported',
  'extensions':                     'a code of the extension registry',
  'hooks:class':                    'a method of a class, such as __reduce_ex__',
  'hooks:instance':                 'a method that is an attribute of an instance',
  'hooks:property':                 'a property in place of a method',
  'hooks:reducer_override':         'reducer_override',
  'hooks:persistent_id':            'persistent_id',
  'hooks:buffer_callback':          'buffer_callback',
  'hooks:find_class':               'find_class of an unpickler',
  'hooks:persistent_load':          'persistent_load of an unpickler',
  'hooks:actions':                  'actions carried out while a hook is called',
  'hooks:dispatch_table:instance':  'a dispatch table on the pickler',
  'hooks:dispatch_table:subclass':  'a dispatch table on its class',
  'hooks:dispatch_table:copyreg':   'entries of copyreg.dispatch_table',
  'hooks:dispatch_table:mapping':   'a dispatch table that is no dict',
  'pickler:subclass':               'a subclass of the pickler',
  'pickler:fast':                   'the attribute fast',
  'pickler:fix_imports':            'the argument fix_imports',
  'pickler:protocol':               'a protocol of its own, of any type',
  'steps:several-dumps':            'more than one dump by one pickler',
  'steps:attributes':               'attributes set or deleted between dumps',
  'steps:tables':                   'entries of tables put or removed between dumps',
  'steps:calls':                    'methods called between dumps',
  'load':                           'a pickle loaded',
  'load:stream':                    'a pickle loaded from a file object',
  'load:several':                   'pickles loaded one after another by one unpickler',
  'load:buffers':                   'out-of-band buffers',
  'load:encoding':                  'the arguments encoding and errors',
} as const satisfies Record<string, string>

export type Capability = keyof typeof capabilities

// Object.keys of a literal gives its own names.
const capabilityList = Object.keys(capabilities) as readonly Capability[]

/** What an implementation must have to be asked a canonical scenario, in the order of the table. */
export function needsOf(scenario: Scenario): readonly Capability[] {
  const needs = new Set<Capability>()
  const need = (capability: Capability | undefined): void => {
    if (capability !== undefined) needs.add(capability)
  }
  const objects = new Map<string, TaggedValue>()

  visitScenario(scenario, {
    value: (value) => {
      if ('id' in value && value.id !== undefined) objects.set(value.id, value)
      need(needOfValue(value))
    },
    hook: (hook, place) => {
      for (const one of needsOfHook(hook, place)) need(one)
    },
    table: (table, place) => {
      for (const one of needsOfTable(table, place)) need(one)
    },
    action: (action, where) => {
      if (where === 'do') need('hooks:actions')
      for (const one of needsOfAction(action)) need(one)
    },
  })
  for (const spec of scenario.classes) for (const one of needsOfClass(spec)) need(one)
  if (scenario.functions.length > 0) need('functions')
  if (scenario.functions.some(isElsewhere) || scenario.classes.some(isElsewhere)) need('modules')
  if (scenario.missingModules.length > 0) need('modules:missing')
  if (scenario.copyreg.extensions.length > 0) need('extensions')
  if (scenario.copyreg.dispatch_table.length > 0) need('hooks:dispatch_table:copyreg')
  for (const one of needsOfPickler(scenario)) need(one)
  for (const one of needsOfUnpickler(scenario)) need(one)
  if (scenario.steps.filter((action) => isDump(action)).length > 1) need('steps:several-dumps')
  if (hasCycle(objects)) need('values:cycles')
  return capabilityList.filter((capability) => needs.has(capability))
}

/**
 * The needs that an implementation does not meet. What it declares covers what begins with it and a
 * colon: `hooks` covers `hooks:persistent_id`.
 */
export function unmetNeeds<N extends string>(
  needs: readonly N[],
  declared: readonly string[],
): readonly N[] {
  return needs.filter((need) => !declared.some((one) => need === one || need.startsWith(`${one}:`)))
}

function needOfValue(value: TaggedValue): Capability | undefined {
  if ('ref' in value) return 'values:sharing'
  if ('set' in value || 'frozenset' in value) return 'values:sets'
  if ('nest' in value) return value.in === 'frozenset' ? 'values:sets' : undefined
  if ('str' in value && value.str.some((part) => typeof part === 'number')) {
    return 'values:surrogates'
  }
  if ('iterator' in value) return 'values:iterators'
  if ('global' in value) return 'values:globals'
  if ('buffer' in value) return 'values:buffers'
  return 'opaque' in value ? 'values:opaque' : undefined
}

const hookNeeds: { readonly [place in HookPlace]: Capability | undefined } = {
  function: 'functions',
  class: 'hooks:class',
  object: 'hooks:instance',
  copyreg: 'hooks:dispatch_table:copyreg',
  buffer_callback: 'hooks:buffer_callback',
  reducer_override: 'hooks:reducer_override',
  persistent_id: 'hooks:persistent_id',
  find_class: 'hooks:find_class',
  persistent_load: 'hooks:persistent_load',
  'table:instance': undefined,
  'table:subclass': undefined,
  'table:action': undefined,
}

function needsOfHook(hook: Hook, place: HookPlace): readonly (Capability | undefined)[] {
  const isProperty = hook !== null && 'property' in hook
  return [hookNeeds[place], isProperty ? 'hooks:property' : undefined]
}

function needsOfTable(table: Table, place: TablePlace): readonly Capability[] {
  const isMapping = table !== null && 'kind' in table && table.kind !== 'dict'
  return [
    ...(place === 'action' ? [] : [`hooks:dispatch_table:${place}` as const]),
    ...(isMapping ? ['hooks:dispatch_table:mapping' as const] : []),
  ]
}

function isDump(action: Action): boolean {
  return 'dump' in action || ('call' in action && action.call.method === 'dump')
}

const several = ['load:several'] as const
const stream = ['load:stream'] as const

function needsOfAction(action: Action): readonly Capability[] {
  if ('load' in action) {
    const isNext = typeof action.load === 'object' && 'next' in action.load
    const isStream = action.from !== undefined
    return ['load', ...(isNext ? several : []), ...(isStream ? stream : [])]
  }
  if ('put' in action || 'remove' in action) {
    return ['steps:tables', tableNeed(('put' in action ? action.put : action.remove).table)]
  }
  if ('call' in action) return ['steps:calls']
  if ('set' in action) return ['steps:attributes', ...attributeNeeds(action.set)]
  return 'delete' in action ? ['steps:attributes', ...attributeNeeds(action.delete)] : []
}

function tableNeed(table: 'pickler' | 'class' | 'copyreg'): Capability {
  if (table === 'copyreg') return 'hooks:dispatch_table:copyreg'
  return table === 'class' ? 'hooks:dispatch_table:subclass' : 'hooks:dispatch_table:instance'
}

function attributeNeeds(action: {
  readonly on: 'pickler' | 'class' | { readonly object: string }
  readonly name: string
}): readonly Capability[] {
  if (typeof action.on !== 'string') return []
  switch (action.name) {
    case 'fast':
      return ['pickler:fast']
    case 'dispatch_table':
      return [tableNeed(action.on)]
    default:
      return [action.name === 'persistent_id' ? 'hooks:persistent_id' : 'hooks:reducer_override']
  }
}

function isElsewhere(spec: {
  readonly qualname?: string
  readonly module?: string | null
  readonly found?: false | 'other'
}): boolean {
  return spec.module !== undefined || spec.found !== undefined || spec.qualname !== undefined
}

const kindNeeds = {
  plain: undefined,
  enum: 'classes:enum',
  namedtuple: 'classes:namedtuple',
  dataclass: 'classes:dataclass',
  exception: 'classes:exception',
} as const

function needsOfClass(spec: ClassSpec): readonly (Capability | undefined)[] {
  const isBuiltin = (base: string): boolean => base.includes(':') && base !== 'builtins:object'
  const isMeta = spec.metaclass !== undefined || spec.bases?.includes('builtins:type') === true
  return [
    'classes',
    kindNeeds[spec.kind ?? 'plain'],
    spec.slots === undefined ? undefined : 'classes:slots',
    isMeta ? 'classes:metaclass' : undefined,
    (spec.kind ?? 'plain') === 'plain' && !isMeta && spec.bases?.some(isBuiltin) === true
      ? 'classes:builtin-base'
      : undefined,
  ]
}

function needsOfPickler({ pickler, steps }: Scenario): readonly (Capability | undefined)[] {
  const { init, subclass, instance } = pickler
  const isFast = ({ fast }: PicklerAttributes): boolean => fast !== undefined
  return [
    subclass === null ? undefined : 'pickler:subclass',
    isFast(subclass ?? {}) || isFast(instance) ? 'pickler:fast' : undefined,
    init.fix_imports === undefined ? undefined : 'pickler:fix_imports',
    init.protocol === undefined || isLoadAlone(steps) ? undefined : 'pickler:protocol',
  ]
}

/** Nothing is asked of the pickler but to be there. */
function isLoadAlone(steps: readonly Action[]): boolean {
  return steps.length > 0 && steps.every((action) => 'load' in action)
}

function needsOfUnpickler({ unpickler }: Scenario): readonly (Capability | undefined)[] {
  const { fix_imports, encoding, errors, buffers } = unpickler
  return [
    fix_imports === undefined ? undefined : 'pickler:fix_imports',
    encoding === undefined && errors === undefined ? undefined : 'load:encoding',
    buffers === undefined ? undefined : 'load:buffers',
  ]
}

/** Whether an object with an id is met again inside itself. */
function hasCycle(objects: ReadonlyMap<string, TaggedValue>): boolean {
  const inside = (id: string): readonly string[] => {
    const ids: string[] = []
    const waiting: Value[] = [...childValues(objects.get(id) ?? null)]
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      if (typeof one !== 'object' || one === null) continue
      if ('ref' in one) ids.push(one.ref)
      else if ('id' in one && one.id !== undefined) ids.push(one.id)
      else waiting.push(...childValues(one))
    }
    return ids
  }
  return findCycle(objects.keys(), inside) !== undefined
}
