import { expect, test } from 'vitest'
import { assemble, bytesOfHex, disassembleToAssembly, hexOfBytes } from '../../reference/index.ts'
import { obeys, stepsOf } from './law.ts'

test('assembling what was disassembled gives the same bytes', () => {
  obeys(
    (scenario, subject) => {
      const pickles = stepsOf(scenario, subject).flatMap(({ bytes, refused }) =>
        bytes === undefined || refused !== undefined ? [] : [bytes],
      )
      for (const pickle of pickles) {
        expect(hexOfBytes(assemble(disassembleToAssembly(bytesOfHex(pickle))))).toBe(pickle)
      }
      return pickles.length > 0
    },
    { having: ['batches', 'lists'], without: [], leastPercent: 50, runs: 25 },
  )
}, 60_000)
