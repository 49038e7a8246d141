import { describe, expect, test } from 'vitest'
import { again, call } from './fixtures/again.ts'

const text = (value: string): string => `SHORT_BINUNICODE "${value}"`
const instance = (module: string, name: string): readonly string[] => [
  `GLOBAL "${module}" "${name}"`,
  'EMPTY_TUPLE',
  'NEWOBJ',
]

/** How often a text is written. */
const timesOf = (value: string, lines: readonly string[], name?: string): number =>
  again(['PROTO 4', ...lines], 4, name).split(text(value)).length - 1

describe('a str', () => {
  test.each([
    ['"operator" "attrgetter"', 'ab', 1],
    ['"operator" "attrgetter"', 'a.b', 2],
    ['"pathlib" "PurePosixPath"', 'a.b', 1],
    ['"decimal" "Decimal"', '1.5', 2],
  ])('that two calls of %s have is one or two: %s', (callable, value, times) => {
    const one = call(callable, text(value))

    expect(timesOf(value, ['MARK', ...one, ...one, 'TUPLE'], 'cpython-3.12.1-c')).toBe(times)
  })

  test.each([
    ['m', 'cpython-3.13-c', 1],
    ['ast', 'cpython-3.12-c', 2],
    ['_ast', 'cpython-3.8-c', 2],
  ])(
    'that names a class of %s and an attribute is one in %s, unless C made the class',
    (...given) => {
      const [module, name, times] = given
      const state = ['EMPTY_DICT', text('arg'), 'BININT1 1', 'SETITEM', 'BUILD']

      expect(timesOf('arg', [...instance(module, 'arg'), ...state], name)).toBe(times)
    },
  )

  test('that names an attribute and an argument of an index is one', () => {
    const dict = ['EMPTY_DICT', text('name'), 'BININT1 1', 'SETITEM']
    const index = call(
      '"pandas.core.indexes.base" "_new_Index"',
      'GLOBAL "pandas" "Index"',
      ...dict,
    )

    expect(timesOf('name', [...index, ...instance('m', 'A'), ...dict, 'BUILD', 'TUPLE2'])).toBe(1)
  })
})

describe('the name of a module that two classes each have for themselves', () => {
  const named = (name: string): readonly string[] => [text(name), 'MEMOIZE', 'STACK_GLOBAL']
  const short = (name: string): readonly string[] => [text(name), 'STACK_GLOBAL']

  test('is that of each for what has the same', () => {
    const own = [text('m.c'), 'MEMOIZE']
    const first = [...own, ...named('A'), 'MEMOIZE', ...own, ...named('B'), 'MEMOIZE']
    const lines = ['MARK', ...first, 'BINGET 3', ...named('C'), 'BINGET 0', ...named('D'), 'TUPLE']

    expect(again(['PROTO 4', ...lines], 4)).toBe(
      ['MARK', text('m.c'), ...short('A'), text('m.c'), ...short('B')]
        .concat('BINGET 3', short('C'), 'BINGET 0', short('D'), 'TUPLE STOP')
        .join(' '),
    )
  })

  test('is there also when names that are not used again are in no memo', () => {
    const own = [text('m.c'), 'MEMOIZE']
    const first = [...own, ...short('A'), ...own, ...short('B')]
    const lines = ['MARK', ...first, 'BINGET 0', ...short('C'), 'BINGET 1', ...short('D'), 'TUPLE']

    expect(again(['PROTO 4', ...lines], 4)).toBe(
      ['MARK', text('m.c'), ...short('A'), text('m.c'), ...short('B')]
        .concat('BINGET 0', short('C'), 'BINGET 3', short('D'), 'TUPLE STOP')
        .join(' '),
    )
  })
})

test.each(['NONE', 'GLOBAL "builtins" "Ellipsis"', 'GLOBAL "builtins" "NotImplemented"'])(
  'the type of %s is one, however often it was asked for',
  (value) => {
    const type = call('"builtins" "type"', value)

    expect(again(['PROTO 4', ...type, ...type, 'TUPLE2'], 4)).toMatch(
      /TUPLE1 REDUCE BINGET \d+ TUPLE2 STOP$/,
    )
  },
)

test('arguments that two exceptions share are one tuple', () => {
  const first = ['GLOBAL "builtins" "ValueError"', 'BININT1 1', 'TUPLE1', 'MEMOIZE', 'REDUCE']
  const second = ['GLOBAL "builtins" "KeyError"', 'BINGET 0', 'REDUCE']

  expect(again(['PROTO 2', ...first, ...second, 'TUPLE2'], 2)).toBe(
    [
      ...['GLOBAL "exceptions" "ValueError" BININT1 1 TUPLE1 REDUCE'],
      ...['GLOBAL "exceptions" "KeyError" BINGET 1 REDUCE TUPLE2 STOP'],
    ].join(' '),
  )
})

describe('an object whose arguments lead back to it, which is reduced twice', () => {
  // What reduces to A(b, 1) and its attributes, where b has it as an attribute.
  const start = [
    ...['GLOBAL "m" "A"', 'BINPUT 0', 'GLOBAL "m" "B"', 'BINPUT 1'],
    ...['EMPTY_TUPLE', 'NEWOBJ', 'BINPUT 2', 'EMPTY_DICT', 'BINPUT 3', 'BINUNICODE "a"'],
    ...['BINPUT 4', 'BINGET 0', 'BINGET 2', 'BININT1 1', 'TUPLE2', 'BINPUT 5', 'REDUCE'],
    ...['BINPUT 6', 'EMPTY_DICT', 'BINPUT 7', 'BINUNICODE "x"', 'BINPUT 8', 'BININT1 5'],
    ...['SETITEM', 'BUILD', 'SETITEM', 'BUILD'],
  ]
  const written = (lines: readonly string[]): string =>
    [...lines.filter((one) => !one.startsWith('BINPUT')), 'STOP'].join(' ')

  test.each([
    ['c', []],
    ['py', ['BINGET 7', 'BUILD']],
  ])('has other arguments then, and the same state: %s', (name, state) => {
    const own = [...start, 'BININT1 1', 'TUPLE2', 'REDUCE', 'POP', 'BINGET 6', ...state]

    expect(again(['PROTO 2', ...own], 2, `cpython-3.13-${name}`)).toBe(written(own))
  })

  test('has the same arguments where it keeps them', () => {
    const kept = [...start, 'BININT1 1', 'POP', 'POP', 'BINGET 5', 'REDUCE', 'POP', 'BINGET 6']

    expect(again(['PROTO 2', ...kept], 2)).toBe(written(kept))
  })
})
