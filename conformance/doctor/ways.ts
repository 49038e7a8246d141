import { hexOfBytes } from '../../reference/index.ts'
import { graphOf } from '../oracles/graph-of.ts'
import type { Answer, Hello, PickleToLoad, Request, Role } from '../protocol/message.ts'
import { needsOf, parseScenario, type Scenario, unmetNeeds, type Value } from '../scenario/index.ts'
import type { LoadedGraph } from '../scenario/loaded.ts'

/** What an answer gave for one engine and protocol: a graph, a refusal, or neither. */
export type Given = { readonly graph?: LoadedGraph; readonly isRefused: boolean }

/** A request that a subject takes, and what can be asked by it. */
export type Way = {
  readonly request: 'run' | 'load' | 'dump'
  readonly ask: (id: number, items: readonly unknown[]) => Request
  /** Items that have nothing to do with each other. */
  readonly plain: readonly unknown[]
  /** An item whose answer has this value in it. */
  readonly of: (value: string | bigint) => unknown
  /** An item whose answer has a str of one lone surrogate. */
  readonly surrogate: unknown
  /** Items that have to be refused, whoever is asked. */
  readonly refused: readonly unknown[]
  /** Items whose answer would show what the items between have left behind. */
  readonly before: readonly unknown[]
  readonly between: readonly unknown[]
  readonly read: (answer: Answer) => readonly Given[]
}

const enginesFor = (hello: Hello, role: Role): readonly string[] =>
  hello.engines.filter((one) => (one.roles ?? hello.roles).includes(role)).map(({ id }) => id)

/** The oldest and the newest of Python's protocols that it knows. */
function protocolsFor({ protocols }: Hello): readonly number[] {
  const known = protocols.filter((protocol) => protocol <= 5)
  return [...new Set([Math.min(...known), Math.max(...known)])]
}

const utf8 = (text: string): string => hexOfBytes(new TextEncoder().encode(text))

function binunicode(hex: string): string {
  const length = new DataView(new ArrayBuffer(4))
  length.setUint32(0, hex.length / 2, true)
  return `58${hexOfBytes(new Uint8Array(length.buffer))}${hex}2e`
}

const pickle = (hex: string): PickleToLoad => ({ pickle: hex })

function loading(hello: Hello): Way {
  const engines = enginesFor(hello, 'load')
  return {
    request: 'load',
    ask: (id, items) => ({
      id,
      request: 'load',
      engines,
      world: 'symbols',
      // The items are those of this way.
      pickles: items as readonly PickleToLoad[],
    }),
    plain: ['4e2e', '4b072e', binunicode('61'), '4e2e', '4b082e'].map(pickle),
    of: (value) =>
      pickle(typeof value === 'string' ? binunicode(utf8(value)) : `${utf8(`L${value}L\n`)}2e`),
    surrogate: pickle(binunicode('eda0bd')),
    // Nothing at all, half an int, no value, an instruction that there is not, half a str.
    refused: ['', '4b', '2e', 'ff2e', '580500000061'].map(pickle),
    // A memo and a stack that nobody has filled; between them both are.
    before: ['68002e', '2e'].map(pickle),
    between: ['4b0771002e', '4b074b082e', '284b072e'].map(pickle),
    read: (answer) =>
      'loads' in answer
        ? answer.loads.map((one) => ({
            isRefused: 'refused' in one,
            ...('graph' in one ? { graph: one.graph } : {}),
          }))
        : [],
  }
}

function dumping(hello: Hello): Way {
  const engines = enginesFor(hello, 'dump')
  const list = { list: ['a', 7], node: 0 }
  return {
    request: 'dump',
    ask: (id, items) => ({
      id,
      request: 'dump',
      engines,
      protocols: protocolsFor(hello),
      values: items as readonly Value[],
    }),
    plain: [null, 7, 'a', null, { list: [8], node: 0 }],
    of: (value) => (typeof value === 'string' ? value : { int: String(value) }),
    surrogate: { str: [0xd83d] },
    refused: [{ 'no-such-value': [] }],
    before: [list, 'a'],
    between: [{ list: ['b', 8, { list: [], node: 1 }], node: 0 }, 'b', { tuple: [9], node: 0 }],
    read: (answer) =>
      'dumps' in answer
        ? answer.dumps.map((one) => given('bytes' in one ? { bytes: one.bytes } : undefined))
        : [],
  }
}

function given(seen: { readonly bytes?: string; readonly graph?: LoadedGraph } | undefined): Given {
  const graph = seen === undefined ? undefined : graphOf(seen)
  return { isRefused: seen === undefined, ...(graph === undefined ? {} : { graph }) }
}

const dumpOf = (value: Value): Scenario => parseScenario({ scenario: 1, value })

const raising = { rules: [{ raises: { type: 'builtins:ValueError', message: 'no' } }] }
const refusing = [
  { scenario: 1, steps: [{ load: '' }] },
  { scenario: 1, functions: [{ name: 'gone', found: false }], value: { function: 'gone' } },
  {
    scenario: 1,
    classes: [{ name: 'Bad', hooks: { __reduce_ex__: raising } }],
    value: { instance: 'Bad' },
  },
]

const point = { classes: [{ name: 'Point' }], value: { instance: 'Point' } }
const shared = { list: [{ id: 'L', list: [1] }, { ref: 'L' }] }
const before = [
  { scenario: 1, value: { list: ['a', 7] } },
  { scenario: 1, value: shared },
  { scenario: 1, ...point },
]
const between = [
  { scenario: 1, value: { list: ['b', { list: [8] }] } },
  { scenario: 1, value: { list: [shared, 'c'] } },
  { scenario: 1, ...point, copyreg: { extensions: [['scenario', 'Point', 240]] } },
  {
    scenario: 1,
    ...point,
    copyreg: { dispatch_table: [['Point', { rules: [{ returns: 'Point' }] }]] },
  },
  { scenario: 1, pickler: { subclass: { fast: true } }, value: { list: ['a', 'a'] } },
]

function running(hello: Hello): Way {
  const engines = enginesFor(hello, 'pickler')
  const able = (scenarios: readonly object[]): readonly Scenario[] =>
    scenarios
      .map((one) => parseScenario(one))
      .filter((one) => unmetNeeds(needsOf(one), hello.capabilities).length === 0)
  return {
    request: 'run',
    ask: (id, items) => ({
      id,
      request: 'run',
      engines,
      protocols: protocolsFor(hello),
      observe: [],
      scenarios: items as readonly Scenario[],
    }),
    plain: [null, 7, 'a', null, { list: [8] }].map((value) => dumpOf(value)),
    of: (value) => dumpOf(typeof value === 'string' ? value : { int: String(value) }),
    surrogate: dumpOf({ str: [0xd83d] }),
    refused: able(refusing),
    before: able(before),
    between: able(between),
    read: (answer) =>
      'results' in answer
        ? answer.results.flatMap((one): Given[] => {
            if ('same' in one) return []
            const last = one.steps.at(-1)
            return [last?.refused === undefined ? given(last) : { isRefused: true }]
          })
        : [],
  }
}

/** The requests that a subject takes by what it says of itself. */
export function waysOf(hello: Hello): readonly Way[] {
  const ways: readonly (readonly [Role, (hello: Hello) => Way])[] = [
    ['pickler', running],
    ['load', loading],
    ['dump', dumping],
  ]
  return ways.flatMap(([role, way]) => (enginesFor(hello, role).length > 0 ? [way(hello)] : []))
}

/** The text of a loaded str, whichever way it is told; undefined for anything else. */
export function textOf({ graph }: Given): string | undefined {
  const value = graph?.value
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || !('str' in value)) return undefined
  return value.str
    .map((part) => {
      if (typeof part === 'number') return String.fromCodePoint(part)
      return typeof part === 'string' ? part : part.of.repeat(part.fill)
    })
    .join('')
}

/** The loaded int as it was told, or that it is none. */
export function intOf({ graph }: Given): bigint | 'rounded' | undefined {
  const value = graph?.value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : 'rounded'
  if (typeof value !== 'object' || value === null) return undefined
  if ('float' in value) return 'rounded'
  return 'int' in value && /^-?\d+$/.test(value.int) ? BigInt(value.int) : undefined
}
