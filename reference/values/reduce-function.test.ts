import { expect, test } from 'vitest'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { reduceFunction } from './reduce-function.ts'
import { PyFunction, PyStr, PyTuple, type PyValue } from './value.ts'
import type { World } from './world.ts'

function methodOf(world: World, self: PyValue, name: string): PyFunction {
  return new PyFunction({
    type: world.knownClass('builtins:method'),
    name,
    qualname: new PyStr(`A.${name}`),
    module: world.intern('scenario'),
    self,
  })
}

/** What `getattr` is called with. */
function argumentsOf(world: World, method: PyFunction): readonly PyValue[] {
  const reduction = reduceFunction(world, method)
  const [maker, args] = reduction instanceof PyTuple ? reduction.items : []
  expect(maker).toBe(world.known('builtins:getattr'))
  return args instanceof PyTuple ? args.items : []
}

const textOf = (value: PyValue | undefined): unknown =>
  value instanceof PyStr ? value.content : value

// As CPython 3.14.2 and 3.15.0rc1 answer for `a._A__m`, `a.n` and the class method `A._A__c`.
test.each([
  [14, '__m', '__m'],
  [15, '__m', '_A__m'],
  [15, 'n', 'n'],
])('in 3.%d a method %s is looked up as %s', (minor, name, found) => {
  const world = createWorld([3, minor, 0])
  const cls = build.classOf(world, 'A')
  for (const self of [build.instance(world, cls), cls]) {
    const [owner, asked] = argumentsOf(world, methodOf(world, self, name))

    expect(owner).toBe(self)
    expect(textOf(asked)).toBe(found)
  }
})

// len.__reduce__() in Python 3.8.18 and 3.13.0.
test('a function that is bound to its module reduces to its name', () => {
  const world = createWorld([3, 13, 0])
  const module = build.moduleOf(world, 'scenario')
  const type = world.knownClass('builtins:builtin_function_or_method')
  const qualname = world.intern('count')
  const fn = new PyFunction({ type, name: 'count', qualname, module: null, self: module })

  expect(textOf(reduceFunction(world, fn))).toBe('count')
})
