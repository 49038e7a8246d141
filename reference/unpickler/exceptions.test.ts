import { describe, expect, test } from 'vitest'
import { classOf } from '../values/build.ts'
import type { PyClass } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { builtin, scenario, told } from './fixtures/told.ts'

const newest = 'cpython-3.13.0-c'

// What Python 3.8.18 to 3.13.0 give on Linux.
describe('the error number says which OSError it is', () => {
  test.each([
    [1, 'PermissionError'],
    [2, 'FileNotFoundError'],
    [3, 'ProcessLookupError'],
    [4, 'InterruptedError'],
    [5, 'OSError'],
    [10, 'ChildProcessError'],
    [11, 'BlockingIOError'],
    [12, 'OSError'],
    [13, 'PermissionError'],
    [17, 'FileExistsError'],
    [20, 'NotADirectoryError'],
    [21, 'IsADirectoryError'],
    [32, 'BrokenPipeError'],
    [103, 'ConnectionAbortedError'],
    [104, 'ConnectionResetError'],
    [108, 'BrokenPipeError'],
    [110, 'TimeoutError'],
    [111, 'ConnectionRefusedError'],
    [114, 'BlockingIOError'],
    [115, 'BlockingIOError'],
    [116, 'OSError'],
  ])('%i: %s', (number, wanted) => {
    const pickle = `${builtin('OSError')}K${String.fromCharCode(number)}\x8c\x01m\x86R.`

    expect(told(newest, pickle)).toBe(`${wanted}(${number}, 'm')`)
  })

  test.each([
    [1, 'OSError'],
    [2, 'FileNotFoundError'],
    [3, 'FileNotFoundError'],
    [4, 'FileNotFoundError'],
    [5, 'FileNotFoundError'],
    [6, 'OSError'],
  ])('with %i arguments: %s', (count, wanted) => {
    const given = ['K\x02', '\x8c\x01m', '\x8c\x01f', 'N', '\x8c\x01g', 'N'].slice(0, count)

    expect(told(newest, `${builtin('OSError')}(${given.join('')}tR.`)).toMatch(`${wanted}(2`)
  })
})

// What Python 3.8.18 to 3.13.0 say.
describe('the errors of codecs check what they are given', () => {
  const good = { str: '\x8c\x01s', bytes: 'C\x01b', int: 'K\x01' }
  const wrong = {
    str: ['N', 'None'],
    bytes: ['K\x01', "'int'"],
    int: ['\x8c\x01s', "'str'"],
  } as const
  type Kind = keyof typeof good
  const errors: readonly (readonly [name: string, kinds: readonly Kind[]])[] = [
    ['UnicodeDecodeError', ['str', 'bytes', 'int', 'int', 'str']],
    ['UnicodeEncodeError', ['str', 'str', 'int', 'int', 'str']],
    ['UnicodeTranslateError', ['str', 'int', 'int', 'str']],
  ]
  const call = (name: string, given: readonly string[]): string =>
    told(newest, `${builtin(name)}(${given.join('')}tR.`)
  const saidOf = (kind: Kind, at: number): string => {
    const [, found] = wrong[kind]
    return {
      str: `argument ${at + 1} must be str, not ${found}`,
      bytes: `a bytes-like object is required, not ${found}`,
      int: `${found} object cannot be interpreted as an integer`,
    }[kind]
  }

  test.each(errors)('%s', (name, kinds) => {
    const given = kinds.map((kind) => good[kind])
    const shown = { str: "'s'", bytes: "b'b'", int: '1' }
    const count = kinds.length

    expect(call(name, given)).toBe(`${name}(${kinds.map((kind) => shown[kind]).join(', ')})`)
    for (const [args, found] of [
      [given.slice(1), count - 1],
      [[...given, 'N'], count + 1],
    ] as const) {
      expect(call(name, args)).toBe(
        `TypeError: function takes exactly ${count} arguments (${found} given)`,
      )
    }
    kinds.forEach((kind, at) => {
      expect(call(name, given.with(at, wrong[kind][0]))).toBe(`TypeError: ${saidOf(kind, at)}`)
    })
  })

  test.each([
    ['2 ** 63 - 1', '\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f', 'UnicodeTranslateError('],
    ['2 ** 63', '\x8a\x09\0\0\0\0\0\0\0\x80\0', 'OverflowError: Python int too large'],
    ['-2 ** 63', '\x8a\x08\0\0\0\0\0\0\0\x80', 'UnicodeTranslateError('],
    ['-2 ** 63 - 1', '\x8a\x09\xff\xff\xff\xff\xff\xff\xff\x7f\xff', 'OverflowError: Python int'],
  ])('a place is an int of 64 bits: %s', (_, int, wanted) => {
    const { str } = good

    expect(call('UnicodeTranslateError', [str, int, good.int, str])).toContain(wanted)
    expect(call('UnicodeTranslateError', [str, good.int, int, str])).toContain(wanted)
  })
})

// What Python 3.9.18, 3.10.13, 3.13.0 and 3.14.2 say.
test.each<readonly [release: string, count: number, wanted: string]>([
  ['3.9', 0, 'IndexError: tuple index out of range'],
  ['3.9', 5, 'IndexError: tuple index out of range'],
  ...['3.10', '3.13', '3.14'].flatMap((release) =>
    (
      [
        [0, 'TypeError: function takes at least 4 arguments (0 given)'],
        [3, 'TypeError: function takes at least 4 arguments (3 given)'],
        [4, "SyntaxError('m', (1, 1, 1, 1))"],
        [5, 'TypeError: end_offset must be provided when end_lineno is provided'],
      ] as const
    ).map(([count, wanted]) => [release, count, wanted] as const),
  ),
])('Python %s, a SyntaxError with %i details: %s', (release, count, wanted) => {
  const pickle = `${builtin('SyntaxError')}\x8c\x01m(${'K\x01'.repeat(count)}t\x86R.`

  expect(told(`cpython-${release}-c`, pickle)).toBe(wanted)
})

// What Python 3.11.7 to 3.15.0rc1 say.
describe('the second argument of a group', () => {
  const error = `${builtin('ValueError')})R`
  const define = (world: World): PyClass[] =>
    ['tuple', 'list', 'dict', 'object'].map((name) =>
      classOf(world, `My${name}`, { bases: [world.knownClass(`builtins:${name}`)] }),
    )
  const noSequence = 'TypeError: second argument (exceptions) must be a sequence'
  const noError = 'ValueError: Item 0 of second argument (exceptions) is not an exception'
  const nothing = 'ValueError: second argument (exceptions) must be a non-empty sequence'

  test.each([
    ['a list', `]${error}a`, "ExceptionGroup('m', [ValueError()])"],
    ['a tuple', `${error}\x85`, "ExceptionGroup('m', (ValueError(),))"],
    [
      'an instance of a subclass of tuple',
      `${scenario('Mytuple')}${error}\x85\x85\x81`,
      "ExceptionGroup('m', (ValueError(),))",
    ],
    [
      'an instance of a subclass of list',
      `${scenario('Mylist')}]${error}a\x85R`,
      "ExceptionGroup('m', [ValueError()])",
    ],
    ['a str', '\x8c\x02ab', noError],
    ['bytes', 'C\x02ab', noError],
    ['a bytearray', '\x96\x01\0\0\0\0\0\0\0b', noError],
    ['a memoryview', '\x96\x01\0\0\0\0\0\0\0b\x98', noError],
    ['a range', `${builtin('range')}K\x02\x85R`, noError],
    ['a str without characters', '\x8c\0', nothing],
    ['None', 'N', noSequence],
    ['an int', 'K\x05', noSequence],
    ['a dict', '}', noSequence],
    ['an instance of a subclass of dict', `${scenario('Mydict')})\x81`, noSequence],
    ['a set', '\x8f', noSequence],
    ['a frozenset', '(\x91', noSequence],
    ['an exception', error, noSequence],
    ['an object', `${scenario('Myobject')})\x81`, noSequence],
    ['a class', builtin('list'), noSequence],
  ])('%s', (_, given, wanted) => {
    const pickle = `${builtin('ExceptionGroup')}\x8c\x01m${given}\x86R.`

    expect(told(newest, pickle, define)).toBe(wanted)
  })
})
