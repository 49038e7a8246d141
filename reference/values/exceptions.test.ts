import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { findAttribute } from './attributes.ts'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { exceptionMro, isException } from './exceptions.ts'
import { whichModule } from './find-global.ts'
import of3_8 from './fixtures/exceptions-cpython-3.8.18.json' with { type: 'json' }
import of3_13 from './fixtures/exceptions-cpython-3.13.0.json' with { type: 'json' }
import { PyProperty } from './value.ts'

const world = createWorld([3, 13, 0])

function instanceWith(name: string, thrown: Error) {
  const get = () => {
    throw thrown
  }
  const namespace = { [name]: new PyProperty(get) }
  return build.instance(world, build.classOf(world, 'A', { namespace }))
}

test('an except clause catches its class and what derives from it', () => {
  expect(isException(new PickleError('KeyError', 'k'), 'LookupError')).toBe(true)
  expect(isException(new PickleError('ValueError', 'v'), 'LookupError')).toBe(false)
  expect(isException(new RangeError('not of Python'), 'Exception')).toBe(false)
})

test('a mistake that is no exception of Python is not taken for a missing attribute', () => {
  const mistake = new RangeError('mine')

  expect(() => findAttribute(world, instanceWith('x', mistake), 'x')).toThrow(mistake)
})

// CPython 3.13.0, both picklers: a property `__module__` that raises ends the dump.
test('what a property __module__ raises is not hidden, AttributeError apart', () => {
  const raised = new PickleError('ValueError', 'x')
  const hidden = new PickleError('AttributeError', 'x')

  expect(() => whichModule(world, instanceWith('__module__', raised), 'f', false)).toThrow(raised)
  expect(() => whichModule(world, instanceWith('__module__', hidden), 'f', false)).not.toThrow()
})

test.each([of3_8, of3_13])(
  'the exceptions of Python $python derive from each other',
  ({ mros }) => {
    // The one with two bases is raised by nothing here.
    const recorded = Object.entries(mros).filter(([name]) => name !== 'ExceptionGroup')
    const found = recorded.map(([name]) => [name, exceptionMro(new PickleError(name, ''))])

    expect(found).toEqual(
      recorded.map(([name, mro]) => [name, mro.filter((one) => one !== 'object')]),
    )
    expect(found.length).toBeGreaterThan(60)
  },
)
