// A subject without objects of Python: one engine reads, one writes. Its argument says what is made of
// a pickle, and what is written for a value, as results; "die" ends it. Everything else is refused.
import { createInterface } from 'node:readline'
import { hello, write } from './honest.mjs'

const { loads = {}, dumps = {} } = JSON.parse(process.argv[2])
const refused = { class: 'Error', mro: ['Error'], message: 'no', notes: [], cause: null }
const engines = [
  { id: 'reader', follows: null, roles: ['load'] },
  { id: 'writer', follows: null, roles: ['dump'] },
]

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line)
  const { id, protocols, values = [], pickles = [] } = request
  if (request.request === 'stop') process.exit(0)
  if (request.request === 'hello') {
    const says = { ...hello, engines, roles: ['load', 'dump'], capabilities: ['values', 'load'] }
    write(`${JSON.stringify({ id, hello: says })}\n`)
  }
  const say = (index, answer) => write(`${JSON.stringify({ id, index, ...answer })}\n`)
  for (const [index, { pickle }] of pickles.entries()) {
    const result = loads[pickle] ?? { refused }
    if (result === 'die') process.exit(3)
    say(index, { loads: [{ engine: 'reader', ...result }] })
  }
  for (const [index, value] of values.entries()) {
    const result = dumps[JSON.stringify(value)] ?? { refused }
    say(index, { dumps: [{ engine: 'writer', protocol: protocols[0], ...result }] })
  }
}
