import { describe, expect, test } from 'vitest'
import { classOf, functionOf } from '../values/build.ts'
import { repr } from '../values/repr.ts'
import { PyProperty, type PyValue } from '../values/value.ts'
import { builtin, call, loadedBy, type Scenario, scenario, shown, text } from './fixtures/shown.ts'

const engines = ['3.8.18-c', '3.8.18-py', '3.9.18-c', '3.9.18-py', '3.13.0-c', '3.13.0-py'] as const

const classes: Scenario = (world) => [
  functionOf(world, 'fn'),
  classOf(world, 'A'),
  classOf(world, 'Mydict', { bases: [world.knownClass('builtins:dict')] }),
  classOf(world, 'NoState', { namespace: { __setstate__: null } }),
  classOf(world, 'Liar', {
    namespace: { __class__: new PyProperty(() => world.knownClass('builtins:tuple')) },
  }),
]

const object = call(scenario('A'))

// What Python 3.8.18 to 3.15.0rc1 say.
test.each([
  ['a value alone', 'Nb.', 'unpickling stack underflow', 'list index out of range'],
  ['a value above a mark', 'N(Nb.', 'unexpected MARK found', 'list index out of range'],
  ['nothing above a mark', 'N(b.', 'unexpected MARK found', 'pop from empty list'],
  ['nothing', 'b.', 'unpickling stack underflow', 'pop from empty list'],
])('BUILD without an object: %s', (_, pickle, inC, inPython) => {
  for (const release of ['3.8.18', '3.13.0', '3.15.0rc1']) {
    expect(shown(`${release}-c`, pickle)).toBe(`UnpicklingError: ${inC}`)
    expect(shown(`${release}-py`, pickle)).toBe(`IndexError: ${inPython}`)
  }
})

// What Python 3.8.18, 3.9.18 and 3.13.0 give, both of their unpicklers.
test.each([
  ['None', `}NK\x01s`, 'A {None: 1}'],
  ['a number', `}K\x05K\x01s`, 'A {5: 1}'],
  ['a lone surrogate', '}\x8c\x03\xed\xa0\x80K\x01s', "A {'\\ud800': 1}"],
  [
    'two lone halves of a pair',
    '}\x8c\x06\xed\xa0\xbd\xed\xb8\x80K\x01s',
    "A {'\\ud83d\\ude00': 1}",
  ],
])('%s is a key of attributes', (_, state, wanted) => {
  for (const engine of engines) expect(shown(engine, `${object}${state}b.`, classes)).toBe(wanted)
})

// What Python 3.8.18 to 3.14.2 say.
test.each([
  ['builtins\ndict', 'dict', 'dict'],
  ['scenario\nMydict', 'dict', 'dict'],
  ['collections\nOrderedDict', 'collections.OrderedDict', 'OrderedDict'],
])('the class %j is no state, and its items are without an object', (name, whole, short) => {
  const said = (engine: string): string => shown(engine, `${object}c${name}\nb.`, classes)

  for (const engine of ['3.8.18-c', '3.9.18-c', '3.13.0-c']) {
    expect(said(engine)).toBe('UnpicklingError: state is not a dictionary')
  }
  expect(said('3.8.18-py')).toBe(
    `TypeError: descriptor 'items' of '${whole}' object needs an argument`,
  )
  for (const engine of ['3.9.18-py', '3.10.13-py', '3.13.0-py', '3.14.2-py']) {
    expect(said(engine)).toBe(`TypeError: unbound method ${short}.items() needs an argument`)
  }
})

test('another class has no items at all', () => {
  expect(shown('3.13.0-py', `${object}${builtin('list')}b.`, classes)).toBe(
    "AttributeError: type object 'list' has no attribute 'items'",
  )
})

test('what says it is a tuple is asked for its length by Python alone', () => {
  const pickle = `${object}${call(scenario('Liar'))}b.`

  expect(shown('3.13.0-c', pickle, classes)).toBe('UnpicklingError: state is not a dictionary')
  expect(shown('3.13.0-py', pickle, classes)).toBe("TypeError: object of type 'Liar' has no len()")
})

// What Python 3.8.18 to 3.15.0rc1 give.
describe('a __setstate__ that is None', () => {
  const state = `}${text('a')}K\x01s`
  const ofInstance = `${call(scenario('NoState'))}${state}b.`
  const ofClass = `${scenario('NoState')}${state}b.`

  test.each(['3.8.18-c', '3.12.1-c', '3.13.0-c', '3.13.0-py'])('is called: %s', (engine) => {
    const refusal = "TypeError: 'NoneType' object is not callable"

    expect(shown(engine, ofInstance, classes)).toBe(refusal)
    expect(shown(engine, ofClass, classes)).toBe(refusal)
  })

  test.each(['3.8.18-py', '3.12.1-py'])('is as none: %s', (engine) => {
    expect(shown(engine, ofInstance, classes)).toBe("NoState {'a': 1}")
    expect(shown(engine, ofClass, classes)).toBe(
      "TypeError: 'mappingproxy' object does not support item assignment",
    )
  })
})

test('the __setstate__ of a class is given the state alone', () => {
  for (const engine of engines) {
    const given: PyValue[][] = []
    const classesHere: Scenario = (world) => {
      const call = (args: readonly PyValue[]): PyValue => {
        given.push([...args])
        return null
      }
      return [
        classOf(world, 'Given', { namespace: { __setstate__: functionOf(world, 's', call) } }),
      ]
    }
    const { world, value } = loadedBy(engine, `${scenario('Given')}K\x05b.`, classesHere)

    expect(repr(world, value)).toBe("<class 'scenario.Given'>")
    expect(given).toEqual([[5]])
  }
})

test('the state and the slots of a function are attributes of it', () => {
  const [state, slots] = [`}${text('a')}K\x01s`, `}${text('b')}K\x02s`]
  const both = "function {'a': 1, 'b': 2}"
  for (const engine of engines) {
    const said = (given: string): string => shown(engine, `${scenario('fn')}${given}.`, classes)

    expect(said(`${state}${slots}\x86b`)).toBe(both)
    expect(said(`${state}bN${slots}\x86b`)).toBe(both)
    expect(said(`N${state}\x86b`)).toBe("function {'a': 1}")
  }
})

// What Python 3.9.18 and 3.10.13 say.
test('a slot of a built-in class is refused', () => {
  const pickle = `${builtin('int')}N}${text('x')}K\x01s\x86b.`

  expect(shown('3.9.18-c', pickle)).toBe(
    "TypeError: can't set attributes of built-in/extension type 'int'",
  )
  expect(shown('3.10.13-c', pickle)).toBe(
    "TypeError: cannot set 'x' attribute of immutable type 'int'",
  )
})
