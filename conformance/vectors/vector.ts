import { bytesOfHex, disassemble, hexOfBytes } from '../../reference/index.ts'
import {
  type Assembly,
  type Case,
  type CaseOracle,
  documentedExpectation,
  type Expected,
  type ExpectedBuffer,
  type ExpectedStep,
  questionId,
} from '../cases/index.ts'
import { clauseById } from '../clauses/index.ts'
import { graphOf } from '../oracles/graph-of.ts'
import { assembled } from '../oracles/meets-expectation.ts'
import type { Observable, TraceEntry } from '../protocol/message.ts'
import { whatToDump } from '../runner/encoding.ts'
import { levelOf } from '../runner/judge.ts'
import { type Capability, needsOf, type Scenario, type Value } from '../scenario/index.ts'
import type { LoadedGraph } from '../scenario/loaded.ts'

/** What one step is to be seen to do, nothing left to assemble. */
export type VectorStep = {
  /** Hex. */
  readonly pickle?: string
  /** As `python -m pickletools` prints it, where it can; of pickles of at most 10 000 bytes. */
  readonly disassembly?: string
  /** What the pickle loads to, or what a load gives. */
  readonly graph?: LoadedGraph
  /** The class of the exception, and the beginning of its message where that is quoted. */
  readonly refused?: { readonly class: string; readonly message?: string; readonly offset?: number }
  /** Hex of what the file got although the step was refused. */
  readonly wrote?: string
  readonly buffers?: readonly ExpectedBuffer[]
  readonly trace?: readonly TraceEntry[]
  /** How many more calls were only counted. */
  readonly traceMore?: number
  readonly memo?: readonly string[]
  readonly writes?: readonly (readonly [string, number])[]
}

/** What is asked: a value to dump, a pickle to load, or a whole scenario. */
type Question =
  | { readonly kind: 'dump'; readonly value: Value }
  | { readonly kind: 'load'; readonly load: string }
  | {
      readonly kind: 'scenario'
      readonly scenario: Scenario
      readonly observe: readonly Observable[]
    }

/** A case at one protocol, with all that is needed to ask and judge it. */
export type Vector = {
  /** `<case>@p4`; the id of the case alone where it has a protocol of its own. */
  readonly id: string
  readonly case: string
  readonly protocol: number | null
  readonly clause: string
  readonly level: string
  readonly oracle: CaseOracle
  readonly tags: readonly string[]
  readonly why: string
  /** What an implementation must have to be asked. */
  readonly needs: readonly Capability[]
  /** A refusal proves nothing unless this case is answered rightly. */
  readonly twin?: string
} & Question &
  (
    | { readonly expected: readonly VectorStep[] }
    /** The pickler cannot even be built. */
    | { readonly construction: VectorStep }
  )

/** Beyond this a disassembly is longer than it is helpful. */
const longestDisassembled = 10_000

const hexOf = (lines: Assembly, protocol: number | null): string =>
  hexOfBytes(assembled(lines, protocol))

function pickleOf(lines: Assembly, protocol: number | null): VectorStep {
  const pickle = hexOf(lines, protocol)
  const bytes = bytesOfHex(pickle)
  if (bytes.length > longestDisassembled) return { pickle }
  const { text, error } = disassemble(bytes)
  // Python does not print ints of more than 4300 digits.
  return error === undefined ? { pickle, disassembly: text } : { pickle }
}

function stepOf(step: ExpectedStep, protocol: number | null): VectorStep {
  const { pickle, graph, refused, message, offset, wrote } = step
  const { buffers, trace, traceMore, memo, writes } = step
  const written = pickle === undefined ? {} : pickleOf(pickle, protocol)
  const loaded = graph ?? graphOf(written.pickle === undefined ? {} : { bytes: written.pickle })
  return {
    ...written,
    ...(loaded === undefined ? {} : { graph: loaded }),
    ...(refused === undefined
      ? {}
      : {
          refused: {
            class: refused,
            ...(message === undefined ? {} : { message }),
            ...(offset === undefined ? {} : { offset }),
          },
        }),
    ...(wrote === undefined ? {} : { wrote: hexOf(wrote, protocol) }),
    ...(buffers === undefined ? {} : { buffers }),
    ...(trace === undefined ? {} : { trace }),
    ...(traceMore === undefined ? {} : { traceMore }),
    ...(memo === undefined ? {} : { memo }),
    ...(writes === undefined ? {} : { writes }),
  }
}

/** Whether nothing is asked but to load a pickle, with no settings. */
function plainLoad({ scenario }: Case, needs: readonly Capability[]): string | undefined {
  const [action, ...others] = scenario.steps
  if (action === undefined || !('load' in action) || others.length > 0) return undefined
  const isPlain = needs.every((need) => need === 'load')
  return isPlain && typeof action.load === 'string' ? action.load : undefined
}

function questionOf(one: Case, protocol: number | null, needs: readonly Capability[]): Question {
  const dump = whatToDump(one, protocol)
  if ('value' in dump) return { kind: 'dump', value: dump.value }
  const load = plainLoad(one, needs)
  if (load !== undefined) return { kind: 'load', load }
  return { kind: 'scenario', scenario: one.scenario, observe: one.observe }
}

function answerOf(
  expected: Expected,
  protocol: number | null,
): { readonly expected: readonly VectorStep[] } | { readonly construction: VectorStep } {
  return 'construction' in expected
    ? { construction: stepOf(expected.construction, protocol) }
    : { expected: expected.steps.map((step) => stepOf(step, protocol)) }
}

/** A case at each of its protocols; what is expected is what is documented, deviations left out. */
export function vectorsOf(one: Case): readonly Vector[] {
  const needs = needsOf(one.scenario)
  return (one.protocols ?? [null]).map((protocol) => ({
    id: questionId(one.id, protocol),
    case: one.id,
    protocol,
    clause: one.clause,
    level: levelOf(one),
    oracle: one.oracle ?? clauseById(one.clause)?.oracle ?? 'bytes',
    tags: one.tags,
    why: one.why,
    needs,
    ...(one.twin === undefined ? {} : { twin: one.twin }),
    ...questionOf(one, protocol, needs),
    ...answerOf(documentedExpectation(one, protocol), protocol),
  }))
}
