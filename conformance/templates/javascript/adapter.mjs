// An adapter: requests on standard input, answers on standard output, one line of JSON each.
// What it speaks for is in codec.mjs, which is a toy: put your implementation there.
import { createInterface } from 'node:readline'
import { decode, encode, Refused } from './codec.mjs'
import { built, described } from './values.mjs'

const hello = {
  protocol: 1,
  name: 'my-adapter',
  version: '0.1.0',
  wordSize: 64,
  language: 'JavaScript',
  runtime: `Node ${process.versions.node}`,
  homepage: 'https://example.org',
  issues: 'https://example.org/issues',
  // The profile it wants to equal, such as cpython-3.13.0-c; null: it is held to the documentation.
  engines: [{ id: 'only', follows: null }],
  roles: ['load', 'dump'],
  protocols: [0, 1, 2, 3, 4, 5],
  // What it has: values:sets, values:sharing, load:names, … Cases that need more are not asked.
  capabilities: [],
  // What it can tell apart: leave out what your language has only one thing for.
  distinguishes: ['bytes-str', 'int-bool', 'int-float', 'tuple-list', 'dict-order'],
}

function say(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}

/** What the implementation did, or how it refused. Any other error is the adapter's own. */
function attempt(work) {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const mro = [error.type, 'PickleError', 'Exception', 'BaseException']
    return { refused: { class: error.type, mro, message: error.message, notes: [], cause: null } }
  }
}

/** One line for each item, in order, before the next one starts. */
function eachItem(id, items, work) {
  for (const [index, item] of items.entries()) {
    try {
      say({ id, index, ...work(item) })
    } catch (error) {
      say({ id, index, error: { message: String(error) } })
    }
  }
}

const requests = {
  hello: ({ id }) => say({ id, hello }),

  load: ({ id, engines, pickles }) =>
    eachItem(id, pickles, ({ pickle }) => ({
      loads: engines.map((engine) => ({
        engine,
        ...attempt(() => ({ graph: described(decode(Buffer.from(pickle, 'hex'))) })),
      })),
    })),

  dump: ({ id, engines, protocols, values }) =>
    eachItem(id, values, (value) => ({
      dumps: engines.flatMap((engine) =>
        protocols.map((protocol) => ({
          engine,
          protocol,
          ...attempt(() => ({ bytes: encode(built(value), protocol).toString('hex') })),
        })),
      ),
    })),

  stop: () => process.exit(0),
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line)
  const answer = requests[request.request]
  if (answer !== undefined) answer(request)
  else say({ id: request.id, error: { message: `there is no request ${request.request} here` } })
}
