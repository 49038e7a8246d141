import type { Observation } from '../conformance/index.ts'
import { bytesOfHex, compareInstructions } from '../reference/index.ts'
import { sideBySide, type TerminalView } from '../reports/index.ts'
import type { Sighting } from './examine.ts'
import { type Finding, replayToken } from './finding.ts'

/** What a step did, line by line: what was written, and how it was refused. */
function pickleLines({ bytes, refused }: Observation): string[] {
  const pickle = bytesOfHex(bytes ?? '')
  const written = compareInstructions(pickle, pickle).pairs.flatMap(({ left }) => left?.text ?? [])
  return [
    ...written,
    ...(refused === undefined ? [] : [`refused with ${refused.class}: ${refused.message}`]),
    ...(refused?.notes ?? []).map((note) => `  note: ${note}`),
    ...(refused === undefined || refused.cause === null ? [] : [`  cause: ${refused.cause}`]),
  ]
}

function callLines({ trace = [], traceMore = 0 }: Observation): string[] {
  return [
    ...trace.map(([hook, object, answer]) => `${hook}(${object}) -> ${answer}`),
    ...(traceMore > 0 ? [`(${traceMore} more calls)`] : []),
  ]
}

function bufferLines({ buffers = [] }: Observation): string[] {
  return buffers.map(({ bytes, readonly }) => `${readonly ? 'read-only' : 'writable'} ${bytes}`)
}

/** Both sides of the step in which they part: instructions, then calls and buffers where these differ. */
export function renderSighting(sighting: Sighting, view: TerminalView): string[] {
  const { because, engine, expected, follows, protocol, seen, step } = sighting
  const left = expected[step] ?? {}
  const right = seen?.steps[step] ?? {}
  const titles = ['the reference', `engine ${engine}`] as const
  const both = (of: (one: Observation) => string[], always: boolean): string[] => {
    const [ours, theirs] = [of(left), of(right)]
    const isSame = JSON.stringify(ours) === JSON.stringify(theirs)
    return isSame && !always ? [] : sideBySide(ours, theirs, view, titles)
  }
  const where = protocol === null ? 'at its own protocol' : `at protocol ${protocol}`
  return [
    `${follows} ${where}, step ${step}: ${because}`,
    ...(seen === undefined ? [] : both(pickleLines, true)),
    ...both(callLines, false),
    ...both(bufferLines, false),
  ]
}

/** A finding for people: the least scenario, both disassemblies, and how to see it again. */
export function renderFinding(finding: Finding, file: string, view: TerminalView): string[] {
  const { met, minimal, sighting, subject, unshrunk } = finding
  const token = replayToken(finding)
  return [
    `${subject.id} parts from the reference (${met} ${met === 1 ? 'scenario' : 'scenarios'} alike)`,
    ...renderSighting(sighting, view).map((line) => `  ${line}`),
    `  scenario: ${JSON.stringify(minimal)}`,
    ...(unshrunk === undefined ? [] : [`  not the least one: ${unshrunk}`]),
    `  stored: ${file}`,
    `  again: picklespec fuzz --subject ${subject.id} --replay ${token ?? file}`,
    '',
  ]
}
