import { isHookName, unpicklerAttributeNames } from './names.ts'
import type {
  Action,
  Entry,
  Hook,
  Item,
  RulesHook,
  Scenario,
  Table,
  TaggedValue,
  Value,
} from './scenario.ts'

/** The value of an item; a range makes its own. */
export function itemValues(item: Item): readonly Value[] {
  if (typeof item !== 'object' || item === null) return [item]
  if ('range' in item) return []
  return 'repeat' in item ? [item.of] : [item]
}

/** The key and the value of an entry; the keys of a range make themselves. */
export function entryValues(entry: Entry): readonly Value[] {
  return 'value' in entry ? [entry.value] : [entry[0], entry[1]]
}

/** The values a value is written with, in the order of the text; not those of its hooks. */
export function childValues(value: Value): readonly Value[] {
  if (typeof value !== 'object' || value === null) return []
  if ('tuple' in value) return value.tuple.flatMap(itemValues)
  if ('list' in value) return value.list.flatMap(itemValues)
  if ('set' in value) return value.set.flatMap(itemValues)
  if ('frozenset' in value) return value.frozenset.flatMap(itemValues)
  if ('iterator' in value) return value.iterator.flatMap(itemValues)
  if ('dict' in value) return value.dict.flatMap(entryValues)
  if ('nest' in value) return [value.of]
  if ('buffer' in value) return [value.buffer]
  if ('opaque' in value) return value.arguments
  if (!('instance' in value)) return []
  return [
    ...(value.of === undefined ? [] : [value.of]),
    ...[...(value.attributes ?? []), ...(value.slots ?? [])].map(([, held]) => held),
    ...(value.items ?? []).flatMap(itemValues),
    ...(value.entries ?? []).flatMap(entryValues),
  ]
}

/** What a walk tells of what it meets, each in the order of the text. */
export type Visitor = {
  readonly value?: (value: TaggedValue) => void
  readonly hook?: (hook: Hook, place: HookPlace) => void
  readonly table?: (table: Table, place: TablePlace) => void
  readonly action?: (action: Action, where: 'step' | 'do') => void
}

export type TablePlace = 'instance' | 'subclass' | 'action'

export type HookPlace =
  | 'function'
  | 'class'
  | 'object'
  | 'copyreg'
  | 'buffer_callback'
  | 'reducer_override'
  | 'persistent_id'
  | 'find_class'
  | 'persistent_load'
  | `table:${TablePlace}`

/** Visits every tagged value, hook, table and action of a canonical scenario. */
export function visitScenario(scenario: Scenario, visitor: Visitor): void {
  const walk = new Walk(visitor)
  for (const { call } of scenario.functions) if (call !== undefined) walk.hook(call, 'function')
  for (const spec of scenario.classes) {
    for (const [, value] of [...(spec.members ?? []), ...(spec.attributes ?? [])]) walk.value(value)
    for (const hook of Object.values(spec.hooks ?? {})) walk.hook(hook, 'class')
  }
  for (const [, hook] of scenario.copyreg.dispatch_table) walk.hook(hook, 'copyreg')
  const { init, subclass, instance } = scenario.pickler
  if (init.protocol !== undefined) walk.value(init.protocol)
  if (init.buffer_callback !== undefined) walk.hook(init.buffer_callback, 'buffer_callback')
  for (const [place, attributes] of [
    ['subclass', subclass ?? {}],
    ['instance', instance],
  ] as const) {
    const { fast, dispatch_table, reducer_override, persistent_id } = attributes
    if (fast !== undefined) walk.value(fast)
    if (dispatch_table !== undefined) walk.table(dispatch_table, place)
    if (reducer_override !== undefined) walk.hook(reducer_override, 'reducer_override')
    if (persistent_id !== undefined) walk.hook(persistent_id, 'persistent_id')
  }
  const { buffers = [], ...unpickler } = scenario.unpickler
  for (const value of buffers) walk.value(value)
  for (const attributes of [unpickler.subclass ?? {}, unpickler.instance ?? {}]) {
    for (const name of unpicklerAttributeNames) {
      const hook = attributes[name]
      if (hook !== undefined) walk.hook(hook, name)
    }
  }
  for (const action of scenario.steps) walk.action(action, 'step')
}

class Walk {
  readonly #visitor: Visitor

  constructor(visitor: Visitor) {
    this.#visitor = visitor
  }

  value(value: Value): void {
    if (typeof value !== 'object' || value === null) return
    this.#visitor.value?.(value)
    for (const child of childValues(value)) this.value(child)
    if ('opaque' in value) for (const { reduction } of value.reductions) this.value(reduction)
    if ('instance' in value) {
      for (const hook of Object.values(value.hooks ?? {})) this.hook(hook, 'object')
    }
  }

  hook(hook: Hook, place: HookPlace): void {
    this.#visitor.hook?.(hook, place)
    if (hook === null) return
    if ('is' in hook) this.value(hook.is)
    else if ('rules' in hook) this.#rules(hook)
    else if ('hook' in hook.property) this.#rules(hook.property.hook)
  }

  table(table: Table, place: TablePlace): void {
    this.#visitor.table?.(table, place)
    if (table === null) return
    if ('is' in table) {
      this.value(table.is)
      return
    }
    for (const [, hook] of table.entries) this.hook(hook, `table:${place}`)
    if ('default' in table) this.hook(table.default, `table:${place}`)
  }

  action(action: Action, where: 'step' | 'do'): void {
    this.#visitor.action?.(action, where)
    if ('dump' in action) this.value(action.dump)
    else if ('call' in action) for (const value of action.call.arguments) this.value(value)
    else if ('put' in action) this.hook(action.put.to, 'table:action')
    else if ('set' in action) this.#set(action.set)
  }

  #set({ on, name, to }: Extract<Action, { readonly set: unknown }>['set']): void {
    const isOfPickler = typeof on === 'string'
    if (to !== null && 'kind' in to) this.table(to, 'action')
    else if (isOfPickler && name === 'dispatch_table') {
      // Without a kind, a table is null or a value, like a hook.
      this.table(to === null || 'is' in to ? to : null, 'action')
    } else if (isOfPickler ? name === 'fast' : !isHookName(name)) {
      if (to !== null && 'is' in to) this.value(to.is)
    } else this.hook(to, setPlace(name))
  }

  #rules(hook: RulesHook): void {
    for (const rule of hook.rules) {
      for (const action of rule.do ?? []) this.action(action, 'do')
      if ('returns' in rule) this.value(rule.returns)
    }
    if (hook.else !== undefined) this.value(hook.else)
  }
}

function setPlace(name: string): HookPlace {
  return name === 'reducer_override' || name === 'persistent_id' ? name : 'object'
}
