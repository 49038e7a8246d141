import {
  byTag,
  describeJson,
  flag,
  hex,
  integer,
  list,
  nullable,
  number,
  object,
  objectAt,
  oneOf,
  placeOf,
  type Reader,
  row,
  ShapeError,
  text,
} from '../../reports/index.ts'
import type { LoadedGraph } from '../scenario/loaded.ts'
import { type Scenario, scenarioVersion, type Value } from '../scenario/scenario.ts'
import {
  type Answer,
  adapterProtocol,
  type BenchResult,
  type DumpResult,
  type Engine,
  type Failure,
  type Hello,
  type LoadResult,
  type Observation,
  type PickleToLoad,
  type Refusal,
  type Request,
  type Role,
  type RunResult,
  type SetOrders,
  type ToolResult,
  type TraceEntry,
} from './message.ts'

/** A message that is not one: `place` is a path such as `$.results[0].steps[1].bytes`. */
export class ProtocolError extends Error {
  override readonly name: string = 'ProtocolError'
  readonly place: string
  constructor(place: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.place = place
  }
}

/** A hello of another version of the protocol, whose other fields were not looked at. */
export class AnotherProtocol extends ProtocolError {
  override readonly name = 'AnotherProtocol'
  readonly protocol: number
  constructor(protocol: number) {
    super(
      '$.hello.protocol',
      `it speaks adapter protocol ${protocol}, this suite speaks ${adapterProtocol}`,
    )
    this.protocol = protocol
  }
}

const count = integer(0)
/** Pickle protocols; a subject may know more than Python does today. */
const pickleProtocol = integer(0, 255)

const roles: Reader<Role[]> = list(oneOf(['pickler', 'dump', 'load', 'tool', 'bench']))

const engine: Reader<Engine> = object(
  { id: text, follows: nullable(text) },
  { roles, distinguishes: list(text) },
)

const hello: Reader<Hello> = object({
  protocol: oneOf([adapterProtocol]),
  name: text,
  version: text,
  wordSize: oneOf([32, 64]),
  language: text,
  runtime: text,
  homepage: text,
  issues: text,
  engines: list(engine),
  roles,
  protocols: list(pickleProtocol),
  capabilities: list(text),
  distinguishes: list(text),
})

const refusal: Reader<Refusal> = object({
  class: text,
  mro: list(text),
  message: text,
  notes: list(text),
  cause: nullable(text),
})

const traceEntry: Reader<TraceEntry> = row(text, text, text)

/** A loaded graph is looked at by who compares it, a value by the parser of the scenario language. */
const loadedGraph: Reader<LoadedGraph> = (value) => value as LoadedGraph
const valueToDump: Reader<Value> = (value) => value as Value

const observation: Reader<Observation> = object(
  {},
  {
    bytes: hex,
    refused: refusal,
    offset: count,
    buffers: list(object({ bytes: hex, readonly: flag })),
    trace: list(traceEntry, 64),
    traceMore: integer(1),
    memo: list(text),
    writes: list(row<readonly [string, number]>(text, count)),
    graph: loadedGraph,
  },
)

const orders: Reader<SetOrders> = list(row<readonly [string, readonly number[]]>(text, list(count)))

const sameResult = object({
  engine: text,
  protocol: nullable(pickleProtocol),
  same: count,
})
const ownResult = object(
  { engine: text, protocol: nullable(pickleProtocol), steps: list(observation) },
  { orders },
)
const runResult: Reader<RunResult> = (value, place) =>
  Object.hasOwn(objectAt(value, place), 'same') ? sameResult(value, place) : ownResult(value, place)

/** Reads an object by the reader of the one field of `readers` that it has. */
function byField<T>(readers: { readonly [field: string]: Reader<T> }): Reader<T> {
  const fields = Object.keys(readers)
  const wanted = fields.map((field) => `"${field}"`).join(', ')
  return (value, place) => {
    const found = objectAt(value, place)
    const field = fields.find((each) => Object.hasOwn(found, each))
    const read = field === undefined ? undefined : readers[field]
    if (read === undefined) {
      throw new ShapeError(place, `found ${describeJson(value)}, wanted a field out of ${wanted}`)
    }
    return read(value, place)
  }
}

const loadResult: Reader<LoadResult> = byField<LoadResult>({
  refused: object({ engine: text, refused: refusal }),
  graph: object({ engine: text, graph: loadedGraph }),
})

const dumpResult: Reader<DumpResult> = byField<DumpResult>({
  refused: object({ engine: text, protocol: pickleProtocol, refused: refusal }),
  bytes: object({ engine: text, protocol: pickleProtocol, bytes: hex }),
})

const toolResult: Reader<ToolResult> = byField<ToolResult>({
  refused: object({ refused: refusal }),
  text: object({ text }),
  bytes: object({ bytes: hex }),
  globals: object({ globals: list(text) }),
})

const sha256: Reader<string> = (value, place) => {
  const digits = hex(value, place)
  if (digits.length !== 64) {
    throw new ShapeError(place, `found ${digits.length} hex digits, wanted the 64 of a SHA-256`)
  }
  return digits
}

const bench: Reader<BenchResult> = object(
  { samples: list(number(0)), sha256, bytes: count },
  { graph: loadedGraph },
)

const failure: Reader<Failure> = object({ message: text }, { place: text })

const helloAnswer = object({ id: count, hello })

const answer: Reader<Answer> = byField<Answer>({
  error: object({ id: count, error: failure }, { index: count }),
  hello: (value, place) => {
    const said: unknown = objectAt(value, place)['hello']
    if (typeof said === 'object' && said !== null && 'protocol' in said) {
      const { protocol } = said
      if (typeof protocol === 'number' && protocol !== adapterProtocol) {
        throw new AnotherProtocol(protocol)
      }
    }
    return helloAnswer(value, place)
  },
  results: object({ id: count, index: count, results: list(runResult) }),
  loads: object({ id: count, index: count, loads: list(loadResult) }),
  dumps: object({ id: count, index: count, dumps: list(dumpResult) }),
  tool: object({ id: count, index: count, tool: toolResult }),
  bench: object({ id: count, bench }),
})

/** Holds only the version of the language against it; its own parser does the rest. */
const scenario: Reader<Scenario> = (value, place) => {
  const found = objectAt(value, place)
  oneOf([scenarioVersion])(found['scenario'], placeOf(place, 'scenario'))
  return found as Scenario
}

const name = <N extends string>(is: N): Reader<N> => oneOf([is])
const engines = list(text)
const protocols = list(pickleProtocol)

const pickleToLoad: Reader<PickleToLoad> = object({ pickle: hex }, { buffers: list(hex) })

const request: Reader<Request> = byTag<Request>('request', {
  hello: object({ id: count, request: name('hello'), protocol: count }),
  run: object(
    {
      id: count,
      request: name('run'),
      engines,
      protocols,
      observe: list(oneOf(['trace', 'memo', 'writes', 'orders'])),
      scenarios: list(scenario),
    },
    { orders: list(list(orders)) },
  ),
  load: object({
    id: count,
    request: name('load'),
    engines,
    world: oneOf(['symbols', 'names']),
    pickles: list(pickleToLoad),
  }),
  dump: object({
    id: count,
    request: name('dump'),
    engines,
    protocols,
    values: list(valueToDump),
  }),
  tool: object({
    id: count,
    request: name('tool'),
    tool: oneOf(['disassemble', 'optimize', 'globals']),
    pickles: list(hex),
  }),
  bench: object(
    {
      id: count,
      request: name('bench'),
      engine: text,
      protocol: pickleProtocol,
      operation: oneOf(['dump', 'load']),
      scenario,
      loops: integer(1),
      samples: integer(1),
    },
    { graph: flag },
  ),
  stop: object({ id: count, request: name('stop') }),
})

function read<T>(reader: Reader<T>, json: unknown): T {
  try {
    return reader(json, '$')
  } catch (error) {
    if (error instanceof ShapeError) {
      throw new ProtocolError(error.place, error.message, { cause: error })
    }
    throw error
  }
}

function decode(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new ProtocolError('$', `this is not JSON: ${describeJson(line)}`, { cause })
  }
}

/**
 * Reads an answer from decoded JSON, every field held against the contract.
 *
 * @throws {ProtocolError} and nothing else, whatever the JSON
 */
export function parseAnswer(json: unknown): Answer {
  return read(answer, json)
}

/** As {@link parseAnswer}, from the text of one line. */
export function parseAnswerLine(line: string): Answer {
  return parseAnswer(decode(line))
}

/**
 * Reads a request from decoded JSON. Scenarios and values in it are only passed on: the parser of
 * the scenario language reads those.
 *
 * @throws {ProtocolError} and nothing else, whatever the JSON
 */
export function parseRequest(json: unknown): Request {
  return read(request, json)
}

/** As {@link parseRequest}, from the text of one line. */
export function parseRequestLine(line: string): Request {
  return parseRequest(decode(line))
}
