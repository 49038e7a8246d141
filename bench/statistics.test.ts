import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Random } from './random.ts'
import { growthOf, medianTime, rangeOf, ratioOf, type Samples } from './statistics.ts'

/** About normal, mean 0 and deviation 1. */
function normal(random: Random): number {
  return Array.from({ length: 12 }, () => random.real()).reduce((sum, one) => sum + one, -6)
}

/** Samples about `ns`, whose processes and whose samples differ by so much. */
function samplesOf(
  random: Random,
  ns: number,
  { rounds = 6, samples = 8, process = 0.02, sample = 0.05, loads = [] as readonly number[] } = {},
): Samples {
  return Array.from({ length: rounds }, (_, round) => {
    const about = ns * Math.exp(process * normal(random)) * (loads[round] ?? 1)
    return Array.from({ length: samples }, () => about * Math.exp(sample * normal(random)))
  })
}

test('the interval of a ratio holds the true one nineteen times out of twenty, or nearly', () => {
  const random = new Random(1)
  const trials = 60

  const held = Array.from({ length: trials }, () => {
    const { low, high } = ratioOf(samplesOf(random, 300), samplesOf(random, 100), random)
    return low <= 3 && 3 <= high
  }).filter(Boolean).length

  expect(held / trials).toBeGreaterThan(0.88)
})

test('the interval of a ratio is as narrow as the processes allow', () => {
  const random = new Random(2)

  const wide = ratioOf(samplesOf(random, 300), samplesOf(random, 100), random)
  const many = { rounds: 40 }
  const narrow = ratioOf(samplesOf(random, 300, many), samplesOf(random, 100, many), random)

  expect(wide.high / wide.low).toBeLessThan(1.15)
  expect(narrow.high / narrow.low).toBeLessThan(1.04)
})

test('what slows down the whole machine for a round does not change the ratio', () => {
  const random = new Random(3)
  const quiet = { process: 0, sample: 0.01 }
  const loads = { ...quiet, loads: [1, 4, 1.5, 9, 1, 2] }

  const { value, low, high } = ratioOf(
    samplesOf(random, 200, loads),
    samplesOf(random, 100, loads),
    random,
  )

  expect(value).toBeCloseTo(2, 1)
  expect(high - low).toBeLessThan(0.1)
})

test('a burst that hits one side of one round leaves the ratio where it was', () => {
  const random = new Random(4)
  const quiet = { process: 0.005, sample: 0.01 }

  const { value } = ratioOf(
    samplesOf(random, 200, { ...quiet, loads: [1, 1, 5] }),
    samplesOf(random, 100, quiet),
    random,
  )

  expect(value).toBeGreaterThan(1.9)
  expect(value).toBeLessThan(2.1)
})

test('an engine held against itself gives an interval about 1', () => {
  const random = new Random(5)

  const { low, high } = ratioOf(samplesOf(random, 70), samplesOf(random, 70), random)

  expect(low).toBeLessThan(1)
  expect(high).toBeGreaterThan(1)
})

test('the same seed draws the same interval', () => {
  const [one, other] = [samplesOf(new Random(6), 200), samplesOf(new Random(7), 100)]

  expect(ratioOf(one, other, new Random(8))).toEqual(ratioOf(one, other, new Random(8)))
  expect(ratioOf(one, other, new Random(8))).not.toEqual(ratioOf(one, other, new Random(9)))
})

test('a median lies in its interval, which is narrow where the samples are', () => {
  const samples = [
    [10, 10, 10.1],
    [10, 10.1, 10],
  ]

  const { value, low, high } = medianTime(samples, new Random(1))

  expect(value).toBe(10)
  expect(low).toBe(10)
  expect(high).toBeLessThanOrEqual(10.1)
})

test('intervals are in order whatever the samples', () => {
  const times = fc.array(fc.double({ min: 1, max: 1e9, noNaN: true }), {
    minLength: 1,
    maxLength: 4,
  })
  const pairs = fc.array(fc.tuple(times, times), { minLength: 1, maxLength: 4 })

  fc.assert(
    fc.property(pairs, (rounds) => {
      const [samples, others] = [rounds.map(([one]) => one), rounds.map(([, other]) => other)]
      const ratio = ratioOf(samples, others, new Random(1))
      const time = medianTime(samples, new Random(1))

      expect(ratio.low).toBeLessThanOrEqual(ratio.value)
      expect(ratio.value).toBeLessThanOrEqual(ratio.high)
      expect(time.low).toBeLessThanOrEqual(time.value)
      expect(time.value).toBeLessThanOrEqual(time.high)
    }),
    { numRuns: 30 },
  )
})

test('95 of 100 numbers lie in their range', () => {
  const sorted = Array.from({ length: 101 }, (_, at) => at)

  const { low, high } = rangeOf(sorted)

  expect(low).toBeCloseTo(2.5, 9)
  expect(high).toBeCloseTo(97.5, 9)
})

test.each([
  ['linear', (size: number) => 7 * size, 1],
  ['quadratic', (size: number) => 0.1 * size ** 2, 2],
  ['constant', () => 5, 0],
])('growth that is %s has its exponent', (_, timeOf, exponent) => {
  const points = [100, 200, 400].map((size) => [size, timeOf(size)] as const)

  expect(growthOf(points)).toBeCloseTo(exponent, 9)
})

test('rounds that do not belong together have no ratio', () => {
  expect(() => ratioOf([[1]], [[1], [2]], new Random(1))).toThrow('found 1 and 2 rounds')
  expect(() => ratioOf([], [], new Random(1))).toThrow('found 0 and 0 rounds')
  expect(() => medianTime([], new Random(1))).toThrow('found no samples')
})
