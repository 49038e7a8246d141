import type { Predict } from '../runner/judge.ts'
import { expectedRun } from '../scenario/expected-run.ts'

/**
 * No case is dumped that is nested as deeply. What goes deeper goes on for ever, and where that ends
 * is up to the engine (LIMIT-01), so there is nothing to be learnt from following it any further.
 */
const recursionLimit = 400

/** What the reference does in the profile that an engine follows. */
export const predict: Predict = ({ scenario, profile, protocol, observe, orders, wordSize }) => {
  const result = expectedRun(scenario, profile, protocol, observe, {
    orders,
    recursionLimit,
    wordSize: wordSize === 32 ? 32 : 64,
  })
  if (!('steps' in result)) throw new Error('the reference refers to an answer it did not give')
  return result.steps
}
