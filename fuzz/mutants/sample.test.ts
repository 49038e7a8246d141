import { expect, test } from 'vitest'
import { sampled } from './sample.ts'

const all = Array.from({ length: 1000 }, (_, at) => at)

test('a seed draws the same ones each time, another seed others', () => {
  const first = sampled(all, 150, 1)

  expect(sampled(all, 150, 1)).toEqual(first)
  expect(sampled(all, 150, 2)).not.toEqual(first)
})

test('none is drawn twice, they keep their order, and come from everywhere', () => {
  const drawn = sampled(all, 150, 7)

  expect(drawn).toHaveLength(150)
  expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b))
  for (const from of [0, 250, 500, 750]) {
    const near = drawn.filter((one) => one >= from && one < from + 250)
    expect(near.length).toBeGreaterThan(15)
  }
})

test('all are drawn when there are no more', () => {
  expect(sampled(all, 5000, 3)).toEqual(all)
})
