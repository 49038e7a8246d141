import { expect, test } from 'vitest'
import type { GraphLeaf, ValueGraph } from './graph.ts'
import { graphInOrder } from './graph-in-order.ts'

/** A set of tuples that hold a tuple each, in one of its orders. */
function graphOf(members: readonly GraphLeaf[]): ValueGraph {
  const objects = [{ set: members }, { tuple: [{ at: 3 }] }, { tuple: [{ at: 4 }] }]
  return { value: { at: 0 }, objects: [...objects, { tuple: [5] }, { tuple: [6] }] }
}

test('graphs that only the order of a set tells apart are equal', () => {
  const one = graphOf([1, 'a', { at: 1 }, { at: 2 }])

  expect(graphInOrder(graphOf(['a', { at: 2 }, 1, { at: 1 }]))).toEqual(graphInOrder(one))
  expect(graphInOrder(graphOf([1, 'b', { at: 1 }, { at: 2 }]))).not.toEqual(graphInOrder(one))
})

test('which of two members an object elsewhere is makes a difference', () => {
  const listed = (at: number): ValueGraph => ({
    value: { at: 5 },
    objects: [...graphOf([{ at: 1 }, { at: 2 }]).objects, { list: [{ at: 0 }, { at }] }],
  })

  expect(graphInOrder(listed(1))).not.toEqual(graphInOrder(listed(2)))
})
