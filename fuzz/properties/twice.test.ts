import { expect, test } from 'vitest'
import { lengthy, obeys, stepsOf } from './law.ts'

test('the same scenario gives the same observations twice', () => {
  obeys(
    (scenario, subject) => {
      const first = stepsOf(scenario, subject)

      expect(stepsOf(scenario, subject)).toEqual(first)
      return first.some(({ bytes }) => bytes !== undefined)
    },
    { without: [...lengthy], leastPercent: 70 },
  )
}, 60_000)
