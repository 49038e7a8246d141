import { bytesOfHex } from '../../reference/index.ts'
import type { Details, Verdict } from '../../reports/index.ts'
import type { Case, Expected, ExpectedStep } from '../cases/index.ts'
import { firstDifference, instructionTexts } from '../oracles/compare-pickles.ts'
import { assembled } from '../oracles/meets-expectation.ts'
import type { Observation, TraceEntry } from '../protocol/message.ts'
import { graphLines } from './graph-lines.ts'
import type { Judged } from './judge.ts'
import type { SeenResult } from './results.ts'

/** Lines kept before the first that differs, and from it on. */
const linesBefore = 60
const linesAfter = 140
const longestLine = 240

const notesShown = 20

const cut = (line: string): string =>
  line.length > longestLine ? `${line.slice(0, longestLine)}… (${line.length} characters)` : line

/** Both lists around the first line that differs, the rest counted. */
export function around(
  expected: readonly string[],
  seen: readonly string[],
): Pick<Details, 'expected' | 'seen'> {
  const at = firstDifference(expected, seen) ?? 0
  const from = Math.max(0, at - linesBefore)
  const shown = (lines: readonly string[]): string[] => {
    const kept = lines.slice(from, at + linesAfter).map(cut)
    const left = lines.length - (at + linesAfter)
    return [
      ...(from > 0 ? [`(${from} lines that are equal)`] : []),
      ...kept,
      ...(left > 0 ? [`(${left} more lines)`] : []),
    ]
  }
  return { expected: shown(expected), seen: shown(seen) }
}

const callLines = (trace: readonly TraceEntry[] = [], more = 0): string[] => [
  ...trace.map(([hook, object, answer]) => `${hook}(${object}) -> ${answer}`),
  ...(more > 0 ? [`(${more} more calls)`] : []),
]

const bufferLines = (buffers: Observation['buffers'] = []): string[] =>
  buffers.map(({ bytes, readonly }) => `${readonly ? 'read-only' : 'writable'} ${bytes}`)

const pickleLines = (bytes: string | undefined): string[] =>
  bytes === undefined ? [] : instructionTexts(bytesOfHex(bytes))

const offsetLines = (offset: number | undefined): string[] =>
  offset === undefined ? [] : [`  at byte ${offset}`]

/** What a step did, as lines. */
function observedLines(step: Observation, isTrace: boolean, isBuffer: boolean): string[] {
  if (isTrace) return callLines(step.trace, step.traceMore)
  if (isBuffer) return bufferLines(step.buffers)
  const { refused } = step
  if (refused === undefined) {
    const { graph } = step
    return [...pickleLines(step.bytes), ...(graph === undefined ? [] : graphLines(graph))]
  }
  return [
    ...pickleLines(step.bytes),
    `refused with ${refused.class}: ${refused.message}`,
    ...refused.notes.slice(0, notesShown).map((note) => `  note: ${note}`),
    ...(refused.notes.length > notesShown
      ? [`  (${refused.notes.length - notesShown} more notes)`]
      : []),
    ...(refused.cause === null ? [] : [`  cause: ${refused.cause}`]),
    ...offsetLines(step.offset),
  ]
}

/** What a step is expected to do, as lines. */
function expectedLines(
  step: ExpectedStep,
  protocol: number | null,
  isTrace: boolean,
  isBuffer: boolean,
): string[] {
  if (isTrace) return callLines(step.trace, step.traceMore)
  if (isBuffer) return bufferLines(step.buffers)
  const lines = step.pickle ?? step.wrote ?? []
  return [
    ...(lines.length === 0 ? [] : instructionTexts(assembled(lines, protocol))),
    ...(step.graph === undefined ? [] : graphLines(step.graph)),
    ...(step.refused === undefined
      ? []
      : [`refused with ${step.refused}${step.message === undefined ? '' : `: ${step.message}`}`]),
    ...offsetLines(step.offset),
  ]
}

function stepOf(expected: Expected, step: number): ExpectedStep {
  if ('construction' in expected) return step === 0 ? expected.construction : {}
  return expected.steps[step - 1] ?? {}
}

const fails = (verdict: Verdict | null): boolean => verdict !== null && verdict.kind !== 'passed'

/** The question of a case, for a line that has no answer to show. */
export function questionDetails(
  title: string,
  one: Case,
  protocol: number | null,
  subject: string,
): Details {
  const which = protocol === null ? '' : ` --protocol ${protocol}`
  const quoted = /^[\w.-]+$/.test(subject) ? subject : `'${subject.replaceAll("'", "'\\''")}'`
  return {
    title,
    why: one.why,
    scenario: JSON.stringify(one.scenario),
    expected: [],
    seen: [],
    reproduce: `picklespec run --subject ${quoted} --filter ${one.id}${which}`,
  }
}

/**
 * What a reader needs beside a verdict that did not pass: both sides of the step in question, in
 * the terms of the judge that was not pleased, conformance first.
 */
export function answerDetails(question: Details, result: SeenResult, judged: Judged): Details {
  const { conformance, parity, documented, predicted } = judged
  const isConformance = fails(conformance)
  const verdict = isConformance ? conformance : parity
  const difference = verdict?.kind === 'failed' ? verdict.difference : undefined
  const step = difference?.step ?? 1
  const isTrace = difference?.kind === 'trace'
  const isBuffer = difference?.kind === 'buffer'
  const expected =
    isConformance || predicted === undefined
      ? expectedLines(stepOf(documented, step), result.protocol, isTrace, isBuffer)
      : observedLines(predicted[step] ?? {}, isTrace, isBuffer)
  const seen = observedLines(result.steps[step] ?? {}, isTrace, isBuffer)
  return { ...question, ...around(expected, seen) }
}
