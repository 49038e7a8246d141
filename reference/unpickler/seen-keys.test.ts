import { expect, test } from 'vitest'
import { SeenKeys } from './seen-keys.ts'

test('a key is told once its batch has had it, whatever others had', () => {
  const seen = new SeenKeys()
  seen.begin()
  const first = [seen.place('a', 0), seen.place(1, 1), seen.place('a', 2), seen.place('a', 2)]
  seen.begin()
  const second = [seen.place('a', 5), seen.place('a', 6), seen.place(1, 6), seen.place('b', 7)]

  expect(first).toEqual([-1, -1, 0, 0])
  expect(second).toEqual([-1, 5, -1, -1])
})

test('keys beyond number are told, too, and forgotten with their batch', () => {
  const seen = new SeenKeys()
  const keys = Array.from({ length: 20_000 }, (_, at) => at)

  for (let batch = 0; batch < 3; batch++) {
    seen.begin()
    for (const key of keys) expect(seen.place(key, key)).toBe(-1)
    expect(seen.place(7, 20_000)).toBe(7)
  }
})
