import fc from 'fast-check'
import { expect, describe as group, test } from 'vitest'
import { build, createWorld, graphDifference, profile } from '../../reference/index.ts'
import { randomScenario } from '../subjects/javascript/reference/fixtures/random-scenario.ts'
import { describe, type OwnNames, UndescribableError } from './describe.ts'
import { type MaterializedRun, materialize } from './materialize.ts'
import { parseScenario } from './parse.ts'
import type { Scenario, Value } from './scenario.ts'
import { ScenarioError } from './scenario-error.ts'
import { UnbuildableError } from './unbuildable.ts'

const noNames: OwnNames = { classes: new Map(), functions: new Map() }
const world = createWorld([3, 13, 0])

function prepared(scenario: Scenario): MaterializedRun {
  const options = { profile: profile('documented'), protocol: 4, observe: [] }
  const run = materialize(scenario, options)
  run.prepare()
  return run
}

function namesOf(run: MaterializedRun): OwnNames {
  const inverted = <T>(map: ReadonlyMap<string, T>) =>
    new Map([...map].map(([name, made]) => [made, name]))
  return { classes: inverted(run.classes), functions: inverted(run.functions) }
}

/** The graph of the first dump and what it is told as; undefined for one that cannot be told. */
function told(scenario: Scenario) {
  const [step] = scenario.steps
  if (step === undefined || !('dump' in step)) return undefined
  try {
    const run = prepared(scenario)
    const value = run.evaluate(step.dump)
    return { value, described: describe(value, namesOf(run)) }
  } catch (error) {
    if (error instanceof UndescribableError || error instanceof UnbuildableError) return undefined
    throw error
  }
}

/** The same functions and classes, without hooks, and a dump of what was told. */
function retold({ functions, classes, missingModules }: Scenario, dump: Value): Scenario {
  const bare = classes.map(({ hooks: _, ...spec }) => spec)
  const steps = [{ dump }]
  return parseScenario({ scenario: 1, functions, classes: bare, missingModules, steps })
}

test('what is described is built again as the same graph', () => {
  const streams = fc.sample(fc.infiniteStream(fc.nat()), { numRuns: 400, seed: 7 })
  let count = 0
  for (const stream of streams) {
    const json = randomScenario((below) => (stream.next().value ?? 0) % below)
    let scenario: Scenario
    try {
      scenario = parseScenario(json)
    } catch (error) {
      if (error instanceof ScenarioError) continue
      throw error
    }
    const first = told(scenario)
    if (first === undefined) continue

    const again = told(retold(scenario, first.described))

    const text = JSON.stringify(first.described)
    expect(graphDifference(first.value, again?.value ?? null), text).toBeUndefined()
    count++
  }
  expect(count).toBeGreaterThan(200)
})

group('a graph is told', () => {
  test.each<[string, () => Parameters<typeof describe>[0], Value]>([
    [
      'by its atoms',
      () => build.list(null, true, 5, 2n ** 70n, build.str('ab')),
      { list: [null, true, 5, { int: '1180591620717411303424' }, 'ab'] },
    ],
    [
      'with an id where an object is met again',
      () => {
        const text = build.str('ab')
        return build.tuple(text, text)
      },
      { tuple: [{ id: 'o0', str: ['ab'] }, { ref: 'o0' }] },
    ],
    [
      'with a list that holds itself',
      () => {
        const list = build.list()
        list.items.push(list)
        return list
      },
      { id: 'o0', list: [{ ref: 'o0' }] },
    ],
    [
      'without ids for what there is only one of',
      () => {
        const x = build.str('x')
        return build.tuple(x, x)
      },
      { tuple: ['x', 'x'] },
    ],
    [
      'by the names of the library',
      () => build.tuple(world.known('builtins:int'), world.known('builtins:len')),
      { tuple: [{ global: 'builtins:int' }, { global: 'builtins:len' }] },
    ],
    [
      'by code points where surrogates are alone',
      () => build.str([0xd800, 0x41]),
      { str: [0xd800, 0x41] },
    ],
    ['by the bits of a float', () => build.float(1.5), { float: '3ff8000000000000' }],
  ])('%s', (_, make, expected) => {
    expect(describe(make(), noNames)).toEqual(expected)
  })

  test('however deep it is', () => {
    let value = build.list()
    for (let level = 0; level < 20_000; level++) value = build.list(value)

    let described: Value = describe(value, noNames)

    let depth = 0
    while (
      typeof described === 'object' &&
      described !== null &&
      'list' in described &&
      described.list.length > 0
    ) {
      described = described.list[0] as Value
      depth++
    }
    expect(depth).toBe(20_000)
  })
})

test.each([
  ['a module', () => build.moduleOf(world, 'scenario')],
  ['a class of nobody', () => build.classOf(world, 'Nobody')],
  ['an instance of nobody', () => build.instance(world, build.classOf(world, 'Nobody'))],
  ['a function of nobody', () => build.functionOf(world, 'nothing')],
])('%s cannot be described', (_, make) => {
  expect(() => describe(make(), noNames)).toThrow(UndescribableError)
})
