import type { Verdict } from '../../reports/index.ts'
import { type Distinction, distinctions, everyDistinction } from '../protocol/distinctions.ts'
import { coarseGraph } from './coarse-graph.ts'
import { sameGraph } from './same-graph.ts'

function compared(expected: unknown, seen: unknown, lacking: readonly Distinction[]): Verdict {
  const names = new Set(lacking)
  return sameGraph(coarseGraph(expected, names), coarseGraph(seen, names), 1, {
    identity: !names.has('identity'),
    dictOrder: !names.has('dict-order'),
    keyTypes: !names.has('key-types'),
  })
}

/**
 * Passes when a subject without Python's object model has the value that it should; lossy when it
 * would but for what it said it cannot tell apart.
 *
 * @param distinguishes as the subject's hello has it
 */
export function sameValue(
  expected: unknown,
  seen: unknown,
  distinguishes: readonly string[],
): Verdict {
  const exact = compared(expected, seen, [])
  const lacking = everyDistinction.filter((name) => !distinguishes.includes(name))
  if (exact.kind === 'passed' || lacking.length === 0) return exact
  const coarse = compared(expected, seen, lacking)
  if (coarse.kind !== 'passed') return coarse
  const needed = lacking.filter((name) => {
    const others = lacking.filter((other) => other !== name)
    return compared(expected, seen, others).kind !== 'passed'
  })
  const told = (needed.length > 0 ? needed : lacking).map((name) => distinctions[name])
  return { kind: 'lossy', because: `it cannot tell ${told.join(', or ')}` }
}
