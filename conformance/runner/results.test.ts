import { expect, test } from 'vitest'
import type { RunResult } from '../protocol/message.ts'
import { type Scenario, scenarioVersion } from '../scenario/scenario.ts'
import { runsAlone } from './observe.ts'
import { readResults } from './results.ts'

const scenario: Scenario = {
  scenario: scenarioVersion,
  module: 'scenario',
  functions: [],
  classes: [],
  missingModules: [],
  copyreg: { dispatch_table: [], extensions: [] },
  pickler: { init: {}, subclass: null, instance: {} },
  unpickler: {},
  steps: [{ dump: null }],
}
const asked = { scenario, engines: ['c', 'py'], protocols: [2] }
const refused = { class: 'TypeError', mro: ['TypeError'], message: '', notes: [], cause: null }
const steps = [{}, { bytes: '4e2e' }]
const c: RunResult = { engine: 'c', protocol: 2, steps }

test('every result asked for is given, an equal one looked up', () => {
  const orders = [['#1', [1, 0]]] as const

  expect(
    readResults(
      [
        { ...c, orders },
        { engine: 'py', protocol: 2, same: 0 },
      ],
      asked,
    ),
  ).toEqual({
    results: [
      { engine: 'c', protocol: 2, steps, orders },
      { engine: 'py', protocol: 2, steps, orders },
    ],
  })
})

test('a scenario with its own protocol has one result for each engine', () => {
  const own: Scenario = {
    ...scenario,
    pickler: { ...scenario.pickler, init: { protocol: 3 } },
  }
  const results: RunResult[] = [
    { engine: 'c', protocol: null, steps },
    { engine: 'py', protocol: null, steps },
  ]

  expect(readResults(results, { ...asked, scenario: own, protocols: [0, 1] })).toEqual({ results })
})

test('a construction that is refused ends the run', () => {
  const results: RunResult[] = [{ engine: 'c', protocol: 2, steps: [{ refused }] }]

  expect(readResults(results, { ...asked, engines: ['c'] })).toEqual({ results })
})

test.each<[string, RunResult[], string]>([
  ['a missing one', [c], 'no result for py under protocol 2'],
  ['one given twice', [c, c], 'a result for c under protocol 2, asked once or not at all'],
  ['one of another engine', [{ ...c, engine: 'd' }], 'a result for d under protocol 2'],
  ['one without protocol', [{ ...c, protocol: null }], 'a result for c, asked once'],
  [
    'one the same as itself',
    [{ engine: 'c', protocol: 2, same: 0 }],
    'result 0 is said to be the same as 0',
  ],
  [
    'too few steps',
    [{ ...c, steps: [{}] }],
    '1 observations for c under protocol 2, wanted one for each of 2 steps',
  ],
  ['too many steps', [{ ...c, steps: [{}, {}, {}] }], '3 observations'],
])('%s is found', (_, results, found) => {
  expect(readResults(results, asked)).toEqual({ found: expect.stringContaining(found) })
})

test.each<[boolean, string, Scenario]>([
  [false, 'that only dumps', scenario],
  [
    true,
    'whose class dumps while it is pickled',
    {
      ...scenario,
      classes: [
        {
          name: 'A',
          hooks: { __reduce__: { rules: [{ do: [{ dump: 1 }], returns: 'A' }] } },
        },
      ],
    },
  ],
  [
    true,
    'that calls dump within what a step puts into a table',
    {
      ...scenario,
      steps: [
        {
          put: {
            table: 'copyreg',
            key: 'A',
            to: {
              rules: [
                {
                  do: [{ call: { on: 'pickler', method: 'dump', arguments: [1] } }],
                  returns: 'A',
                },
              ],
            },
          },
        },
      ],
    },
  ],
  [
    false,
    'with a hook that does something else, and one called do',
    {
      ...scenario,
      classes: [
        {
          name: 'A',
          hooks: {
            do: { rules: [] },
            __reduce__: {
              rules: [
                {
                  do: [{ call: { on: 'pickler', method: 'clear_memo', arguments: [] } }],
                  returns: 'A',
                },
              ],
            },
          },
        },
      ],
    },
  ],
])('it is %s that a scenario %s runs alone', (alone, _, asks) => {
  expect(runsAlone(asks)).toBe(alone)
})
