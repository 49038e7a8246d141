// What the null adapters share: each claims that it can do everything, follows the documentation, and
// answers in perfect form without knowing anything of pickle. None may meet clauses by that. With the
// argument `codec` it is no pickler, but one engine that reads and one that writes.
import { createInterface } from 'node:readline'
import { hello, serve, write } from '../misbehaving/honest.mjs'

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

const codec = {
  ...says,
  engines: [
    { id: 'reader', follows: null, roles: ['load'] },
    { id: 'writer', follows: null, roles: ['dump'] },
  ],
  roles: ['load', 'dump'],
}

const refused = { class: 'Error', mro: ['Error'], message: '', notes: [], cause: null }

/** What a step says under this key; where it says nothing, that it refuses. */
const part = (step, key) =>
  step[key] === undefined ? { refused: step.refused ?? refused } : { [key]: step[key] }

async function serveCodec(stepOf) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, request, protocols, pickles = [], values = [] } = JSON.parse(line)
    const say = (answer) => write(`${JSON.stringify({ id, ...answer })}\n`)
    if (request === 'stop') process.exit(0)
    if (request === 'hello') say({ hello: codec })
    for (const [index, { pickle }] of pickles.entries()) {
      const step = stepOf({ load: pickle }, null, { steps: [] })
      say({ index, loads: [{ engine: 'reader', ...part(step, 'graph') }] })
    }
    for (const [index, value] of values.entries()) {
      const dumps = protocols.map((protocol) => {
        const step = stepOf({ dump: value }, protocol, { steps: [] })
        return { engine: 'writer', protocol, ...part(step, 'bytes') }
      })
      say({ index, dumps })
    }
  }
}

/** `stepOf` gives what is answered to one action, under a protocol or the scenario's own, null. */
export function serveNull(stepOf, construction = {}) {
  if (process.argv[2] === 'codec') return serveCodec(stepOf)
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
