import { expect, test } from 'vitest'
import { EndlessError } from './endless.ts'
import { expectedRun } from './expected-run.ts'
import { parseScenario } from './parse.ts'

test('a list that a hook lengthens at each of its items is given up, in bounded memory', () => {
  const scenario = parseScenario({
    scenario: 1,
    pickler: {
      subclass: {
        persistent_id: {
          rules: [
            {
              do: [{ call: { on: { object: 'l' }, method: 'append', arguments: [3] } }],
              returns: null,
            },
          ],
        },
      },
    },
    steps: [{ dump: { list: [1, 2], id: 'l' } }],
  })

  expect(() => expectedRun(scenario, 'cpython-3.13.0-c', 2, [])).toThrow(EndlessError)
  // Up to a thousand items are copied before they are saved (BATCH-06).
  expect(expectedRun(scenario, 'cpython-3.13.0-py', 2, [])).toHaveProperty('steps.length', 2)
})
