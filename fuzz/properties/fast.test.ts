import { expect, test } from 'vitest'
import type { Observation } from '../../conformance/index.ts'
import { bytesOfHex, instructionText, rawInstructions } from '../../reference/index.ts'
import { lengthy, obeys, stepsOf, withPickler } from './law.ts'

const memoInstructions: ReadonlySet<string> = new Set([
  ...['PUT', 'BINPUT', 'LONG_BINPUT', 'MEMOIZE'],
  // Frames are as long as what they hold.
  'FRAME',
])

function texts({ bytes }: Observation): readonly string[] {
  if (bytes === undefined) return []
  return [...rawInstructions(bytesOfHex(bytes))].flatMap(({ opcode, payload }) =>
    memoInstructions.has(opcode) ? [] : [instructionText(opcode, payload)],
  )
}

test('on a tree fast bytes are the plain ones without memo instructions', () => {
  obeys(
    (scenario, subject) => {
      const plain = stepsOf(scenario, subject)
      if (plain.some(({ refused }) => refused !== undefined)) return false
      // Names are shared too: what is fetched is no tree.
      const isTree = plain.every((step) => !texts(step).some((text) => /GET \d+$/.test(text)))
      if (!isTree) return false
      const fast = stepsOf(withPickler(scenario, 'instance', { fast: true }), subject)

      expect(fast.map(texts)).toEqual(plain.map(texts))
      return true
    },
    {
      without: [
        ...lengthy,
        ...(['fast', 'sharing', 'cycles', 'recursiveTuples'] as const),
        ...(['attributeSteps', 'hookActions'] as const),
      ],
      leastPercent: 15,
      runs: 60,
    },
  )
}, 60_000)
