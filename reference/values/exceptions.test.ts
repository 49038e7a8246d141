import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { findAttribute } from './attributes.ts'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { isException } from './exceptions.ts'
import { whichModule } from './find-global.ts'
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
