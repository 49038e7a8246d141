import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { materialize, parseScenario } from '../../conformance/index.ts'
import { profile, profileNames } from '../../reference/index.ts'
import { Expectations, graphText } from '../expected.ts'
import { growthOf } from '../statistics.ts'
import { contentOf } from './content.ts'
import { workloads } from './index.ts'

const text = (scenario: unknown): string => JSON.stringify(scenario)

/** Those whose content is counted and not drawn. */
const withoutChance = new Set(['pickle-list', 'pickle-dict', 'instances-enum'])

test('every workload has a name of its own and says why it is here', () => {
  expect(new Set(workloads.map(({ name }) => name)).size).toBe(workloads.length)
  for (const { name, why } of workloads) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(why.length).toBeGreaterThan(30)
  }
})

describe.each(workloads.map((workload) => [workload.name, workload] as const))('%s', (name, w) => {
  const size = 8

  test('is the same for the same seed, and another for another', () => {
    const [once, again, other] = [w.build(1, size), w.build(1, size), w.build(2, size)]

    expect(text(again)).toBe(text(once))
    expect(text(other) === text(once)).toBe(withoutChance.has(name))
  })

  test('is canonical already', () => {
    const scenario = w.build(1, size)

    expect(text(parseScenario(scenario))).toBe(text(scenario))
    expect(scenario.steps.map((step) => Object.keys(step))).toEqual([['dump']])
  })

  test('is written as it is judged by the way that is timed', () => {
    const scenario = w.build(1, size)
    const wanted = new Expectations().of(scenario, 'documented', 5, 'dump')
    const options = { profile: profile('documented'), protocol: 5, observe: [] }

    const written = materialize(scenario, options).workload()()

    const sha256 = createHash('sha256').update(written).digest('hex')
    expect(wanted).toEqual({ sha256, bytes: written.length, graph: null })
  })

  test('is written by both engines of every release, and grows as its size', () => {
    const expected = new Expectations()
    const bytes = (profile: string, count: number): number => {
      const found = expected.of(w.build(1, count), profile, 5, w.isLoaded ? 'load' : 'dump')
      return 'bytes' in found ? found.bytes : Number.NaN
    }

    for (const profile of profileNames().filter((one) => /^(documented|cpython)/.test(one))) {
      expect([profile, bytes(profile, size)]).toEqual([profile, expect.any(Number)])
      expect(bytes(profile, size)).toBeGreaterThan(size)
    }
    const points = [40, 80, 160].map((count) => [count, bytes('documented', count)] as const)
    expect(growthOf(points)).toBeCloseTo(1, 0)
  })
})

test.each(workloads.filter(({ isLoaded }) => isLoaded).map((w) => [w.name, w] as const))(
  'what is loaded of %s by the way that is timed is as it is judged',
  (_, w) => {
    const scenario = w.build(1, 8)
    const wanted = new Expectations().of(scenario, 'documented', 5, 'load')
    const options = { profile: profile('documented'), protocol: 5, observe: [] }
    const run = materialize(scenario, options)
    const pickle = run.workload()()

    const graph = graphText(run.describe(run.loader()(pickle)))

    expect(wanted).toMatchObject({ graph, bytes: pickle.length })
  },
)

test('pickles that are not loaded are those of other workloads', () => {
  const pickleOf = (name: string) => {
    const workload = workloads.find((one) => one.name === name)
    if (workload === undefined) throw new Error(`there is no ${name}`)
    return new Expectations().of(workload.build(1, 8), 'documented', 5, 'dump')
  }

  for (const name of ['dispatch-table-instance', 'dispatch-table-subclass']) {
    expect(pickleOf(name)).toEqual(pickleOf('instances-reduce'))
  }
  expect(pickleOf('dispatch-table-copyreg')).toEqual(pickleOf('instances-reduce'))
  expect(pickleOf('reducer-override-answers')).toEqual(pickleOf('instances-reduce'))
  expect(pickleOf('reducer-override-declines')).toEqual(pickleOf('instances-default'))
})

test('content is counted, what is repeated as often as it stands there', () => {
  const counted = Object.fromEntries(
    workloads.map(({ name, build }) => [name, contentOf(build(1, 2))]),
  )

  expect(counted['pickle-list']).toEqual({ int: 40, list: 7 })
  expect(counted['pickle-dict']).toEqual({ None: 20, dict: 3, int: 22 })
  expect(counted['instances-slots']).toEqual({ instance: 2, int: 4, list: 1, str: 2 })
  // 33 keys of each profile: written out once, and then the same objects.
  expect(counted['pickle']).toMatchObject({ dict: 8, tuple: 4, opaque: 2, ref: 33 * 7 })
})
