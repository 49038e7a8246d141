import { type Scenario, visitScenario } from '../conformance/index.ts'

/**
 * Whether a hook adds to a set of the scenario: C goes through the table of a set while it saves it, so
 * that a member which came meanwhile is met or not by where its hash puts it.
 */
export function refillsSet(scenario: Scenario): boolean {
  const sets = new Set<string>()
  const refilled = new Set<string>()
  visitScenario(scenario, {
    value: (value) => {
      if ('set' in value && value.id !== undefined) sets.add(value.id)
    },
    action: (action, where) => {
      if (where !== 'do' || !('call' in action) || action.call.method !== 'add') return
      const { on } = action.call
      if (typeof on === 'object' && 'object' in on) refilled.add(on.object)
    },
  })
  return [...refilled].some((id) => sets.has(id))
}
