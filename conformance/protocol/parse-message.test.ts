import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packageFile } from '../package-root.ts'
import {
  AnotherProtocol,
  ProtocolError,
  parseAnswer,
  parseAnswerLine,
  parseRequest,
  parseRequestLine,
} from './parse-message.ts'

const schema: object = JSON.parse(
  readFileSync(packageFile('conformance', 'protocol', 'protocol.schema.json'), 'utf8'),
)
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
ajv.addSchema(schema, 'protocol')
const schemaOfAnswer = ajv.compile({ $ref: 'protocol#/$defs/answer' })
const schemaOfRequest = ajv.compile({ $ref: 'protocol#/$defs/request' })

const refused = {
  class: 'PicklingError',
  mro: ['PicklingError', 'PickleError', 'Exception', 'BaseException'],
  message: "Can't pickle",
  notes: ['when serializing list item 0'],
  cause: null,
}

const hello = {
  protocol: 1,
  name: 'CPython',
  version: '3.13.0',
  wordSize: 64,
  language: 'Python',
  runtime: 'CPython 3.13.0',
  homepage: 'https://www.python.org',
  issues: 'https://github.com/python/cpython/issues',
  engines: [
    { id: 'c', follows: 'cpython-3.13.0-c' },
    { id: 'other', follows: null },
    { id: 'decoder', follows: null, roles: ['load'], distinguishes: ['identity'] },
  ],
  roles: ['pickler', 'load', 'bench'],
  protocols: [0, 5],
  capabilities: ['reducer_override'],
  distinguishes: ['identity'],
}

const answers: readonly object[] = [
  { id: 0, hello },
  {
    id: 1,
    index: 0,
    results: [
      {
        engine: 'c',
        protocol: 2,
        steps: [
          {},
          {
            bytes: '80025d2e',
            refused,
            buffers: [{ bytes: '00ff', readonly: true }],
            trace: [['subclass.persistent_id', '#1', 'None']],
            traceMore: 3,
            memo: ['#1'],
            writes: [['bytes', 4]],
            graph: { list: [] },
          },
        ],
        orders: [['#3', [1, 0]]],
      },
      { engine: 'py', protocol: null, same: 0 },
    ],
  },
  {
    id: 2,
    index: 3,
    loads: [
      { engine: 'c', refused },
      { engine: 'py', graph: [1] },
    ],
  },
  {
    id: 3,
    index: 0,
    dumps: [
      { engine: 'c', protocol: 2, bytes: '80024e2e' },
      { engine: 'c', protocol: 3, refused },
    ],
  },
  { id: 4, index: 0, tool: { text: '    0: N    NONE\n' } },
  { id: 4, index: 1, tool: { bytes: '4e2e' } },
  { id: 4, index: 2, tool: { globals: ['builtins:complex'] } },
  { id: 4, index: 3, tool: { refused } },
  { id: 5, bench: { samples: [12.5, 13], sha256: 'ab'.repeat(32), bytes: 12 } },
  { id: 5, bench: { samples: [1], sha256: '00'.repeat(32), bytes: 1, graph: { value: 1 } } },
  { id: 6, error: { message: 'no such engine' } },
  { id: 6, index: 2, error: { message: 'no such class', place: '$.steps[0]' } },
]

const scenario = { scenario: 1 }

const requests: readonly object[] = [
  { id: 0, request: 'hello', protocol: 1 },
  {
    id: 1,
    request: 'run',
    engines: ['c', 'py'],
    protocols: [0, 5],
    observe: ['trace', 'memo', 'writes', 'orders'],
    scenarios: [scenario],
    orders: [[[['#3', [1, 0]]]]],
  },
  { id: 1, request: 'run', engines: [], protocols: [], observe: [], scenarios: [] },
  {
    id: 2,
    request: 'load',
    engines: ['c'],
    world: 'names',
    pickles: [{ pickle: '4e2e' }, { pickle: '', buffers: ['00'] }],
  },
  { id: 3, request: 'dump', engines: ['c'], protocols: [2], values: [null, { list: [1] }] },
  { id: 4, request: 'tool', tool: 'optimize', pickles: ['4e2e'] },
  {
    id: 5,
    request: 'bench',
    engine: 'c',
    protocol: 4,
    operation: 'dump',
    scenario,
    loops: 10,
    samples: 3,
  },
  {
    id: 5,
    request: 'bench',
    engine: 'c',
    protocol: 4,
    operation: 'load',
    scenario,
    loops: 1,
    samples: 1,
    graph: true,
  },
  { id: 6, request: 'stop' },
]

/** Whether the parser takes it; anything thrown but its own error fails the test. */
function accepts(parse: (json: unknown) => unknown, json: unknown): boolean {
  try {
    expect(parse(json)).toEqual(json)
    return true
  } catch (error) {
    if (error instanceof ProtocolError) return false
    throw error
  }
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const strays: readonly Json[] = [
  null,
  true,
  -1,
  0,
  1,
  1.5,
  256,
  2 ** 53,
  '',
  'c',
  'AB',
  'abc',
  'ab',
  [],
  [0],
  {},
  { same: 0 },
]

/** Every message that differs from this one in one place. */
function* spoiled(json: Json): Generator<Json> {
  yield* strays
  if (Array.isArray(json)) {
    for (const [at, item] of json.entries()) {
      yield json.toSpliced(at, 1)
      for (const other of spoiled(item)) yield json.with(at, other)
    }
    yield [...json, json.at(-1) ?? null]
  } else if (typeof json === 'object' && json !== null) {
    for (const [key, item] of Object.entries(json)) {
      const { [key]: _, ...rest } = json
      yield rest
      yield { ...rest, [`${key}s`]: item }
      for (const other of spoiled(item)) yield { ...json, [key]: other }
    }
    yield { ...json, stranger: 1 }
  }
}

const asJson = (message: object): Json => JSON.parse(JSON.stringify(message))

describe.each([
  ['answer', answers, parseAnswer, schemaOfAnswer],
  ['request', requests, parseRequest, schemaOfRequest],
] as const)('the parser of an %s', (_, messages, parse, validate) => {
  test.each(messages.map((message) => [JSON.stringify(message).slice(0, 60), message]))(
    'takes %s, as the schema does',
    (_text, message) => {
      expect(accepts(parse, message)).toBe(true)
      expect(validate(message)).toBe(true)
    },
  )

  test('and the schema agree on every message spoiled in one place', () => {
    let refusals = 0
    let seen = 0
    for (const message of messages) {
      for (const json of spoiled(asJson(message))) {
        const accepted = accepts(parse, json)
        seen += 1
        if (!accepted) refusals += 1
        if (accepted !== validate(json)) {
          expect.fail(`parser: ${accepted}, schema: ${!accepted}: ${JSON.stringify(json)}`)
        }
      }
    }
    expect(seen).toBeGreaterThan(500)
    expect(refusals).toBeGreaterThan(seen / 2)
  })

  test('throws only ProtocolError, and the schema agrees, on arbitrary JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(accepts(parse, json)).toBe(validate(json))
      }),
      { numRuns: 500 },
    )
  })
})

describe('the error', () => {
  test.each([
    [
      { id: 1, index: 0, results: [{ engine: 'c', protocol: 2, steps: [{}, { bytes: 'XY' }] }] },
      '$.results[0].steps[1].bytes',
    ],
    [{ id: 0, hello: { ...hello, mood: 'good' } }, '$.hello.mood'],
    [{ id: 1.5, error: { message: '' } }, '$.id'],
    [{ id: 1 }, '$'],
    [JSON.parse('{"id":1,"error":{"message":""},"__proto__":1}'), '$.__proto__'],
  ])('of %j names its place', (message, place) => {
    let caught: unknown
    try {
      parseAnswer(message)
    } catch (error) {
      caught = error
    }

    expect(caught).toBeInstanceOf(ProtocolError)
    expect(caught).toMatchObject({ place })
  })

  test('of another protocol version says so before anything else is read', () => {
    const future = { id: 0, hello: { protocol: 2, novelty: true } }

    expect(() => parseAnswer(future)).toThrow(AnotherProtocol)
    expect(() => parseAnswer(future)).toThrow('it speaks adapter protocol 2, this suite speaks 1')
  })

  test.each(['', 'hello', '{"id":1', '[', '['.repeat(100_000), '"\\ud800"', 'null'])(
    'of a line that starts %.10j is a ProtocolError',
    (line) => {
      expect(() => parseAnswerLine(line)).toThrow(ProtocolError)
      expect(() => parseRequestLine(line)).toThrow(ProtocolError)
    },
  )

  test('of a message nested a hundred thousand deep is a ProtocolError', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

    expect(() => parseAnswerLine(`{"id":1,"hello":${deep}}`)).toThrow(ProtocolError)
    expect(
      parseAnswerLine(`{"id":1,"index":0,"loads":[{"engine":"c","graph":${deep}}]}`),
    ).toHaveProperty('loads')
  })
})
