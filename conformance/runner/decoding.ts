import {
  bytesOfHex,
  genops,
  hexOfBytes,
  type Instruction,
  type OpcodeName,
  PickleError,
} from '../../reference/index.ts'
import type { Verdict } from '../../reports/index.ts'
import { type Case, documentedExpectation, type ExpectedStep } from '../cases/index.ts'
import { spellsWrongly } from '../oracles/coarse-graph.ts'
import { assembled } from '../oracles/meets-expectation.ts'
import { otherOutcome } from '../oracles/other-outcome.ts'
import { refusedAs } from '../oracles/same-error.ts'
import { sameObservation } from '../oracles/same-observation.ts'
import { sameValue } from '../oracles/same-value.ts'
import type { LoadResult, Observation, PickleToLoad, Refusal } from '../protocol/message.ts'
import { expectedLoad } from '../scenario/expected-load.ts'
import type { Scenario } from '../scenario/index.ts'
import type { LoadedGraph } from '../scenario/loaded.ts'

/** What a decoder is asked of a case at one protocol. */
export type ToLoad = {
  readonly pickle: PickleToLoad
  /** Beyond what every decoder has: capabilities, in the order in which the pickle needs them. */
  readonly needs: readonly string[]
  /** A graph or a refusal: what the documentation makes of it in the world of symbols. */
  readonly expected: Observation
  /** What the case leaves free besides. */
  readonly free: readonly ExpectedStep[]
}

/** Why nobody who only loads, or only dumps, can be asked. */
export type NotAsked = { readonly because: string }

const needsOfInstructions: { readonly [opcode in OpcodeName]?: readonly string[] } = {
  GLOBAL: ['load:names'],
  STACK_GLOBAL: ['load:names'],
  INST: ['load:names', 'load:calls'],
  OBJ: ['load:calls'],
  REDUCE: ['load:calls'],
  NEWOBJ: ['load:calls'],
  NEWOBJ_EX: ['load:calls'],
  BUILD: ['load:states'],
  PERSID: ['load:persistent'],
  BINPERSID: ['load:persistent'],
  NEXT_BUFFER: ['load:buffers'],
  READONLY_BUFFER: ['load:buffers'],
  EXT1: ['extensions'],
  EXT2: ['extensions'],
  EXT4: ['extensions'],
}

const strings: ReadonlySet<OpcodeName> = new Set(['STRING', 'BINSTRING', 'SHORT_BINSTRING'])

/** Of a str of Python 2, of whose bytes pickletools makes characters. */
function isBeyondAscii(argument: Instruction['argument']): boolean {
  return argument.kind === 'str' && /[^\0-\x7f]/.test(String(argument.value))
}

/** What the instructions of a pickle, hex, need, up to the first that cannot be read. */
export function needsOfPickle(pickle: string): string[] {
  const needs = new Set<string>()
  try {
    for (const { opcode, argument } of genops(bytesOfHex(pickle))) {
      for (const need of needsOfInstructions[opcode] ?? []) needs.add(need)
      if (strings.has(opcode) && isBeyondAscii(argument)) needs.add('load:encoding')
    }
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
  }
  return [...needs]
}

const hasFields = (value: object): boolean => Object.keys(value).length > 0

/** The pickle of a case: that which it loads, or that which its one dump is expected to write. */
function pickleOf(
  { scenario }: Case,
  step: ExpectedStep | undefined,
  protocol: number | null,
): PickleToLoad | NotAsked {
  const [action, ...others] = scenario.steps
  if (action === undefined || others.length > 0) return { because: 'it takes several steps' }
  if ('load' in action) {
    if (typeof action.load !== 'string' || action.from !== undefined) {
      return { because: 'it is loaded from a file' }
    }
    const isPlain = !hasFields(scenario.unpickler) && scenario.copyreg.extensions.length === 0
    return isPlain ? { pickle: action.load } : { because: 'its unpickler is a pickler’s own' }
  }
  if (step?.pickle === undefined) return { because: 'no pickle is expected' }
  const pickle = hexOfBytes(assembled(step.pickle, protocol))
  const { buffers = [] } = step
  return buffers.length === 0 ? { pickle } : { pickle, buffers: buffers.map(({ bytes }) => bytes) }
}

function toLoad(one: Case, protocol: number | null): ToLoad | NotAsked {
  const documented = documentedExpectation(one, protocol)
  const step = 'steps' in documented ? documented.steps[0] : undefined
  const pickle = pickleOf(one, step, protocol)
  if ('because' in pickle) return pickle
  const needs = needsOfPickle(pickle.pickle)
  const { engine: _, ...loaded } = expectedLoad(pickle, 'documented', 'symbols')
  const expected: Observation = loaded
  if (!isLoad(one.scenario) && expected.refused !== undefined) {
    return { because: 'its pickle makes no sense of symbols' }
  }
  if (expected.graph !== undefined && spellsWrongly(expected.graph)) {
    return { because: 'it calls what would not give bytes' }
  }
  return {
    pickle,
    needs,
    expected,
    free: isLoad(one.scenario) ? freeSteps(one, pickle, needs) : [],
  }
}

/** Whether a scenario only loads. */
export function isLoad({ steps }: Scenario): boolean {
  return steps.every((action) => 'load' in action)
}

/** The engine that is as free to read a broken pickle in its own way as the documented one. */
const otherEngine = 'cpython-3.14-py'

/** What a case of loading leaves free, in the world of symbols. */
function freeSteps(
  { deviations }: Case,
  pickle: PickleToLoad,
  needs: readonly string[],
): ExpectedStep[] {
  const free = deviations.filter(({ kind }) => kind === 'latitude')
  if (!needs.includes('load:names')) {
    return free.flatMap(({ expected }) => ('steps' in expected ? expected.steps.slice(0, 1) : []))
  }
  const isOther = free.some(({ engines }) => !engines.includes('c'))
  return isOther ? [stepOf(expectedLoad(pickle, otherEngine, 'symbols'))] : []
}

function stepOf({ graph, refused }: Observation): ExpectedStep {
  return {
    ...(graph !== undefined && { graph }),
    ...(refused !== undefined && { refused: refused.class }),
  }
}

const known = new WeakMap<Case, Map<number | null, ToLoad | NotAsked>>()

/** What a decoder is asked of a case at a protocol, the same for every subject; or why nothing. */
export function whatToLoad(one: Case, protocol: number | null): ToLoad | NotAsked {
  let byProtocol = known.get(one)
  if (byProtocol === undefined) {
    byProtocol = new Map()
    known.set(one, byProtocol)
  }
  let asked = byProtocol.get(protocol)
  if (asked === undefined) {
    asked = toLoad(one, protocol)
    byProtocol.set(protocol, asked)
  }
  return asked
}

/** Only of exceptions of Python can the class be compared. */
const isPythons = ({ mro }: Refusal): boolean => mro.includes('BaseException')

const graphOf = ({ graph }: { readonly graph?: LoadedGraph }): LoadedGraph =>
  graph ?? { value: null, objects: [] }

function meets(
  expected: ExpectedStep,
  seen: Observation,
  distinguishes: readonly string[],
): Verdict {
  if (seen.refused !== undefined) {
    const { refused } = seen
    if (expected.refused === undefined) {
      return otherOutcome(1, 'refused', 'no refusal', `${refused.class}: ${refused.message}`)
    }
    return isPythons(refused)
      ? refusedAs({ class: expected.refused }, refused, 1)
      : { kind: 'passed' }
  }
  return expected.refused === undefined
    ? sameValue(graphOf(expected), graphOf(seen), distinguishes)
    : otherOutcome(1, 'refused', `a refusal with ${expected.refused}`, 'a graph')
}

/** Whether a decoder made of a pickle what the documentation does, or what the case leaves free. */
export function judgeLoaded(
  { expected, free }: ToLoad,
  result: LoadResult,
  distinguishes: readonly string[],
): Verdict {
  const { engine: _, ...seen }: { engine: string } & Observation = result
  const verdict = meets(stepOf(expected), seen, distinguishes)
  if (verdict.kind === 'passed') return verdict
  const others = free.map((step) => meets(step, seen, distinguishes))
  const isBetter = ({ kind }: Verdict): boolean => kind === 'passed' || kind === 'lossy'
  return others.find(({ kind }) => kind === 'passed') ?? others.find(isBetter) ?? verdict
}

/** Whether an engine loaded as the profile does that it follows. */
export function judgeLoadedParity(
  { pickle }: ToLoad,
  result: LoadResult,
  follows: string,
  wordSize: number,
): Verdict {
  const { engine: _, ...predicted } = expectedLoad(
    pickle,
    follows,
    'symbols',
    wordSize === 32 ? 32 : 64,
  )
  const { engine: __, ...seen } = result
  return sameObservation([predicted], [seen], { observed: [], isMessageQuoted: () => false })
}
