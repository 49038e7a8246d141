import { expect, test } from 'vitest'
import { classOf, dict, list, set } from '../values/build.ts'
import { createWorld } from '../values/create-world.ts'
import { PyObject, PyStr } from '../values/value.ts'
import { Reachable } from './reachable.ts'

const world = createWorld([3, 13, 0])

test('an instance has attributes, slots and what it holds in it', () => {
  const [attribute, slot, item] = [list(), list(), list()]
  const bases = [world.knownClass('builtins:list')]
  const held = new PyObject(classOf(world, 'Held', { bases }), null, list(item))
  held.dict = dict([new PyStr('x'), attribute])
  held.slots = new Map([['y', slot]])
  const reachable = new Reachable()

  reachable.add(list(null, held, set(1)))

  expect([attribute, slot, item].map((value) => reachable.placeOf(value))).toEqual([
    'value[1][0]',
    'value[1].y',
    'value[1][0]',
  ])
})

test('what holds itself is read once', () => {
  const loop = list(1)
  loop.items.push(loop)
  const reachable = new Reachable()

  reachable.add(loop)

  expect(reachable.placeOf(loop)).toBe('value')
  expect([...reachable.around(loop)]).toEqual([loop])
})
