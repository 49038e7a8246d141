import { UnbuildableError } from './unbuildable.ts'

/** So many calls of hooks are no pickle any more: what makes them goes on for ever. */
export const mostHookCalls = 1 << 20

/** A scenario whose hooks are called without end, as far as can be told. */
export class EndlessError extends UnbuildableError {
  constructor() {
    super(`hooks were called more than ${mostHookCalls} times, which may go on for ever`)
    this.name = 'EndlessError'
  }
}
