import { describe, expect, test } from 'vitest'
import { classOf } from '../values/build.ts'
import {
  builtin,
  call,
  list,
  reprOf,
  type Scenario,
  scenario,
  shown,
  text,
  tuple,
} from './fixtures/shown.ts'

const classes: Scenario = (world) =>
  ['list', 'tuple', 'str', 'bytes', 'dict', 'object'].map((name) =>
    classOf(world, `My${name}`, { bases: [world.knownClass(`builtins:${name}`)] }),
  )

const [a, s, one] = [text('a'), text('s'), 'K\x01']
const bytes = 'C\x01b'
const bytearray = '\x96\x01\0\0\0\0\0\0\0a'
const view = `${bytearray}\x98`

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

// What Python 3.8.18 to 3.13.0 give on Linux.
test.each([
  [1, 'OSError'],
  [2, 'FileNotFoundError'],
  [3, 'FileNotFoundError'],
  [4, 'FileNotFoundError'],
  [5, 'FileNotFoundError'],
  [6, 'OSError'],
])('an OSError of %i arguments that begin with 2 is a %s', (count, wanted) => {
  const args = ['K\x02', text('m'), text('f'), 'N', text('g'), 'N'].slice(0, count)

  const said = shown('3.13.0-c', `${call(builtin('OSError'), ...args)}.`)

  expect(said.split(',')[0]).toBe(`${wanted} (2`)
})

const kinds: readonly (readonly [name: string, wanted: string, ...args: readonly string[]])[] = [
  ['UnicodeDecodeError', "UnicodeDecodeError('s', b'b', 1, 1, 's')", s, bytes, one, one, s],
  ['UnicodeEncodeError', "UnicodeEncodeError('s', 's', 1, 1, 's')", s, s, one, one, s],
  ['UnicodeTranslateError', "UnicodeTranslateError('s', 1, 1, 's')", s, one, one, s],
]

// What Python 3.8.18, 3.9.18, 3.10.13, 3.13.0 and 3.14.2 say.
describe.each(kinds)('%s', (name, wanted, ...args) => {
  const made = (engine: string, given: readonly string[]): string =>
    reprOf(engine, `${call(builtin(name), ...given)}.`)
  const withArgument = (engine: string, at: number, value: string): string =>
    made(engine, args.with(at, value))

  test('of the right arguments', () => {
    expect(made('3.13.0-c', args)).toBe(wanted)
  })

  test('of too few or too many', () => {
    const given = [
      [],
      args.slice(0, 3),
      args.slice(0, -1),
      args.slice(1),
      [...args, s],
      [...args, 'N'],
    ]
    for (const some of given) {
      expect(made('3.13.0-c', some)).toBe(
        `TypeError: function takes exactly ${args.length} arguments (${some.length} given)`,
      )
    }
  })

  test('of a wrong one', () => {
    for (const [at, right] of args.entries()) {
      const refusals = {
        [s]: [
          `argument ${at + 1} must be str, not None`,
          `argument ${at + 1} must be str, not int`,
        ],
        [bytes]: [
          "a bytes-like object is required, not 'NoneType'",
          "a bytes-like object is required, not 'int'",
        ],
        [one]: [
          "'NoneType' object cannot be interpreted as an integer",
          "'str' object cannot be interpreted as an integer",
        ],
      }
      const said = ['N', right === one ? s : one].map((wrong) =>
        withArgument('3.13.0-c', at, wrong),
      )

      expect(said).toEqual(refusals[right]?.map((refusal) => `TypeError: ${refusal}`))
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
  [a, bytearray, "UnicodeDecodeError ('a', bytearray(b'a'), 1, 1, 'a')"],
  [a, view, 'UnicodeDecodeError ('],
  [a, a, "TypeError: a bytes-like object is required, not 'str'"],
  [bytes, bytes, 'TypeError: argument 1 must be str, not bytes'],
  [view, bytes, 'TypeError: argument 1 must be str, not memoryview'],
])('a UnicodeDecodeError of %j and %j', (encoding, object, wanted) => {
  const pickle = `${call(builtin('UnicodeDecodeError'), encoding, object, one, one, a)}.`

  expect(shown('3.13.0-c', pickle, classes).startsWith(wanted)).toBe(true)
})

// What Python 3.9.18, 3.10.13, 3.13.0 and 3.14.2 say.
describe.each([0, 1, 2, 3, 4, 5, 6])('a SyntaxError with %i details', (count) => {
  const said = (engine: string): string =>
    reprOf(
      engine,
      `${call(builtin('SyntaxError'), text('m'), tuple(...Array<string>(count).fill(one)))}.`,
    )
  const made = `SyntaxError('m', (${Array(count).fill('1').join(', ')}))`

  test('in Python 3.9.18', () => {
    expect(said('3.9.18-c')).toBe(count === 4 ? made : 'IndexError: tuple index out of range')
  })

  test.each(['3.10.13-c', '3.13.0-c', '3.13.0-py', '3.14.2-c'])('in Python %s', (engine) => {
    const few = `TypeError: function takes at least 4 arguments (${count} given)`
    const five = 'TypeError: end_offset must be provided when end_lineno is provided'

    expect(said(engine)).toBe(count < 4 ? few : count === 5 ? five : made)
  })
})

// What Python 3.11.7 to 3.15.0rc1 give.
describe('a group', () => {
  const error = call(builtin('ValueError'))
  const interrupt = call(builtin('KeyboardInterrupt'))
  const ofList = "ExceptionGroup('m', [ValueError()])"
  const ofTuple = "ExceptionGroup('m', (ValueError(),))"
  const noSequence = 'TypeError: second argument (exceptions) must be a sequence'
  const noException = 'ValueError: Item 0 of second argument (exceptions) is not an exception'
  const empty = 'ValueError: second argument (exceptions) must be a non-empty sequence'

  test.each([
    ['a list', list(error), ofList],
    ['a tuple', tuple(error), ofTuple],
    ['a list of a subclass', call(scenario('Mylist'), list(error)), ofList],
    ['a tuple of a subclass', call(scenario('Mytuple'), list(error)), ofTuple],
    ['nothing', ']', empty],
    ['an empty str', text(''), empty],
    ['a str', text('ab'), noException],
    ['bytes', bytes, noException],
    ['a bytearray', bytearray, noException],
    ['a range', call(builtin('range'), one), noException],
    ['a view', view, noException],
    ['a set', `\x8f(${error}\x90`, noSequence],
    ['an empty set', '\x8f', noSequence],
    ['a frozenset', `(${error}\x91`, noSequence],
    ['a dict', `}${error}Ns`, noSequence],
    ['a dict of a subclass', call(scenario('Mydict')), noSequence],
    ['an exception', call(builtin('ValueError'), error), noSequence],
    ['an object', call(scenario('Myobject')), noSequence],
    ['a class', builtin('list'), noSequence],
    ['a number', one, noSequence],
    ['None', 'N', noSequence],
  ])('of %s', (_, members, wanted) => {
    for (const engine of ['3.11.7-c', '3.13.0-c', '3.13.0-py']) {
      for (const name of ['BaseExceptionGroup', 'ExceptionGroup']) {
        expect(reprOf(engine, `${call(builtin(name), text('m'), members)}.`, classes)).toBe(wanted)
      }
    }
  })

  test('of an exception that is no Exception stays what it was called', () => {
    const pickle = `${call(builtin('BaseExceptionGroup'), a, list(interrupt))}.`

    expect(shown('3.13.0-c', pickle)).toMatch(/^BaseExceptionGroup \(/)
  })
})
