import { describe, expect, test } from 'vitest'
import { type Distinction, everyDistinction } from '../protocol/distinctions.ts'
import { sameValue } from './same-value.ts'

const top = (...objects: unknown[]): unknown => ({ value: { at: 0 }, objects })
const leaf = (value: unknown): unknown => ({ value, objects: [] })
const without = (...names: Distinction[]): string[] =>
  everyDistinction.filter((name) => !names.includes(name))

const call = (name: string, ...given: unknown[]): unknown => ({
  reduced: { global: name },
  by: 'call',
  arguments: given,
})
const twice = [
  top({ list: [{ at: 1 }, { at: 1 }] }, { list: [1] }),
  top({ list: [{ at: 1 }, { at: 2 }] }, { list: [1] }, { list: [1] }),
] as const

const lossy: readonly (readonly [Distinction, wanted: unknown, found: unknown])[] = [
  ['tuple-list', top({ tuple: [1] }), top({ list: [1] })],
  ['bytes-str', leaf({ bytes: 'c3a9' }), leaf('é')],
  ['bytes-bytearray', top({ bytearray: '00' }), leaf({ bytes: '00' })],
  ['int-float', leaf({ float: '4000000000000000' }), leaf(2)],
  ['int-float', leaf({ float: '8000000000000000' }), leaf(0)],
  ['int-bool', top({ list: [true, false] }), top({ list: [1, 0] })],
  ['set-frozenset', top({ frozenset: [1, 2] }), top({ set: [1, 2] })],
  ['set-list', top({ frozenset: [1, 2] }), top({ list: [1, 2] })],
  ['surrogates', leaf({ str: [97, 0xd800] }), leaf('a\ufffd\ufffd\ufffd')],
  ['identity', ...twice],
  ['identity', twice[1], twice[0]],
  ['identity', top({ list: [{ at: 0 }] }), top({ list: [{ at: 1 }] }, { list: [{ at: 1 }] })],
  [
    'dict-order',
    top({
      dict: [
        ['a', 1],
        ['b', 2],
      ],
    }),
    top({
      dict: [
        ['b', 2],
        ['a', 1],
      ],
    }),
  ],
  [
    'dict-order',
    top(
      {
        dict: [
          [{ at: 1 }, 1],
          [{ at: 2 }, 2],
        ],
      },
      { tuple: [1] },
      { tuple: [2] },
    ),
    top(
      {
        dict: [
          [{ at: 1 }, 2],
          [{ at: 2 }, 1],
        ],
      },
      { tuple: [2] },
      { tuple: [1] },
    ),
  ],
  [
    'key-types',
    top({
      dict: [
        [1, 'a'],
        [null, 'b'],
      ],
    }),
    top({
      dict: [
        ['1', 'a'],
        ['null', 'b'],
      ],
    }),
  ],
  ['call-new', top({ ...Object(call('m:C', 1)), by: 'new' }), top(call('m:C', 1))],
  [
    'key-types',
    top({ symbol: 'm:C', done: [['setitem', 1, 'a']] }),
    top({ symbol: 'm:C', done: [['setitem', '1', 'a']] }),
  ],
  [
    'set-list',
    top({ symbol: 'm:C', done: [['add', 1]] }),
    top({ symbol: 'm:C', done: [['append', 1]] }),
  ],
  ['bytes-bytearray', top({ outOfBand: '61', readonly: true }), leaf({ bytes: '61' })],
  ['object-class', top(call('m:C', 1)), top(call('other:D', 1))],
]

describe('what a subject cannot tell apart is lossy', () => {
  test.each(lossy)('%s', (name, wanted, found) => {
    expect(sameValue(wanted, found, without(name))).toMatchObject({ kind: 'lossy' })
    expect(sameValue(wanted, found, [])).toMatchObject({ kind: 'lossy' })
  })

  test.each(lossy)('%s, unless it said that it can', (name, wanted, found) => {
    expect(sameValue(wanted, found, everyDistinction)).toMatchObject({ kind: 'failed' })
    const kept: readonly string[] = [name, 'identity', 'key-types', 'set-list']
    const others = everyDistinction.filter((other) => !kept.includes(other))
    expect(sameValue(wanted, found, without(...others))).toMatchObject({ kind: 'failed' })
  })

  test('the verdict names what is missing, and nothing else that is', () => {
    expect(
      sameValue(top({ tuple: [true] }), top({ list: [true] }), without('tuple-list', 'int-bool')),
    ).toEqual({ kind: 'lossy', because: 'it cannot tell a tuple from a list' })
  })

  test('nobody is excused for what is wrong besides', () => {
    const verdict = sameValue(top({ tuple: [1, 2] }), top({ list: [1, 3] }), without('tuple-list'))

    expect(verdict).toMatchObject({ kind: 'failed', difference: { at: '$.list[1]' } })
  })

  test('what can be told is right, whatever cannot', () => {
    expect(sameValue(top({ tuple: [1] }), top({ tuple: [1] }), [])).toEqual({ kind: 'passed' })
  })
})

describe('a difference that no distinction covers', () => {
  test.each([
    ['another int', leaf(1), leaf(2)],
    [
      'an int that was rounded',
      leaf({ int: '9007199254740993' }),
      leaf({ float: '4340000000000000' }),
    ],
    ['a sign', leaf(255), leaf(-1)],
    ['infinity', leaf({ float: '7ff0000000000000' }), leaf({ float: '7ff8000000000000' })],
    ['a member less', top({ set: [1, 2] }), top({ set: [1] })],
    [
      'a key less',
      top({
        dict: [
          ['a', 1],
          ['b', 2],
        ],
      }),
      top({ dict: [['a', 1]] }),
    ],
    [
      'another value',
      top({
        dict: [
          ['a', 1],
          ['b', 2],
        ],
      }),
      top({
        dict: [
          ['b', 1],
          ['a', 2],
        ],
      }),
    ],
    [
      'a list that is empty the second time',
      twice[0],
      top({ list: [{ at: 1 }, { at: 2 }] }, { list: [1] }, { list: [] }),
    ],
    ['no cycle', top({ list: [{ at: 0 }] }), top({ list: [{ at: 1 }] }, { list: [] })],
    ['no graph', top({ list: [] }), 'list'],
    ['nothing at all', leaf(1), undefined],
    ['numbers of nothing', top({ list: [1] }), { value: { at: 7 }, objects: [] }],
    ['code points of nothing', leaf('a'), leaf({ str: [1114112, 'b', null] })],
    ['a float of no digits', leaf(1), leaf({ float: 'one' })],
  ])('%s', (_, wanted, found) => {
    expect(sameValue(wanted, found, [])).toMatchObject({ kind: 'failed' })
  })
})

describe('one value in two spellings is the same', () => {
  test.each([
    [
      'bytes that are encoded',
      top({ list: [{ at: 1 }] }, call('_codecs:encode', 'aÿ', 'latin1')),
      top({ list: [{ bytes: '61ff' }] }),
    ],
    [
      'a bytearray of bytes',
      top(call('builtins:bytearray', { bytes: '00' })),
      top({ bytearray: '00' }),
    ],
    [
      'a bytearray of a str',
      top(call('__builtin__:bytearray', 'ÿ', 'latin-1')),
      top({ bytearray: 'ff' }),
    ],
    [
      'a bytearray of bytes that are encoded',
      top(call('__builtin__:bytearray', { at: 1 }), call('_codecs:encode', 'ÿ', 'latin1')),
      top({ bytearray: 'ff' }),
    ],
    ['a NaN', leaf({ float: '7ff8000000000000' }), leaf({ float: 'fff8000000000001' })],
    [
      'a member whose fields come in another order',
      top({ set: [{ at: 1 }, 1] }, { reduced: { global: 'm:f' }, by: 'call', arguments: [] }),
      top({ set: [1, { at: 1 }] }, { arguments: [], by: 'call', reduced: { global: 'm:f' } }),
    ],
    ['an empty bytearray', top(call('builtins:bytearray')), top({ bytearray: '' })],
    ['a small int by its digits', leaf(5), leaf({ int: '5' })],
    [
      'a big int by its digits',
      leaf({ int: '-36893488147419103232' }),
      leaf({ int: '-036893488147419103232' }),
    ],
    ['a str by its code points', leaf('aé'), leaf({ str: ['a', 233] })],
    ['lone surrogates by theirs', leaf({ str: ['a', 0xd800] }), leaf({ str: [97, 0xd800] })],
    [
      'empty tuples that are one',
      top({ list: [{ at: 1 }, { at: 1 }] }, { tuple: [] }),
      top({ list: [{ at: 1 }, { at: 2 }] }, { tuple: [] }, { tuple: [] }),
    ],
  ])('%s', (_, one, other) => {
    expect(sameValue(one, other, everyDistinction)).toEqual({ kind: 'passed' })
    expect(sameValue(other, one, everyDistinction)).toEqual({ kind: 'passed' })
  })

  test.each([
    ['bytes in another encoding', call('_codecs:encode', 'a', 'utf-8')],
    ['characters beyond bytes', call('_codecs:encode', 'ā', 'latin1')],
    [
      'a bytearray that something was done to',
      { ...Object(call('builtins:bytearray')), done: [['append', 1]] },
    ],
    ['a bytearray of an int', call('builtins:bytearray', 3)],
    ['another function', call('m:bytearray', { bytes: '61' })],
  ])('but not %s', (_, one) => {
    expect(sameValue(top(one), leaf({ bytes: '61' }), everyDistinction).kind).toBe('failed')
    expect(sameValue(top(one), top({ bytearray: '61' }), everyDistinction).kind).toBe('failed')
  })
})

test('depth costs nothing', () => {
  const chain = (length: number, end: unknown): unknown => ({
    value: { at: 0 },
    objects: Array.from({ length }, (_, at) => ({
      list: [at + 1 < length ? { at: at + 1 } : end],
    })),
  })

  expect(sameValue(chain(20_000, 1), chain(20_000, 1), [])).toEqual({ kind: 'passed' })
  expect(sameValue(chain(20_000, 1), chain(20_000, 2), [])).toMatchObject({ kind: 'failed' })
})
