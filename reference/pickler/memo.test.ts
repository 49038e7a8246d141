import { expect, test } from 'vitest'
import { list, str, tuple } from '../values/build.ts'
import { Memo } from './memo.ts'

test('a value is known by identity, not by what it equals', () => {
  const memo = new Memo()
  const one = str('text')

  expect(memo.put(one)).toBe(0)

  expect(memo.indexOf(one)).toBe(0)
  expect(memo.indexOf(str('text'))).toBe(-1)
})

test('two memos over one graph do not disturb each other, in whatever order they are used', () => {
  const [first, second] = [new Memo(), new Memo()]
  const [a, b, c] = [list(), tuple(1), str('c')]

  first.put(a)
  second.put(b)
  second.put(a)
  first.put(b)
  second.put(c)
  first.put(c)

  expect([a, b, c].map((value) => first.indexOf(value))).toEqual([0, 1, 2])
  expect([a, b, c].map((value) => second.indexOf(value))).toEqual([1, 0, 2])
})

test('a memo from which all slots were taken still knows what it does not hold', () => {
  const [first, second] = [new Memo(), new Memo()]
  const shared = list()

  first.put(shared)
  second.put(shared)

  expect(first.indexOf(list())).toBe(-1)
  expect(first.indexOf(shared)).toBe(0)
})

test('values that are no objects have entries too', () => {
  const memo = new Memo()
  const before = list()
  memo.put(before)

  expect(memo.put(12345)).toBe(1)
  expect(memo.put(null)).toBe(2)

  expect(memo.indexOf(12345)).toBe(1)
  expect(memo.indexOf(null)).toBe(2)
  expect(memo.indexOf(54321)).toBe(-1)
  expect(memo.indexOf(before)).toBe(0)
})

test('a cleared memo begins at 0 and knows nothing', () => {
  const memo = new Memo()
  const value = list()
  memo.put(value)

  memo.clear()

  expect(memo.indexOf(value)).toBe(-1)
  expect(memo.size).toBe(0)
  expect(memo.put(str('a'))).toBe(0)
})

test('a copy has the same entries and goes its own way', () => {
  const memo = new Memo()
  const [a, b] = [list(), list()]
  memo.put(a)

  const copy = memo.copy()
  copy.put(b)

  expect(copy.indexOf(a)).toBe(0)
  expect(copy.indexOf(b)).toBe(1)
  expect(memo.indexOf(b)).toBe(-1)
  expect(copy.values()).toEqual([a, b])
})

test('a given index is kept, and the next one is the number of entries', () => {
  const memo = new Memo()
  const given = str('given')

  memo.putAt(given, 5)

  expect(memo.indexOf(given)).toBe(5)
  expect(memo.put(list())).toBe(1)
})

test('a copy keeps the indexes that entries were given', () => {
  const memo = new Memo()
  const [given, moved] = [str('given'), list()]
  memo.putAt(given, 5)
  memo.put(moved)
  memo.move(moved)

  const copy = memo.copy()

  expect([given, moved].map((value) => copy.indexOf(value))).toEqual([5, 2])
})

test('entries that nothing is found under are counted', () => {
  const memo = new Memo()
  memo.putUnreachable()
  memo.putUnreachable()

  expect(memo.put(list())).toBe(2)
  expect(memo.indexOf(null)).toBe(-1)
})

test.each(['in its slot', 'in the map'])(
  'a value moved %s has the next index, uncounted',
  (where) => {
    const memo = new Memo()
    const value = list()
    memo.put(value)
    if (where === 'in the map') memo.put(null)
    const { size } = memo

    memo.move(value)

    expect(memo.indexOf(value)).toBe(size)
    expect(memo.size).toBe(size)
  },
)

test('a moved value keeps its index while another memo enters it', () => {
  const memo = new Memo()
  const value = list()
  memo.put(value)
  memo.move(value)

  new Memo().put(value)

  expect(memo.indexOf(value)).toBe(1)
})

test('a value whose slot another memo took is moved in the map', () => {
  const memo = new Memo()
  const value = list()
  memo.put(value)
  new Memo().put(value)
  expect(memo.indexOf(value)).toBe(0)

  memo.move(value)

  expect(memo.indexOf(value)).toBe(1)
})

test('the first entry may be a value that is no object', () => {
  const memo = new Memo()

  expect(memo.put(12345)).toBe(0)
  expect(memo.indexOf(12345)).toBe(0)
})

test('a memo that was cleared while it had a map knows nothing either', () => {
  const [memo, other] = [new Memo(), new Memo()]
  const value = list()
  memo.put(value)
  other.put(value)
  memo.put(list())

  memo.clear()
  memo.put(1)

  expect(memo.indexOf(value)).toBe(-1)
})
