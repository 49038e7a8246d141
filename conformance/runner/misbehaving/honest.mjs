// A subject that answers every scenario with the same pickle, and what the misbehaving ones share:
// each misbehaves at scenarios whose module is called "bad", and is honest at the others.
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'

export function write(text, to = 1) {
  let left = Buffer.from(text)
  while (left.length > 0) {
    try {
      left = left.subarray(writeSync(to, left))
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
}

export const hello = {
  protocol: 1,
  name: 'honest',
  version: '1.0.0',
  wordSize: 64,
  language: 'JavaScript',
  runtime: 'Node',
  homepage: 'https://example.org',
  issues: 'https://example.org/issues',
  engines: [{ id: 'only', follows: null }],
  roles: ['pickler', 'bench'],
  protocols: [0, 1, 2, 3, 4, 5],
  capabilities: [],
  distinguishes: [],
}

const known = ['hello', 'run', 'load', 'bench']

export const forever = () => new Promise(() => setInterval(() => {}, 1000))

const none = (scenario) => [{}, ...scenario.steps.map(() => ({ bytes: '4e2e' }))]

function results({ engines, protocols }, scenario, stepsOf) {
  const asked = scenario.pickler.init.protocol === undefined ? protocols : [null]
  return engines.flatMap((engine) =>
    asked.map((protocol) => ({ engine, protocol, steps: stepsOf(scenario, protocol) })),
  )
}

/**
 * `bad` is called with the answer it may write; `sayHello` with the line an honest one writes of
 * what it `says`; `stepsOf` gives the observations of a scenario under a protocol, null where that is
 * the scenario's own.
 */
export async function serve({ bad, sayHello = write, says = hello, stepsOf = none } = {}) {
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line)
    const { id } = request
    if (request.request === 'stop') process.exit(0)
    if (request.request === 'hello') await sayHello(`${JSON.stringify({ id, hello: says })}\n`)
    if (!known.includes(request.request)) {
      write(`${JSON.stringify({ id, error: { message: 'there is no such request here' } })}\n`)
    }
    if (request.request === 'bench') {
      const bench = { samples: Array(request.samples).fill(7), sha256: '00'.repeat(32), bytes: 2 }
      write(`${JSON.stringify({ id, bench })}\n`)
    }
    for (const [index] of (request.pickles ?? []).entries()) {
      const loads = request.engines.map((engine) => ({ engine, graph: null }))
      write(`${JSON.stringify({ id, index, loads })}\n`)
    }
    for (const [index, scenario] of (request.scenarios ?? []).entries()) {
      const answer = { id, index, results: results(request, scenario, stepsOf) }
      if (scenario.module === 'bad' && bad !== undefined) await bad(answer)
      else write(`${JSON.stringify(answer)}\n`)
      served.count += 1
    }
  }
}

/** How many scenarios this process has seen. */
export const served = { count: 0 }

if (process.argv[1] === import.meta.filename) await serve()
