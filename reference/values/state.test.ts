import { expect, test } from 'vitest'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { stateOf } from './state.ts'
import { PyObject } from './value.ts'

// object.__getstate__(N()) with copyreg nowhere to be found, in Python 3.13.0.
test('the names of the slots of a class are not found without copyreg', () => {
  const world = createWorld([3, 13, 0])
  const object = new PyObject(build.classOf(world, 'N'))
  world.missingModules.add('copyreg')

  expect(() => stateOf(world, object, false)).toThrow(
    expect.objectContaining({ type: 'ModuleNotFoundError' }),
  )
})
