import { expect, test } from 'vitest'
import type { Observation } from '../protocol/message.ts'
import { loadSuite } from '../runner/suite.ts'
import { expectedRun } from '../scenario/expected-run.ts'
import { predict } from './predict.ts'

const isTooDeep = ({ refused }: Observation): boolean => refused?.class === 'RecursionError'

test('what a prediction finds too deep is so without its limit', () => {
  let endless = 0
  const deep = loadSuite().cases.filter(({ case: one }) => /^(?:FAST|LIMIT)-/.test(one.clause))
  for (const { case: one } of deep) {
    const { scenario, observe } = one
    const protocol = one.protocols?.at(-1) ?? null
    const question = { scenario, profile: 'documented', protocol, observe, orders: [] }
    const tooDeep = predict(question).map(isTooDeep)
    if (!tooDeep.includes(true)) continue
    const unlimited = expectedRun(scenario, 'documented', protocol, observe)

    expect('steps' in unlimited && unlimited.steps.map(isTooDeep), one.id).toEqual(tooDeep)
    endless++
  }
  expect(endless).toBeGreaterThan(20)
})
