import { parseScenario, type Value } from '../../conformance/index.ts'
import { Random } from '../random.ts'
import type { Workload } from './workload.ts'

/** How many children a branch has at most. */
const mostChildren = 6

function leaf(random: Random): Value {
  return random.int(0, 1) === 0 ? random.int(0, 100_000) : random.word(random.int(3, 12))
}

/** A tree with so many leaves: lists, dicts and tuples, no object in two places. */
function tree(random: Random, leaves: number): Value {
  if (leaves === 1) return leaf(random)
  const children: Value[] = []
  for (let left = leaves; left > 0; ) {
    const isLast = children.length === mostChildren - 1
    const share = isLast ? left : Math.min(left, random.int(1, Math.ceil(leaves / 2)))
    children.push(tree(random, share))
    left -= share
  }
  switch (random.int(0, 2)) {
    case 0:
      return { tuple: children }
    case 1:
      return { dict: children.map((child, at) => [`${random.word(6)}${at}`, child] as const) }
    default:
      return { list: children }
  }
}

export const fastTree: Workload = {
  name: 'fast-tree',
  group: 'fast',
  why: 'a tree in fast mode: the memo neither kept nor written, and nesting counted instead',
  isLoaded: true,
  counts: 'leaves',
  size: 500,
  build: (seed, size) =>
    parseScenario({
      scenario: 1,
      pickler: { instance: { fast: true } },
      steps: [{ dump: { list: [tree(new Random(seed), size)] } }],
    }),
}
