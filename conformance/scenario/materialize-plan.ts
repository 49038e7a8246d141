import type { Action, Hook, Hooks, Scenario, Table, TaggedValue, Value } from './scenario.ts'
import { childValues, visitScenario } from './walk.ts'

/** What a run needs to know of a scenario before it starts. */
export type Plan = {
  /** The values with an id, in the order of the text. */
  readonly named: ReadonlyMap<string, TaggedValue>
  /** Where a function of the scenario first stands as a hook: its name in the trace. */
  readonly functionPlaces: ReadonlyMap<string, string>
  /** Some pickler, at some time, has a `reducer_override`. */
  readonly hasReducerOverride: boolean
}

/** The name in the trace of what an action is on. */
export function targetPlace(on: 'pickler' | 'class' | { readonly object: string }): string {
  if (typeof on === 'object') return on.object
  return on === 'pickler' ? 'instance' : 'subclass'
}

/** The names in the trace of the tables that actions change. */
export const tablePlaces = {
  pickler: 'instance.dispatch_table',
  class: 'subclass.dispatch_table',
  copyreg: 'copyreg',
} as const

const plans = new WeakMap<Scenario, Plan>()

/** The plan of a canonical scenario, made once. */
export function planOf(scenario: Scenario): Plan {
  let plan = plans.get(scenario)
  if (plan === undefined) {
    plan = makePlan(scenario)
    plans.set(scenario, plan)
  }
  return plan
}

function makePlan(scenario: Scenario): Plan {
  const named = new Map<string, TaggedValue>()
  visitScenario(scenario, {
    value: (value) => {
      if ('id' in value && value.id !== undefined) named.set(value.id, value)
    },
  })
  const places = new Places()
  places.scenario(scenario)
  return {
    named,
    functionPlaces: places.found,
    hasReducerOverride: places.hasReducerOverride,
  }
}

/** Walks the hooks of a scenario in the order of the text, each with its name in the trace. */
class Places {
  readonly found = new Map<string, string>()
  hasReducerOverride = false

  scenario(scenario: Scenario): void {
    for (const { call } of scenario.functions) if (call !== undefined) this.#hook(call, '')
    for (const spec of scenario.classes) {
      for (const [, value] of [...(spec.members ?? []), ...(spec.attributes ?? [])]) {
        this.#value(value)
      }
      this.#hooks(spec.hooks ?? {}, spec.name)
    }
    this.#entries(scenario.copyreg.dispatch_table, 'copyreg')
    const { init, subclass, instance } = scenario.pickler
    this.#value(init.protocol ?? null)
    this.#hook(init.buffer_callback ?? null, 'init.buffer_callback')
    for (const [where, attributes] of [
      ['subclass', subclass ?? {}],
      ['instance', instance],
    ] as const) {
      this.#value(attributes.fast ?? null)
      this.#table(attributes.dispatch_table ?? null, `${where}.dispatch_table`)
      for (const name of ['reducer_override', 'persistent_id'] as const) {
        const hook = attributes[name]
        if (hook === undefined) continue
        this.#hook(hook, `${where}.${name}`)
        if (name === 'reducer_override') this.hasReducerOverride = true
      }
    }
    const { buffers = [], ...unpickler } = scenario.unpickler
    for (const value of buffers) this.#value(value)
    for (const where of ['subclass', 'instance'] as const) {
      for (const [name, hook] of Object.entries(unpickler[where] ?? {})) {
        this.#hook(hook, `${where}.${name}`)
      }
    }
    for (const action of scenario.steps) this.#action(action)
  }

  #value(value: Value): void {
    if (typeof value !== 'object' || value === null) return
    for (const child of childValues(value)) this.#value(child)
    if ('instance' in value && value.hooks !== undefined) {
      this.#hooks(value.hooks, value.id ?? `#${value.node}`)
    }
  }

  #hooks(hooks: Hooks, owner: string): void {
    for (const [name, hook] of Object.entries(hooks)) this.#hook(hook, `${owner}.${name}`)
  }

  #hook(hook: Hook, place: string): void {
    if (hook === null) return
    if ('is' in hook) {
      this.#value(hook.is)
      const { is } = hook
      if (typeof is === 'object' && is !== null && 'function' in is) {
        if (!this.found.has(is.function)) this.found.set(is.function, place)
      }
      return
    }
    const rules = 'rules' in hook ? hook : 'hook' in hook.property ? hook.property.hook : undefined
    for (const rule of rules?.rules ?? []) {
      for (const action of rule.do ?? []) this.#action(action)
      if ('returns' in rule) this.#value(rule.returns)
    }
    this.#value(rules?.else ?? null)
  }

  #table(table: Table, place: string): void {
    if (table === null) return
    if ('is' in table) {
      this.#value(table.is)
      return
    }
    this.#entries(table.entries, place)
    if ('default' in table) this.#hook(table.default, `${place}[*]`)
  }

  #entries(entries: readonly (readonly [string, Hook])[], place: string): void {
    for (const [key, hook] of entries) this.#hook(hook, `${place}[${key}]`)
  }

  #action(action: Action): void {
    if ('dump' in action) this.#value(action.dump)
    else if ('call' in action) for (const value of action.call.arguments) this.#value(value)
    else if ('put' in action) {
      this.#hook(action.put.to, `${tablePlaces[action.put.table]}[${action.put.key}]`)
    } else if ('set' in action) {
      const { on, name, to } = action.set
      const place = `${targetPlace(on)}.${name}`
      if (name === 'reducer_override') this.hasReducerOverride = true
      if (to !== null && 'kind' in to) this.#table(to, place)
      else if (name === 'dispatch_table') this.#table(to === null || 'is' in to ? to : null, place)
      else this.#hook(to, place)
    }
  }
}
