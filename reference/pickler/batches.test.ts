import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { Sm } from '../fixtures/sm.ts'
import { profile } from '../profiles.ts'
import { tuple } from '../values/build.ts'
import { PyIterator } from '../values/value.ts'
import { Pickler } from './pickler.ts'

// CPython 3.8, 3.11 and 3.13: C looks at the first item of a batch before it asks for the second.
test.each([
  ['cpython-3.8-c', 'TypeError'],
  ['cpython-3.13-c', 'TypeError'],
  ['cpython-3.8-py', 'KeyError'],
  ['cpython-3.13-py', 'KeyError'],
])('%s: of dict items of which one is no pair and the next one raises: %s', (name, type) => {
  const sm = new Sm(profile(name).release, false)
  let count = 0
  const items = new PyIterator('generator', () => {
    count++
    if (count > 1) throw new PickleError('KeyError', "'second'")
    return 1
  })
  const value = sm.red(tuple(sm.func2, tuple(), null, null, items))
  const of = { isSubclass: false, attributes: new Map() }
  const pickler = new Pickler(sm.world, profile(name), of, { protocol: 4 }, { write: () => {} })

  expect(() => pickler.dump(value)).toThrow(expect.objectContaining({ type }))
})
