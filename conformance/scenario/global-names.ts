import type { Hook, Scenario } from './scenario.ts'
import { visitScenario } from './walk.ts'

const found = new WeakMap<Scenario, ReadonlySet<string>>()

/** The names of Python's that a scenario uses, `module:qualified.name`. */
export function globalNames(scenario: Scenario): ReadonlySet<string> {
  let names = found.get(scenario)
  if (names === undefined) {
    names = collect(scenario)
    found.set(scenario, names)
  }
  return names
}

function collect(scenario: Scenario): ReadonlySet<string> {
  const names = new Set<string>()
  const add = (ref: string | undefined): void => {
    if (ref?.includes(':') === true) names.add(ref)
  }
  for (const spec of scenario.classes) {
    for (const base of spec.bases ?? []) add(base)
    add(spec.metaclass)
  }
  for (const [key] of scenario.copyreg.dispatch_table) add(key)
  visitScenario(scenario, {
    value: (value) => {
      if ('global' in value) add(value.global)
      if ('opaque' in value) add(value.opaque)
      if ('instance' in value) add(value.instance)
    },
    hook: (hook) => {
      for (const ref of classesOf(hook)) add(ref)
    },
    table: (table) => {
      if (table !== null && 'entries' in table) for (const [key] of table.entries) add(key)
    },
    action: (action) => {
      if ('put' in action) add(action.put.key)
      if ('remove' in action) add(action.remove.key)
    },
  })
  return names
}

/** The classes that a hook compares with and raises. */
function classesOf(hook: Hook): readonly string[] {
  if (hook === null || 'is' in hook) return []
  if ('property' in hook) {
    return 'raises' in hook.property ? [hook.property.raises.type] : classesOf(hook.property.hook)
  }
  return hook.rules.flatMap((rule) => [
    ...(rule.match !== undefined && 'class' in rule.match ? [rule.match.class] : []),
    ...('raises' in rule ? [rule.raises.type] : []),
  ])
}
