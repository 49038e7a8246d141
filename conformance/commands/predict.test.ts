import { expect, test } from 'vitest'
import type { Observation } from '../protocol/message.ts'
import { loadSuite } from '../runner/suite.ts'
import { expectedRun } from '../scenario/expected-run.ts'
import { parseScenario } from '../scenario/parse.ts'
import { predict } from './predict.ts'

const isTooDeep = ({ refused }: Observation): boolean => refused?.class === 'RecursionError'

test('what a prediction finds too deep is so without its limit', () => {
  let endless = 0
  const deep = loadSuite().cases.filter(({ case: one }) => /^(?:FAST|LIMIT)-/.test(one.clause))
  for (const { case: one } of deep) {
    const { scenario, observe } = one
    const protocol = one.protocols?.at(-1) ?? null
    const question = {
      ...{ scenario, profile: 'documented', protocol, observe, orders: [], wordSize: 64 },
    }
    const tooDeep = predict(question).map(isTooDeep)
    if (!tooDeep.includes(true)) continue
    const unlimited = expectedRun(scenario, 'documented', protocol, observe)

    expect('steps' in unlimited && unlimited.steps.map(isTooDeep), one.id).toEqual(tooDeep)
    endless++
  }
  expect(endless).toBeGreaterThan(20)
})

test('a prediction knows the words of the machine', () => {
  const scenario = parseScenario({
    scenario: 1,
    pickler: { init: { protocol: 2 ** 31 } },
    steps: [{ dump: null }],
  })
  const question = {
    ...{ scenario, profile: 'cpython-3.13.0-c', protocol: null, observe: [], orders: [] },
  }
  const refusals = [32, 64].map((wordSize) =>
    predict({ ...question, wordSize }).map(({ refused }) => refused?.class),
  )

  expect(refusals).toEqual([['OverflowError'], ['ValueError']])
})
