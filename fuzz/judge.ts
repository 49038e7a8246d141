import {
  type Observable,
  type Observation,
  type Scenario,
  type SeenResult,
  type SetOrders,
  sameObservation,
} from '../conformance/index.ts'
import { bytesOfHex, compareInstructions } from '../reference/index.ts'
import type { Difference as RecordDifference, Verdict } from '../reports/index.ts'

/** What an engine that follows the profile does, step by step. */
export type Predict = (
  scenario: Scenario,
  profile: string,
  protocol: number | null,
  observe: readonly Observable[],
  orders: SetOrders,
  /** How deeply saves may be nested; far more than a graph that is drawn is deep, unless given. */
  recursionLimit?: number,
) => readonly Observation[]

/** What every engine is asked to observe. */
export const observed: readonly Observable[] = ['trace', 'orders']

/** Where an engine and the reference part. */
export type Parting = {
  readonly because: string
  /** The step of the scenario, from 0, which builds the pickler. */
  readonly step: number
  /** The same for all scenarios in which they part alike: kind, place, what was wanted and found. */
  readonly signature: string
  readonly expected: readonly Observation[]
}

/**
 * Whether a step went too deep for the engine. Near its limit the C pickler of CPython up to 3.13 may
 * say so with another exception, and which depth is too deep is up to the engine.
 *
 * @clause LIMIT-03
 */
export function isTooDeep({ refused }: Observation): boolean {
  return refused?.class === 'RecursionError'
}

const disguises: ReadonlySet<string> = new Set(['RecursionError', 'PicklingError'])

/** The steps that can be compared: those before the first that went too deep on both sides. */
function comparable(
  expected: readonly Observation[],
  seen: readonly Observation[],
): number | undefined {
  const at = expected.findIndex((one, step) => {
    const other = seen[step]
    if (other === undefined) return false
    const pair = [one, other]
    return (
      pair.some(isTooDeep) &&
      pair.every(({ refused }) => refused !== undefined && disguises.has(refused.class))
    )
  })
  return at === -1 ? undefined : at
}

/** Holds an answer against what the reference does under the same profile; undefined when they agree. */
export function partingOf(
  expected: readonly Observation[],
  { steps }: Pick<SeenResult, 'steps'>,
): Parting | undefined {
  const end = comparable(expected, steps)
  const verdict = sameObservation(withoutAddresses(expected, end), withoutAddresses(steps, end), {
    observed,
    isMessageQuoted: () => false,
  })
  if (verdict.kind === 'passed') return undefined
  return {
    because: becauseOf(verdict),
    step: verdict.kind === 'failed' ? (verdict.difference?.step ?? 0) : 0,
    signature: signatureOf(verdict, expected, steps),
    expected,
  }
}

/** ` at 0x7f…`, of an object or a function, in hexadecimal digits, as protocol 0 writes the text of an object that is an id. */
const address = /(?<=^(?:[0-9a-f]{2})*206174203078)(?:3[0-9]|6[1-6])+/g

const hasAddress = ({ bytes }: Observation): boolean => bytes?.includes('206174203078') === true

/** The text of an object that a hook was asked about, which may be a persistent id. */
const isOfAddress = ({ trace }: Observation): boolean =>
  trace?.some((call) => call.some((text) => text.includes(' at 0x'))) === true

function traceWithoutAddresses(step: Observation): Observation {
  if (step.trace === undefined || !isOfAddress(step)) return step
  const plain = (text: string): string => text.replace(/ at 0x[0-9a-f]+/gi, ' at 0x0')
  return {
    ...step,
    trace: step.trace.map(([hook, object, answer]) => [hook, plain(object), plain(answer)]),
  }
}

/** The steps up to a bound, the addresses in their pickles made alike. */
function withoutAddresses(
  steps: readonly Observation[],
  end: number | undefined,
): readonly Observation[] {
  const compared = steps.slice(0, end).map(traceWithoutAddresses)
  if (!compared.some(hasAddress)) return compared
  // Where a load stops depends on how long the address is.
  return compared.map(({ offset: _, ...step }) =>
    hasAddress(step) && step.bytes !== undefined
      ? { ...step, bytes: step.bytes.replace(address, '30') }
      : step,
  )
}

function becauseOf(verdict: Verdict): string {
  return 'because' in verdict ? verdict.because : verdict.kind
}

function signatureOf(
  verdict: Verdict,
  expected: readonly Observation[],
  seen: readonly Observation[],
): string {
  if (verdict.kind !== 'failed' || verdict.difference === undefined) return verdict.kind
  return withoutNumbers(describe(verdict.difference, expected, seen))
}

function describe(
  difference: RecordDifference,
  expected: readonly Observation[],
  seen: readonly Observation[],
): string {
  switch (difference.kind) {
    case 'byte':
    case 'instruction': {
      const left = expected[difference.step ?? 0]?.bytes ?? ''
      const right = seen[difference.step ?? 0]?.bytes ?? ''
      return `bytes: ${instructionsAt(left, right)}`
    }
    case 'outcome':
      return `${difference.at}: wanted ${outcome(difference.expected)}, found ${outcome(difference.seen)}`
    case 'trace':
      return `trace: wanted ${hookOf(difference.expected)}, found ${hookOf(difference.seen)}`
    default:
      return `${difference.kind} ${difference.at}: wanted ${difference.expected}, found ${difference.seen}`
  }
}

/** The instructions at which two pickles part, by name. */
function instructionsAt(left: string, right: string): string {
  const { pairs, firstDifference = 0 } = compareInstructions(bytesOfHex(left), bytesOfHex(right))
  const pair = pairs[firstDifference]
  const name = (text: string | undefined): string => text?.split(' ')[0] ?? 'the end'
  return `wanted ${name(pair?.left?.text)}, found ${name(pair?.right?.text)}`
}

/** What a step came to, without its text. */
function outcome(text: string | null): string {
  return /^(?:refused with \w+|a pickle|nothing written)/.exec(text ?? '')?.[0] ?? String(text)
}

/** The hook of a call: its place and name, whichever class it is of. */
function hookOf(call: string | null): string {
  const [hook = ''] = call?.split('(') ?? []
  return call === null
    ? 'no call'
    : hook.replace(/\[.*\]/, '[]').replace(/^(?!subclass|instance|init|copyreg)[^.]+\./, '')
}

const withoutNumbers = (text: string): string => text.replace(/\d+/g, 'n').slice(0, 200)
