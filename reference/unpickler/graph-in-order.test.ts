import { expect, test } from 'vitest'
import type { GraphLeaf, GraphObject, ValueGraph } from './graph.ts'
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

/** Members, each a tuple in a tuple and so on, with a value in the innermost. */
function chains(length: number, values: readonly number[]): ValueGraph {
  const objects: GraphObject[] = values.flatMap((value, chain) =>
    Array.from({ length }, (_, link) => ({
      tuple: [link === length - 1 ? value : { at: chain * length + link + 1 }],
    })),
  )
  const members = values.map((_, chain) => ({ at: chain * length }))
  return { value: { at: objects.length }, objects: [...objects, { set: members }] }
}

/** The values in the order of the chains. */
const innermost = (graph: unknown): number[] =>
  [...JSON.stringify(graph).matchAll(/"tuple":\[(\d+)\]/g)].map(([, value]) => Number(value))

test('members are in the order of what is in them, three objects deep', () => {
  for (const length of [1, 2, 3]) {
    expect(innermost(graphInOrder(chains(length, [9, 7, 8])))).toEqual([7, 8, 9])
  }
  expect(innermost(graphInOrder(chains(4, [9, 7])))).toEqual([9, 7])
})

test('objects are numbered in the order in which they are met, fields sorted', () => {
  const graph: ValueGraph = {
    value: { at: 2 },
    objects: [
      { frozenset: [3, 1, 2] },
      { list: [{ at: 0 }, { at: 0 }, { at: 3 }] },
      { instance: 'C', attributes: [['b', { at: 1 }]], of: [4, 3] as unknown as GraphLeaf },
      { set: ['b', 'a'] },
    ],
  }

  expect(JSON.stringify(graphInOrder(graph))).toBe(
    JSON.stringify({
      value: { at: 0 },
      objects: [
        { attributes: [['b', { at: 1 }]], instance: 'C', of: [4, 3] },
        { list: [{ at: 2 }, { at: 2 }, { at: 3 }] },
        { frozenset: [1, 2, 3] },
        { set: ['a', 'b'] },
      ],
    }),
  )
})

test('members of one text stay in their order, and one that holds itself comes to an end', () => {
  const graph: ValueGraph = {
    value: { at: 0 },
    objects: [
      { set: [{ at: 1 }, { at: 2 }, { at: 3 }] },
      { tuple: [{ at: 4 }] },
      { tuple: [{ at: 4 }] },
      { tuple: [{ at: 3 }] },
      { tuple: [1] },
    ],
  }
  const { objects } = graphInOrder({
    ...graph,
    value: { at: 5 },
    objects: [...graph.objects, { tuple: [{ at: 0 }, { at: 2 }, { at: 1 }] }],
  }) as { objects: readonly GraphObject[] }

  expect(objects[0]).toEqual({ tuple: [{ at: 1 }, { at: 2 }, { at: 3 }] })
  expect(objects[1]).toEqual({ set: [{ at: 3 }, { at: 2 }, { at: 4 }] })
})
