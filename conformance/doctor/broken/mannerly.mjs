// An adapter with good manners, around the toy of the JavaScript template. Those that are broken make
// one mistake each, the one they are called by; what they have in common is here.
import { createInterface } from 'node:readline'
import { write } from '../../runner/misbehaving/honest.mjs'
import { decode, encode } from '../../templates/javascript/codec.mjs'
import { built, described } from '../../templates/javascript/values.mjs'

export { write }

export const hello = {
  protocol: 1,
  name: 'mannerly',
  version: '1.0.0',
  wordSize: 64,
  language: 'JavaScript',
  runtime: 'Node',
  homepage: 'https://example.org',
  issues: 'https://example.org/issues',
  engines: [{ id: 'only', follows: null }],
  roles: ['load', 'dump'],
  protocols: [0, 1, 2, 3, 4, 5],
  capabilities: [],
  distinguishes: ['bytes-str', 'int-bool', 'int-float', 'tuple-list', 'dict-order'],
}

function refusing(work) {
  try {
    return work()
  } catch (error) {
    const mro = [error.type, 'Exception']
    return { refused: { class: error.type, mro, message: error.message, notes: [], cause: null } }
  }
}

const inLines = () => createInterface({ input: process.stdin })

export const say = (answer) => write(`${JSON.stringify(answer)}\n`)

/** `load` gives the graph of hex digits, `dump` the hex digits of a value; both may throw. */
export async function serve({
  lines = inLines,
  says = hello,
  tell = say,
  batch = (answers, tells) => {
    for (const answer of answers) tells(answer())
  },
  attempt = refusing,
  load = (hex) => described(decode(Buffer.from(hex, 'hex'))),
  dump = (value) => encode(built(value)).toString('hex'),
  unknown = ({ id, request }, tells) => tells({ id, error: { message: `no request ${request}` } }),
  stop = () => process.exit(0),
} = {}) {
  const items = ({ id }, each, work) =>
    batch(
      each.map((item, index) => () => ({ id, index, ...work(item) })),
      tell,
    )
  const requests = {
    hello: ({ id }) => tell({ id, hello: says }),
    load: (request) =>
      items(request, request.pickles, ({ pickle }) => ({
        loads: request.engines.map((engine) => ({
          engine,
          ...attempt(() => ({ graph: load(pickle) })),
        })),
      })),
    dump: (request) =>
      items(request, request.values, (value) => ({
        dumps: request.engines.flatMap((engine) =>
          request.protocols.map((protocol) => ({
            engine,
            protocol,
            ...attempt(() => ({ bytes: dump(value) })),
          })),
        ),
      })),
    stop,
  }
  for await (const line of lines()) {
    const request = JSON.parse(line)
    const answer = requests[request.request] ?? ((asked) => unknown(asked, tell))
    answer(request)
  }
}

if (process.argv[1] === import.meta.filename) await serve()
