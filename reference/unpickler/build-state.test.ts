import { describe, expect, test } from 'vitest'
import { functionDict } from '../values/attributes.ts'
import { classOf, functionOf } from '../values/build.ts'
import { PyDict, PyFunction, PyObject, PyProperty } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { builtin, loaded, scenario, told } from './fixtures/told.ts'

const define = (world: World) => [
  classOf(world, 'Plain'),
  classOf(world, 'MyDict', { bases: [world.knownClass('builtins:dict')] }),
  classOf(world, 'NoneState', { namespace: { __setstate__: null } }),
  classOf(world, 'Own', {
    namespace: { __setstate__: functionOf(world, '__setstate__', () => null) },
  }),
  classOf(world, 'SaysTuple', {
    namespace: { __class__: new PyProperty(() => world.knownClass('builtins:tuple')) },
  }),
  functionOf(world, 'given'),
]

const made = (name: string): string => `${scenario(name)})\x81`
const attributes = '}\x8c\x01aK\x01s'

// What Python 3.8.18 to 3.15.0rc1 say.
describe('BUILD without an object', () => {
  test.each([
    ['a value alone', 'Nb.', 'unpickling stack underflow', 'list index out of range'],
    ['a value above a mark', 'N(Nb.', 'unexpected MARK found', 'list index out of range'],
    ['nothing above a mark', 'N(b.', 'unexpected MARK found', 'pop from empty list'],
    ['nothing', 'b.', 'unpickling stack underflow', 'pop from empty list'],
  ])('%s', (_, pickle, inC, inPython) => {
    for (const release of ['3.8', '3.13', '3.15']) {
      expect(told(`cpython-${release}-c`, pickle)).toBe(`UnpicklingError: ${inC}`)
      expect(told(`cpython-${release}-py`, pickle)).toBe(`IndexError: ${inPython}`)
    }
  })
})

// What Python 3.8.18 to 3.15.0rc1 say.
describe('a class of mappings as a state', () => {
  test.each([
    ['dict', builtin('dict'), 'dict', 'dict'],
    ['OrderedDict', 'ccollections\nOrderedDict\n', 'collections.OrderedDict', 'OrderedDict'],
    ['a subclass of dict', scenario('MyDict'), 'dict', 'dict'],
  ])('%s', (_, state, before, since) => {
    const pickle = `${made('Plain')}${state}b.`
    const inC = 'UnpicklingError: state is not a dictionary'

    expect(told('cpython-3.8.18-c', pickle, define)).toBe(inC)
    expect(told('cpython-3.13.0-c', pickle, define)).toBe(inC)
    expect(told('cpython-3.8.18-py', pickle, define)).toBe(
      `TypeError: descriptor 'items' of '${before}' object needs an argument`,
    )
    for (const release of ['3.9.18', '3.10.13', '3.13.0', '3.14.2']) {
      expect(told(`cpython-${release}-py`, pickle, define)).toBe(
        `TypeError: unbound method ${since}.items() needs an argument`,
      )
    }
  })
})

test('what says that it is a tuple and is none has no len()', () => {
  const pickle = `${made('Plain')}${made('SaysTuple')}b.`

  expect(told('cpython-3.13-c', pickle, define)).toBe('UnpicklingError: state is not a dictionary')
  expect(told('cpython-3.13-py', pickle, define)).toBe(
    "TypeError: object of type 'SaysTuple' has no len()",
  )
})

// What Python 3.8.18 to 3.15.0rc1 give.
describe('a __setstate__ that is None', () => {
  const called = "TypeError: 'NoneType' object is not callable"
  const engines = ['cpython-3.8-c', 'cpython-3.12-c', 'cpython-3.13-c', 'cpython-3.13-py']

  test.each(engines)('is called: %s', (name) => {
    expect(told(name, `${made('NoneState')}${attributes}b.`, define)).toBe(called)
    expect(told(name, `${scenario('NoneState')}${attributes}b.`, define)).toBe(called)
  })

  test.each(['cpython-3.8-py', 'cpython-3.12-py'])('is as none: %s', (name) => {
    const found = loaded(name, `${made('NoneState')}${attributes}b.`, define)

    expect(found).toMatchObject({ value: { dict: { values: [1] } } })
    expect(told(name, `${scenario('NoneState')}${attributes}b.`, define)).toBe(
      "TypeError: 'mappingproxy' object does not support item assignment",
    )
  })
})

describe.each(['cpython-3.13-c', 'cpython-3.13-py'])('%s', (name) => {
  test('the __setstate__ of a class is called for the class too', () => {
    expect(told(name, `${scenario('Own')}}b.`, define)).toBe("<class 'scenario.Own'>")
  })

  test('a function has attributes', () => {
    const found = loaded(name, `${scenario('given')}N${attributes}\x86b.`, define)
    const value = typeof found === 'string' ? found : found.value

    expect(value).toBeInstanceOf(PyFunction)
    expect(value instanceof PyFunction && functionDict(value)).toMatchObject({
      keys: [{ content: 'a' }],
      values: [1],
    })
  })

  test.each([
    ['None', 'N', null],
    ['an int', 'K\x02', 2],
    ['a lone surrogate', '\x8c\x03\xed\xa0\x80', { content: '\ud800' }],
  ])('%s is a key of attributes', (_, key, wanted) => {
    const found = loaded(name, `${made('Plain')}}${key}K\x01sb.`, define)
    const value = typeof found === 'string' ? found : found.value
    const dict = value instanceof PyObject ? value.dict : null

    expect(dict).toBeInstanceOf(PyDict)
    expect(dict).toMatchObject({ keys: [wanted], values: [1] })
  })
})
