import { bytesOfHex, hexOfBytes, profile } from '../../../../reference/index.ts'
import type {
  Answer,
  DumpResult,
  Failure,
  Request,
  Role,
  RunResult,
  SetOrders,
} from '../../../protocol/message.ts'
import { expectedLoad } from '../../../scenario/expected-load.ts'
import { expectedRun } from '../../../scenario/expected-run.ts'
import { materialize } from '../../../scenario/materialize.ts'
import { parseScenario } from '../../../scenario/parse.ts'
import type { Scenario, Value } from '../../../scenario/scenario.ts'
import { ScenarioError } from '../../../scenario/scenario-error.ts'
import { UnbuildableError } from '../../../scenario/unbuildable.ts'
import { hello } from './hello.ts'
import { measure } from './measure.ts'
import { useTool } from './tools.ts'

/** What answering needs of the process it runs in. */
export type Surroundings = {
  /** The version of the package. */
  readonly version: string
  /** The runtime, for people. */
  readonly runtime: string
  /** The profiles it says hello with; whoever asks may name any other. */
  readonly profiles: readonly string[]
  /** The roles it says hello with; all of them unless said. */
  readonly roles?: readonly Role[]
  /** SHA-256 in hex. */
  sha256(bytes: Uint8Array): string
  /** Nanoseconds since some moment in the past. */
  now(): number
}

/** A request that asks for something the reference has not got; `place` says where. */
class RequestError extends Error {
  readonly place: string
  constructor(message: string, place: string) {
    super(message)
    this.place = place
  }
}

/**
 * The answers to a request, each made when it is asked for: `run`, `load`, `dump` and `tool` have one for
 * each item, `stop` has none. What cannot be carried out is answered with an error.
 */
export function* answer(request: Request, around: Surroundings): Generator<Answer> {
  const { id } = request
  try {
    switch (request.request) {
      case 'hello':
        yield { id, hello: hello(around.version, around.runtime, around.profiles, around.roles) }
        break
      case 'run':
        checkEngines(request.engines)
        yield* items(id, request.scenarios, (scenario, index) => ({
          results: runAll(request, scenario, request.orders?.[index]),
        }))
        break
      case 'dump':
        checkEngines(request.engines)
        yield* items(id, request.values, (value) => ({ dumps: dumpAll(request, value) }))
        break
      case 'tool':
        yield* items(id, request.pickles, (pickle) => ({
          tool: useTool(request.tool, bytesOfHex(pickle)),
        }))
        break
      case 'bench':
        checkEngines([request.engine])
        yield {
          id,
          bench: measure({ ...request, scenario: parseScenario(request.scenario) }, around),
        }
        break
      case 'load':
        checkEngines(request.engines)
        yield* items(id, request.pickles, (pickle) => ({
          loads: request.engines.map((engine) => expectedLoad(pickle, engine, request.world)),
        }))
        break
      case 'stop':
    }
  } catch (error) {
    yield { id, error: failureOf(error) }
  }
}

function* items<T>(
  id: number,
  list: readonly T[],
  carryOut: (item: T, index: number) => { readonly [name: string]: unknown },
): Generator<Answer> {
  for (const [index, item] of list.entries())
    yield itemAnswer(id, index, () => carryOut(item, index))
}

function itemAnswer(
  id: number,
  index: number,
  carryOut: () => { readonly [name: string]: unknown },
): Answer {
  try {
    // One of results, loads, dumps and tool, as the request has it.
    return { id, index, ...carryOut() } as Answer
  } catch (error) {
    return { id, index, error: failureOf(error) }
  }
}

/** What is said of something that cannot be carried out; a fault of ours says so. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ScenarioError || error instanceof RequestError) {
    return { message: error.message, place: String(error.place) }
  }
  if (error instanceof UnbuildableError) return { message: error.message }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return { message: `the adapter failed: ${what}` }
}

function checkEngines(engines: readonly string[]): void {
  engines.forEach((engine, index) => {
    try {
      profile(engine)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw new RequestError(error.message, `$.engines[${index}]`)
    }
  })
}

/** All engines and protocols of a scenario; a result met before is only referred to. */
function runAll(
  request: Extract<Request, { readonly request: 'run' }>,
  given: Scenario,
  orders: readonly SetOrders[] | undefined,
): RunResult[] {
  const scenario = parseScenario(given)
  const hasOwn = scenario.pickler.init.protocol !== undefined
  const protocols = hasOwn ? [null] : request.protocols
  const results: RunResult[] = []
  const seen = new Map<string, number>()
  for (const engine of request.engines) {
    for (const protocol of protocols) {
      const found = expectedRun(scenario, engine, protocol, request.observe, {
        orders: orders?.[results.length],
      })
      const { engine: _, protocol: __, ...rest } = found
      const text = JSON.stringify(rest)
      const same = seen.get(text)
      if (same === undefined) seen.set(text, results.length)
      results.push(same === undefined ? found : { engine, protocol, same })
    }
  }
  return results
}

/** The pickles of a plain value, by every engine and protocol. */
function dumpAll(
  request: Extract<Request, { readonly request: 'dump' }>,
  value: Value,
): DumpResult[] {
  const scenario = parseScenario({ scenario: 1, steps: [{ dump: value }] })
  return request.engines.flatMap((engine) =>
    request.protocols.map((protocol): DumpResult => {
      const run = materialize(scenario, { profile: profile(engine), protocol, observe: [] })
      const { steps, written } = run.observeAll()
      const refused = steps.find((step) => step.refused !== undefined)?.refused
      return refused === undefined
        ? { engine, protocol, bytes: hexOfBytes(written[1] ?? new Uint8Array(0)) }
        : { engine, protocol, refused }
    }),
  )
}
