import { expect, test } from 'vitest'
import { hexOfBytes, profile, profileNames } from '../../reference/index.ts'
import { expectedRun } from './expected-run.ts'
import { materialize } from './materialize.ts'
import { parseScenario } from './parse.ts'
import type { Scenario } from './scenario.ts'

const list = { tuple: [{ global: 'builtins:list' }, { tuple: [] }] }

/** Two instances, reduced twice each by what a hook gives. */
function scenarioOf(returns: unknown): Scenario {
  const point = { instance: 'Point', attributes: [['x', 1]] }
  return parseScenario({
    scenario: 1,
    functions: [{ name: 'make' }],
    classes: [{ name: 'Point' }, { name: 'Empty', slots: [] }],
    copyreg: { dispatch_table: [['Point', { rules: [{ returns }] }]] },
    steps: [{ dump: { list: [{ id: 'shared', list: [] }, point, point] } }],
  })
}

const calling = (...args: readonly unknown[]) => ({
  tuple: [{ function: 'make' }, { tuple: args }],
})

test.each([
  ['atoms', calling(null, true, 5, -7, 70_000)],
  ['an int of its own', calling({ int: '123456789012345678901234567890' })],
  ['strs', calling('', 'a', 'Ā', 'text', 'text')],
  ['bytes', calling({ bytes: '' }, { bytes: '61' }, { bytes: '6162' }, { bytes: '6162' })],
  ['bytes of parts', calling({ bytes: ['61', { fill: 2, of: '62' }] })],
  ['tuples and lists', calling({ tuple: [] }, { tuple: [1] }, { list: [] }, { list: [1, 'ab'] })],
  [
    'the object and its attributes',
    { tuple: [{ class: 'Point' }, list.tuple[1], { self: '__dict__' }] },
  ],
  ['the object', { tuple: [{ function: 'make' }, { tuple: [] }, { tuple: [{ self: true }] }] }],
  ['names', calling({ class: 'Point' }, { global: 'builtins:list' }, { singleton: 'Ellipsis' })],
  ['an object with an id', calling({ ref: 'shared' })],
  [
    'dicts',
    calling(
      { dict: [] },
      {
        dict: [
          ['a', 1],
          ['bc', { list: [] }],
          [{ tuple: [] }, 'de'],
        ],
      },
    ),
  ],
  [
    'what has no quick form',
    calling({ dict: [{ range: [0, 2], value: 'ab' }] }, { list: [{ repeat: 2, of: 'ab' }] }),
  ],
])('a workload whose hook gives %s is written as its scenario is', (_, returns) => {
  const scenario = scenarioOf(returns)

  for (const name of profileNames()) {
    const run = materialize(scenario, { profile: profile(name), protocol: 4, observe: [] })
    const expected = expectedRun(scenario, name, 4, [])
    const dump = run.workload()

    const steps = 'steps' in expected ? expected.steps : []
    expect([name, hexOfBytes(dump())]).toEqual([name, steps[1]?.bytes])
    expect([name, hexOfBytes(dump())]).toEqual([name, steps[1]?.bytes])
  }
})
