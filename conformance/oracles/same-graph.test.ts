import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sameGraph } from './same-graph.ts'

const passed = { kind: 'passed' }
const top = (...objects: unknown[]): unknown => ({ value: { at: 0 }, objects })
const leaf = (value: unknown): unknown => ({ value, objects: [] })

describe('graphs are the same', () => {
  test.each([
    ['an atom', leaf(5), leaf(5)],
    ['None', leaf(null), leaf(null)],
    ['a big int', leaf({ int: '99999999999999999' }), leaf({ int: '99999999999999999' })],
    [
      'whatever the numbers of their objects',
      { value: { at: 0 }, objects: [{ list: [{ at: 1 }, { at: 2 }] }, { list: [] }, { dict: [] }] },
      { value: { at: 2 }, objects: [{ dict: [] }, { list: [] }, { list: [{ at: 1 }, { at: 0 }] }] },
    ],
    [
      'whatever the order of fields',
      top({ instance: 'A', of: 1, attributes: [['x', 2]] }),
      top({ attributes: [['x', 2]], of: 1, instance: 'A' }),
    ],
    ['a list in itself', top({ list: [{ at: 0 }] }), top({ list: [{ at: 0 }] })],
    [
      'the text of an object at another address',
      leaf({ opaque: 'a:b', repr: '<a.b object at 0x7f0000000001>' }),
      leaf({ opaque: 'a:b', repr: '<a.b object at 0x55d0>' }),
    ],
    ['a set in another order', top({ set: [1, 'a', null] }), top({ set: [null, 1, 'a'] })],
    [
      'a frozenset of tuples in another order',
      {
        value: { at: 0 },
        objects: [{ frozenset: [{ at: 1 }, { at: 2 }] }, { tuple: [1] }, { tuple: [2] }],
      },
      {
        value: { at: 0 },
        objects: [{ frozenset: [{ at: 1 }, { at: 2 }] }, { tuple: [2] }, { tuple: [1] }],
      },
    ],
    [
      'the content of a subclass of set',
      top({ instance: 'A', of: { set: [1, 2] } }),
      top({ instance: 'A', of: { set: [2, 1] } }),
    ],
    [
      'members that only another place tells apart',
      top(
        { list: [{ at: 1 }, { at: 2 }] },
        { set: [{ at: 2 }, { at: 3 }] },
        { instance: 'A' },
        { instance: 'A' },
      ),
      top(
        { list: [{ at: 1 }, { at: 3 }] },
        { set: [{ at: 2 }, { at: 3 }] },
        { instance: 'A' },
        { instance: 'A' },
      ),
    ],
  ])('%s', (_, one, other) => {
    expect(sameGraph(one, other, 1)).toEqual(passed)
    expect(sameGraph(other, one, 1)).toEqual(passed)
  })
})

describe('graphs part', () => {
  test.each([
    ['at an atom', leaf(5), leaf(6), '$', '5', '6'],
    ['at the kind of an atom', leaf(1), leaf(true), '$', '1', 'true'],
    ['at a kind', top({ list: [] }), top({ tuple: [] }), '$', '{"list":[]}', '{"tuple":[]}'],
    [
      'deep inside',
      top({ list: [1, { at: 1 }] }, { dict: [['k', { float: '0' }]] }),
      top({ list: [1, { at: 1 }] }, { dict: [['k', { float: '1' }]] }),
      '$.list[1].dict[0][1].float',
      '"0"',
      '"1"',
    ],
    ['at an item too few', top({ list: [1, 2] }), top({ list: [1] }), '$.list[1]', '2', null],
    ['at an item too many', top({ list: [] }), top({ list: [7] }), '$.list[0]', null, '7'],
    [
      'at an object for an atom',
      top({ list: [{ at: 1 }] }, { list: [] }),
      top({ list: [3] }),
      '$.list[0]',
      '{"list":[]}',
      '3',
    ],
    [
      'where one object is two',
      top({ list: [{ at: 1 }, { at: 1 }] }, { list: [] }),
      top({ list: [{ at: 1 }, { at: 2 }] }, { list: [] }, { list: [] }),
      '$.list[1]',
      'an object met before',
      'another object',
    ],
    [
      'where two objects are one',
      top({ list: [{ at: 1 }, { at: 2 }] }, { list: [] }, { list: [] }),
      top({ list: [{ at: 1 }, { at: 1 }] }, { list: [] }),
      '$.list[1]',
      'another object',
      'an object met before',
    ],
    [
      'where a cycle is longer',
      top({ list: [{ at: 0 }] }),
      top({ list: [{ at: 1 }] }, { list: [{ at: 0 }] }),
      '$.list[0]',
      'an object met before',
      'another object',
    ],
    ['at a member', top({ set: [1, 2] }), top({ set: [1, 3] }), '$.set', '2', null],
    ['at a member too many', top({ set: [1] }), top({ set: [1, 3] }), '$.set', null, '3'],
    [
      'at what is in a member',
      top({ set: [{ at: 1 }] }, { tuple: [1] }),
      top({ set: [{ at: 1 }] }, { tuple: [2] }),
      '$.set',
      '{"tuple":[1]}',
      null,
    ],
    [
      'at members that another place tells apart',
      top(
        { list: [{ at: 1 }, { at: 2 }] },
        { set: [{ at: 2 }, { at: 3 }] },
        { instance: 'A' },
        { instance: 'A' },
      ),
      top(
        { list: [{ at: 1 }, { at: 4 }] },
        { set: [{ at: 2 }, { at: 3 }] },
        { instance: 'A' },
        { instance: 'A' },
        { instance: 'A' },
      ),
      '$.list[1]',
      'an object met before',
      'another object',
    ],
    [
      'at attributes that one has',
      top({ instance: 'A', attributes: [['x', 1]] }),
      top({ instance: 'A' }),
      '$.attributes',
      '[["x",1]]',
      null,
    ],
    ['at what is no graph', leaf(5), undefined, '$', '5', null],
    ['at an object that is not there', top({ list: [] }), top(), '$', '{"list":[]}', null],
    ['at a graph of nothing', leaf(5), { value: {}, objects: 'none' }, '$', '5', '{}'],
  ])('%s', (_, expected, seen, at, wanted, found) => {
    expect(sameGraph(expected, seen, 2)).toEqual({
      kind: 'failed',
      because: `the graphs part at ${at}: found ${found ?? 'nothing'}, wanted ${wanted ?? 'nothing'}`,
      difference: { kind: 'graph', step: 2, at, expected: wanted, seen: found },
    })
  })
})

test('a tuple a hundred thousand deep and a set of fifty thousand members are compared', () => {
  const deep = (end: unknown): unknown => ({
    value: { at: 0 },
    objects: [
      ...Array.from({ length: 100_000 }, (_, at) => ({ tuple: [{ at: at + 1 }] })),
      { tuple: [end] },
    ],
  })
  const members = Array.from({ length: 50_000 }, (_, at) => at)

  expect(sameGraph(deep(1), deep(1), 1)).toEqual(passed)
  expect(sameGraph(deep(1), deep(2), 1)).toMatchObject({ kind: 'failed' })
  expect(sameGraph(top({ set: members }), top({ set: [...members].reverse() }), 1)).toEqual(passed)
})

test('twenty members alike that another place tells apart end in time', () => {
  const count = 20
  const alike = Array.from({ length: count }, () => ({ instance: 'A' }))
  const ats = (from: number): unknown[] => alike.map((_, at) => ({ at: from + at }))
  const graph = (numbers: readonly unknown[]): unknown =>
    top({ list: [{ at: 1 }, ...numbers] }, { set: ats(2) }, ...alike)

  expect(sameGraph(graph(ats(2)), graph([...ats(3).slice(0, -1), { at: 2 }]), 1).kind).toMatch(
    /passed|failed/,
  )
})

test('any JSON is compared, and is the same as itself', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(fc.jsonValue()), (value, objects) => {
      expect(sameGraph({ value, objects }, { value, objects }, 1)).toEqual(passed)
      expect(sameGraph(value, objects, 1).kind).toMatch(/passed|failed/)
    }),
  )
})
