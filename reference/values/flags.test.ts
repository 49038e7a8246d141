import { expect, test } from 'vitest'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { flagsIn } from './flags.ts'
import { PyObject, type PyValue } from './value.ts'

const world = createWorld([3, 13, 0])

/** A flag with these members, and what its value gives, by name. */
function given(members: readonly (readonly [string, number])[], value: PyValue): unknown {
  const cls = build.classOf(world, 'F', { bases: [world.knownClass('enum:Flag')] })
  const memberOf = (name: string, number: PyValue): PyObject => {
    const made = new PyObject(cls)
    made.slots = new Map<string, PyValue>([
      ['_name_', world.intern(name)],
      ['_value_', number],
    ])
    return made
  }
  for (const [name, number] of members) cls.namespace.set(name, memberOf(name, number))
  cls.namespace.set('size', 16)
  cls.namespace.set('other', build.instance(world, build.classOf(world, 'Other')))
  return flagsIn(world, memberOf('', value))?.map(
    (found) => members.find(([name]) => cls.namespace.get(name) === found)?.[0] ?? found,
  )
}

const inOrder = [
  ['A', 1],
  ['B', 2],
  ['C', 4],
] as const
const outOfOrder = [
  ['C', 4],
  ['A', 1],
  ['B', 2],
] as const
const composed = [
  ['A', 1],
  ['AC', 5],
  ['C', 4],
] as const
const open = [
  ['A', 1],
  ['AB', 3],
] as const

// list(member) in Python 3.13.0.
test.each([
  ['nothing', inOrder, 0, []],
  ['one bit', inOrder, 1, ['A']],
  ['two bits', inOrder, 5, ['A', 'C']],
  ['the last two', inOrder, 6, ['B', 'C']],
  ['all bits', inOrder, 7, ['A', 'B', 'C']],
  ['all bits by definition', outOfOrder, 7, ['C', 'A', 'B']],
  ['two bits by definition', outOfOrder, 3, ['A', 'B']],
  ['a member of two bits', composed, 5, ['A', 'C']],
  ['a bit without a member', open, 3, ['A', null]],
  ['bits beyond those of members', [['A', 1]] as const, 9, ['A']],
  ['a flag without members', [], 1, []],
])('a flag gives %s', (_, members, value, wanted) => {
  expect(given(members, value)).toEqual(wanted)
  expect(given(members, build.int(value))).toEqual(wanted)
})

test('a bit that only a large number has is given too', () => {
  expect(given([['A', 2 ** 40]], 2 ** 40 + 1)).toEqual(['A'])
})

test('up to 3.10, and of what is no flag, nothing is given', () => {
  const old = createWorld([3, 10, 13])
  const member = (cls: string) => {
    const made = new PyObject(build.classOf(world, 'F', { bases: [world.knownClass(cls)] }))
    made.slots = new Map<string, PyValue>([['_value_', 1]])
    return made
  }

  expect(flagsIn(old, member('enum:Flag'))).toBeUndefined()
  expect(flagsIn(world, member('enum:Enum'))).toBeUndefined()
  expect(flagsIn(world, member('enum:Flag'))).toEqual([])
})

// [*F(7)] in Python 3.11.7 and 3.13.0.
test.each([
  [[1, 4, 2], 'ABC'],
  [[4, 1, 2], 'ABC'],
  [[2, 1, 4], 'ABC'],
  [[1, 2, 4], 'ABC'],
])('flags of the values %j are given in the order %s', (values, order) => {
  const members = values.map((value, at) => ['ABC'.charAt(at), value] as const)

  expect(given(members, 7)).toEqual([...order])
})
