// What the null adapters share: each claims that it can do everything, follows the documentation, and
// answers in perfect form without knowing anything of pickle. None may meet clauses by that.
import { hello, serve } from '../misbehaving/honest.mjs'

const says = {
  ...hello,
  engines: [{ id: 'null', follows: 'documented' }],
  roles: ['pickler'],
  capabilities: [
    ...['values', 'functions', 'classes', 'modules', 'extensions', 'hooks', 'pickler', 'steps'],
    ...['load', 'trace', 'memo', 'writes', 'orders', 'offset', 'world'],
  ],
  distinguishes: [
    ...['tuple-list', 'bytes-str', 'bytes-bytearray', 'int-float', 'int-bool', 'set-frozenset'],
    ...['surrogates', 'identity', 'dict-order', 'object-class'],
  ],
}

/** `stepOf` gives what is answered to one action, under a protocol or the scenario's own, null. */
export function serveNull(stepOf, construction = {}) {
  return serve({
    says,
    stepsOf: (scenario, protocol) => [
      construction,
      ...scenario.steps.map((action) => stepOf(action, protocol, scenario)),
    ],
  })
}

export const isLoad = (action) => 'load' in action

export const isDump = (action) =>
  'dump' in action || ('call' in action && action.call.method === 'dump')

/** The graph of a value that is no object. */
export const leaf = (value) => ({ value, objects: [] })
