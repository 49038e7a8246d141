import { expect, test } from 'vitest'
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

// What Python 3.8.18, 3.9.18 and 3.13.0 give, both of their unpicklers.
test.each([
  ['None', `}NK\x01s`, 'A {None: 1}'],
  ['a number', `}K\x05K\x01s`, 'A {5: 1}'],
  [
    'two lone halves of a pair',
    '}\x8c\x06\xed\xa0\xbd\xed\xb8\x80K\x01s',
    "A {'\\ud83d\\ude00': 1}",
  ],
])('%s is a key of attributes', (_, state, wanted) => {
  for (const engine of engines) expect(shown(engine, `${object}${state}b.`, classes)).toBe(wanted)
})

test.each([
  ['builtins\ndict', 'dict', 'dict'],
  ['scenario\nMydict', 'dict', 'dict'],
  ['collections\nOrderedDict', 'collections.OrderedDict', 'OrderedDict'],
])('the class %j is no state, and its items are without an object', (name, whole, short) => {
  const old = `TypeError: descriptor 'items' of '${whole}' object needs an argument`
  const recent = `TypeError: unbound method ${short}.items() needs an argument`
  const inC = 'UnpicklingError: state is not a dictionary'

  expect(engines.map((engine) => shown(engine, `${object}c${name}\nb.`, classes))).toEqual([
    ...[inC, old, inC, recent, inC, recent],
  ])
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

test('a __setstate__ that is None is none for Python up to 3.12', () => {
  const pickle = `${call(scenario('NoState'))}}${text('a')}K\x01sb.`
  const refusal = "TypeError: 'NoneType' object is not callable"
  const said = ['3.8.18-c', '3.8.18-py', '3.12.1-c', '3.12.1-py', '3.13.0-c', '3.13.0-py'].map(
    (engine) => shown(engine, pickle, classes),
  )

  const set = "NoState {'a': 1}"
  expect(said).toEqual([refusal, set, refusal, set, refusal, refusal])
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
  for (const engine of engines) {
    for (const given of [`${state}${slots}\x86b`, `${state}bN${slots}\x86b`]) {
      expect(shown(engine, `${scenario('fn')}${given}.`, classes)).toBe("function {'a': 1, 'b': 2}")
    }
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

test('too few for BUILD are refused, and not counted below a mark', () => {
  const said = (pickle: string): string[] =>
    ['3.13.0-c', '3.13.0-py'].map((engine) => shown(engine, pickle))

  expect(said('b.')).toEqual([
    'UnpicklingError: unpickling stack underflow',
    'IndexError: pop from empty list',
  ])
  expect(said('Nb.')).toEqual([
    'UnpicklingError: unpickling stack underflow',
    'IndexError: list index out of range',
  ])
  expect(said('N(Nb.')).toEqual([
    'UnpicklingError: unexpected MARK found',
    'IndexError: list index out of range',
  ])
})
