import { expect, test } from 'vitest'
import * as build from './build.ts'
import { readByCopyreg, reduceByCopyreg } from './copyreg-reducers.ts'
import { createWorld } from './create-world.ts'
import { PyObject } from './value.ts'

// copyreg.pickle_complex(A()) and so on, in Python 3.14.2.
test.each([
  ['copyreg:pickle_complex', 'real'],
  ['copyreg:pickle_union', '__args__'],
  ['copyreg:pickle_super', '__thisclass__'],
  ['re:_pickle', 'pattern'],
])('%s given another object misses its attribute %s', (reducer, attribute) => {
  const world = createWorld([3, 14, 2])
  const read = readByCopyreg(world.known(reducer)) ?? ''
  const cls = build.classOf(world, 'T', { bases: [world.knownClass('builtins:tuple')] })

  for (const [object, type] of [
    [new PyObject(build.classOf(world, 'A')), 'A'],
    [new PyObject(cls, null, build.tuple(1, 2)), 'T'],
    [1, 'int'],
  ] as const) {
    expect(() => reduceByCopyreg(world, object, read)).toThrow(
      `'${type}' object has no attribute '${attribute}'`,
    )
  }
})
