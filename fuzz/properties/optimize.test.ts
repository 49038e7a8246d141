import { expect, test } from 'vitest'
import { bytesOfHex, instructionText, optimize, rawInstructions } from '../../reference/index.ts'
import { obeys, stepsOf } from './law.ts'
import { picklesOf } from './pickles.ts'

const puts: ReadonlySet<string> = new Set(['PUT', 'BINPUT', 'LONG_BINPUT', 'MEMOIZE'])
const gets: ReadonlySet<string> = new Set(['GET', 'BINGET', 'LONG_BINGET'])

/** The instructions without PUTs and frames, each GET by the place of what it fetches. */
function meaning(pickle: Uint8Array): readonly string[] {
  const places = new Map<string, number>()
  const kept: string[] = []
  for (const { opcode, payload } of rawInstructions(pickle)) {
    const text = instructionText(opcode, payload)
    const [, index = ''] = text.split(' ')
    if (opcode === 'MEMOIZE') places.set(String(places.size), kept.length)
    else if (puts.has(opcode)) places.set(index, kept.length)
    else if (gets.has(opcode)) kept.push(`fetch of ${places.get(index)}`)
    else if (opcode !== 'FRAME') kept.push(text)
  }
  return kept
}

test('an optimized pickle has all instructions but PUTs and frames, and cannot be optimized further', () => {
  let shorter = 0
  obeys(
    (scenario, subject) => {
      const pickles = picklesOf(stepsOf(scenario, subject)).map(bytesOfHex)
      for (const pickle of pickles) {
        const optimized = optimize(pickle)
        if (optimized.length < pickle.length) shorter += 1

        expect(meaning(optimized)).toEqual(meaning(pickle))
        expect(optimize(optimized)).toEqual(optimized)
      }
      return pickles.length > 0
    },
    { without: ['hookActions', 'clearMemo', 'objectSteps'], leastPercent: 50 },
  )
  expect(shorter).toBeGreaterThan(25)
}, 60_000)
