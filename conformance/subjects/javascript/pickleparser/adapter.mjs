// pickleparser behind the adapter protocol: node adapter.mjs FOLDER, that of the package. It only loads.
// Each engine is one configuration: what dicts become, and sets with them.
import { readFileSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe } from './describe.mjs'
import { symbolWorld } from './symbols.mjs'

const [folder] = process.argv.slice(2)
const { Parser } = createRequire(import.meta.url)(folder)
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

const both = ['bytes-str', 'int-bool', 'identity', 'object-class']
const engines = {
  object: {
    options: { unpicklingTypeOfDictionary: 'object', unpicklingTypeOfSet: 'array' },
    distinguishes: both,
  },
  Map: {
    options: { unpicklingTypeOfDictionary: 'Map', unpicklingTypeOfSet: 'Set' },
    distinguishes: [...both, 'set-list', 'dict-order', 'key-types'],
  },
}

const hello = {
  protocol: 1,
  name: 'pickleparser',
  version,
  wordSize: 64,
  language: 'JavaScript',
  runtime: `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
  homepage: 'https://github.com/ewfian/pickleparser',
  issues: 'https://github.com/ewfian/pickleparser/issues',
  engines: Object.entries(engines).map(([id, { distinguishes }]) => ({
    id,
    follows: null,
    distinguishes,
  })),
  roles: ['load'],
  protocols: [0, 1, 2, 3, 4, 5],
  capabilities: ['load'],
  distinguishes: both,
}

function write(message) {
  let rest = Buffer.from(`${JSON.stringify(message)}\n`)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest))
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
}

function load(engine, { pickle, buffers }) {
  const { options } = engines[engine]
  const parser = new Parser({
    ...options,
    ...symbolWorld(options),
    ...(buffers && { buffers: buffers.map((hex) => Buffer.from(hex, 'hex')).values() }),
  })
  let loaded
  try {
    loaded = parser.parse(new Uint8Array(Buffer.from(pickle, 'hex')))
  } catch (error) {
    const { name = 'Error', message = String(error) } = error
    return { engine, refused: { class: name, mro: [name], message, notes: [], cause: null } }
  }
  return { engine, graph: describe(loaded) }
}

function answer({ id, request, engines: asked, pickles, world }) {
  if (request === 'hello') {
    write({ id, hello })
  } else if (request === 'stop') {
    process.exit(0)
  } else if (request !== 'load' || world !== 'symbols') {
    write({ id, error: { message: `only load is answered, in the world of symbols` } })
  } else {
    for (const [index, one] of pickles.entries()) {
      write({ id, index, loads: asked.map((engine) => load(engine, one)) })
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  let id = 0
  try {
    const request = JSON.parse(line)
    if (Number.isInteger(request.id)) id = request.id
    answer(request)
  } catch (error) {
    write({ id, error: { message: `the adapter failed: ${error}` } })
  }
}
