import { describe, expect, test } from 'vitest'
import { classOf } from '../values/build.ts'
import {
  builtin,
  call,
  list,
  type Scenario,
  scenario,
  shown,
  text,
  tuple,
} from './fixtures/shown.ts'

const classes: Scenario = (world) =>
  ['list', 'tuple', 'str', 'bytes', 'dict'].map((name) =>
    classOf(world, `My${name}`, { bases: [world.knownClass(`builtins:${name}`)] }),
  )

const error = 'cbuiltins\nKeyError\n)R'
const interrupt = 'cbuiltins\nKeyboardInterrupt\n)R'
const [a, one] = [text('a'), 'K\x01']
const bytes = 'C\x01a'
const view = '\x96\x01\0\0\0\0\0\0\0a\x98'

// What Python 3.8.18 and 3.13.0 give on Linux.
test('an OSError with a number that has a class of its own is of that class', () => {
  const found: Record<string, number[]> = {}
  for (let number = 0; number <= 134; number++) {
    const name = shown('3.13.0-c', `${call(builtin('OSError'), `I${number}\n`, a)}.`).split(' ')[0]
    if (name !== undefined && name !== 'OSError') found[name] = [...(found[name] ?? []), number]
  }

  expect(found).toEqual({
    PermissionError: [1, 13],
    FileNotFoundError: [2],
    ProcessLookupError: [3],
    InterruptedError: [4],
    ChildProcessError: [10],
    BlockingIOError: [11, 114, 115],
    FileExistsError: [17],
    NotADirectoryError: [20],
    IsADirectoryError: [21],
    BrokenPipeError: [32, 108],
    ConnectionAbortedError: [103],
    ConnectionResetError: [104],
    TimeoutError: [110],
    ConnectionRefusedError: [111],
  })
})

test.each([
  [1, 'OSError'],
  [2, 'PermissionError'],
  [5, 'PermissionError'],
  [6, 'OSError'],
])('an OSError of %i arguments that begin with 1 is a %s', (count, wanted) => {
  const args = [one, ...Array<string>(count - 1).fill('N')]

  expect(shown('3.13.0-c', `${call(builtin('OSError'), ...args)}.`)).toMatch(`${wanted} (1,`)
})

const kinds: readonly (readonly [name: string, ...args: readonly string[]])[] = [
  ['UnicodeDecodeError', a, bytes, one, one, a],
  ['UnicodeEncodeError', a, a, one, one, a],
  ['UnicodeTranslateError', a, one, one, a],
]

// What Python 3.8.18, 3.9.18, 3.10.13, 3.13.0 and 3.14.2 say.
describe.each(kinds)('%s', (name, ...args) => {
  const made = (engine: string, given: readonly string[]): string =>
    shown(engine, `${call(builtin(name), ...given)}.`, classes)
  const withArgument = (engine: string, at: number, value: string): string =>
    made(engine, args.with(at, value))

  test('of the right arguments', () => {
    expect(made('3.13.0-c', args)).toMatch(/^Unicode\w+Error \('a', /)
  })

  test('of too few or too many', () => {
    for (const count of [0, 3, args.length - 1, args.length + 1]) {
      const given = [...args, a].slice(0, count)
      if (count === args.length) continue
      expect(made('3.13.0-c', given)).toBe(
        `TypeError: function takes exactly ${args.length} arguments (${count} given)`,
      )
    }
  })

  test('of a wrong one', () => {
    for (const [at, right] of args.entries()) {
      const refusals = {
        [a]: `argument ${at + 1} must be str, not None`,
        [bytes]: "a bytes-like object is required, not 'NoneType'",
        [one]: "'NoneType' object cannot be interpreted as an integer",
      }
      expect(withArgument('3.13.0-c', at, 'N')).toBe(`TypeError: ${refusals[right]}`)
      if (right === a) {
        expect(withArgument('3.13.0-c', at, one)).toBe(
          `TypeError: argument ${at + 1} must be str, not int`,
        )
      }
    }
  })

  test('of a float for a place', () => {
    const at = args.indexOf(one)
    const said = ['3.8.18-c', '3.9.18-c', '3.10.13-c'].map((engine) =>
      withArgument(engine, at, 'F1.5\n'),
    )

    expect(said).toEqual([
      'TypeError: integer argument expected, got float',
      'TypeError: integer argument expected, got float',
      "TypeError: 'float' object cannot be interpreted as an integer",
    ])
    expect(withArgument('3.8.18-c', at, a)).toBe(
      "TypeError: 'str' object cannot be interpreted as an integer",
    )
  })

  test.each([
    ['3.13.0-c', 2n ** 63n],
    ['3.14.2-c', 2n ** 31n],
  ])('of places that a word of Python %s holds', (engine, beyond) => {
    const overflow = 'OverflowError: Python int too large to convert to C ssize_t'
    for (const at of [args.indexOf(one), args.lastIndexOf(one)]) {
      for (const right of [beyond - 1n, -beyond]) {
        expect(withArgument(engine, at, `L${right}L\n`)).toContain(`, ${right}`)
      }
      for (const wrong of [beyond, -beyond - 1n]) {
        expect(withArgument(engine, at, `L${wrong}L\n`)).toBe(overflow)
      }
    }
  })
})

// What Python 3.13.0 gives.
test.each([
  [`${scenario('Mystr')}${a}\x85\x81`, bytes, 'UnicodeDecodeError ('],
  [a, `${scenario('Mybytes')}${bytes}\x85\x81`, 'UnicodeDecodeError ('],
  [a, '\x96\x01\0\0\0\0\0\0\0a', "UnicodeDecodeError ('a', bytearray(b'a'), 1, 1, 'a')"],
  [a, view, 'UnicodeDecodeError ('],
  [a, a, "TypeError: a bytes-like object is required, not 'str'"],
  [bytes, bytes, 'TypeError: argument 1 must be str, not bytes'],
  [view, bytes, 'TypeError: argument 1 must be str, not memoryview'],
])('a UnicodeDecodeError of %j and %j', (encoding, object, wanted) => {
  const pickle = `${call(builtin('UnicodeDecodeError'), encoding, object, one, one, a)}.`

  expect(shown('3.13.0-c', pickle, classes).startsWith(wanted)).toBe(true)
})

// What Python 3.9.18, 3.10.13 and 3.13.0 say.
test.each([0, 1, 2, 3, 4, 5, 6])('a SyntaxError with %i details', (count) => {
  const details = tuple(...Array<string>(count).fill(one))
  const said = ['3.9.18-c', '3.10.13-c', '3.13.0-py'].map(
    (engine) => shown(engine, `${call(builtin('SyntaxError'), a, details)}.`).split(' (')[0],
  )

  const few = 'TypeError: function takes at least 4 arguments'
  const five = 'TypeError: end_offset must be provided when end_lineno is provided'
  const old = count === 4 ? 'SyntaxError' : 'IndexError: tuple index out of range'
  const recent = count < 4 ? few : count === 5 ? five : 'SyntaxError'
  expect(said).toEqual([old, recent, recent])
})

test('a SyntaxError says how many details it was given', () => {
  expect(shown('3.13.0-c', `${call(builtin('SyntaxError'), a, tuple(one, one))}.`)).toBe(
    'TypeError: function takes at least 4 arguments (2 given)',
  )
})

// What Python 3.11.7 and 3.13.0 give.
describe('a group', () => {
  const noSequence = 'TypeError: second argument (exceptions) must be a sequence'
  const noException = 'ValueError: Item 0 of second argument (exceptions) is not an exception'
  const empty = 'ValueError: second argument (exceptions) must be a non-empty sequence'

  test.each([
    ['a list', list(error), 'ExceptionGroup ('],
    ['a tuple', tuple(error), 'ExceptionGroup ('],
    ['a list of a subclass', call(scenario('Mylist'), list(error)), 'ExceptionGroup ('],
    ['a tuple of a subclass', call(scenario('Mytuple'), list(error)), 'ExceptionGroup ('],
    ['nothing', ']', empty],
    ['an empty str', text(''), empty],
    ['a str', a, noException],
    ['bytes', bytes, noException],
    ['a bytearray', '\x96\x01\0\0\0\0\0\0\0a', noException],
    ['a range', call(builtin('range'), one), noException],
    ['a view', view, noException],
    ['a set', `\x8f(${error}\x90`, noSequence],
    ['a frozenset', `(${error}\x91`, noSequence],
    ['a dict', `}${error}Ns`, noSequence],
    ['a dict of a subclass', call(scenario('Mydict')), noSequence],
    ['an exception', call(builtin('ValueError'), error), noSequence],
    ['a number', one, noSequence],
    ['None', 'N', noSequence],
  ])('of %s', (_, members, wanted) => {
    for (const engine of ['3.11.7-c', '3.13.0-py']) {
      for (const name of ['BaseExceptionGroup', 'ExceptionGroup']) {
        const said = shown(engine, `${call(builtin(name), a, members)}.`, classes)
        expect(said.startsWith(wanted), said).toBe(true)
      }
    }
  })

  test('of an exception that is no Exception stays what it was called', () => {
    const pickle = `${call(builtin('BaseExceptionGroup'), a, list(interrupt))}.`

    expect(shown('3.13.0-c', pickle)).toMatch(/^BaseExceptionGroup \(/)
  })
})
