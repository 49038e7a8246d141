import { expect, test } from 'vitest'
import { setProperty } from './foreign.ts'

test('what has a setter is set by it alone', () => {
  const set: unknown[] = []
  class Counted {
    set size(value: unknown) {
      set.push(value)
    }
  }
  const object = new Counted()
  setProperty(object, 'size', 3)
  setProperty(object, 'other', 4)

  expect(set).toEqual([3])
  expect(Object.keys(object)).toEqual(['other'])
})

test('__proto__ is a property like any other', () => {
  const object = {}
  setProperty(object, '__proto__', 5)

  expect(Object.getPrototypeOf(object)).toBe(Object.prototype)
  expect(Object.getOwnPropertyDescriptor(object, '__proto__')?.value).toBe(5)
})
