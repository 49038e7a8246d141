import { expect, test } from 'vitest'
import { bytesOfHex, verify } from '../../reference/index.ts'
import { obeys, stepsOf } from './law.ts'
import { picklesOf } from './pickles.ts'

test('pickletools has nothing to say against a pickle that the pickler wrote', () => {
  obeys(
    (scenario, subject) => {
      const pickles = picklesOf(stepsOf(scenario, subject))
      for (const pickle of pickles) expect(verify(bytesOfHex(pickle))).toEqual([])
      return pickles.length > 0
    },
    { without: ['hookActions'], leastPercent: 50 },
  )
}, 60_000)
