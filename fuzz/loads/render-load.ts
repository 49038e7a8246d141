import type { LoadResult } from '../../conformance/index.ts'
import { sideBySide, type TerminalView } from '../../reports/index.ts'
import type { LoadSighting } from './examine-load.ts'
import { assemblyOf, type LoadFinding, loadReplayToken } from './load-finding.ts'

/** What a load came to, line by line: the objects of its graph, or the refusal. */
function resultLines(result: LoadResult | undefined): string[] {
  if (result === undefined) return ['(no answer)']
  if ('graph' in result) {
    const { objects, value } = result.graph
    return [
      JSON.stringify(value),
      ...objects.map((object, at) => `${at}: ${JSON.stringify(object).slice(0, 200)}`),
    ]
  }
  const { cause, class: type, message } = result.refused
  return [`refused with ${type}: ${message}`, ...(cause === null ? [] : [`  cause: ${cause}`])]
}

/** Both sides of a load in which they part. */
export function renderLoadSighting(sighting: LoadSighting, view: TerminalView): string[] {
  const { because, engine, expected, follows, seen, world } = sighting
  const titles = ['the reference', `engine ${engine}`] as const
  return [
    `${follows} in the world of ${world}: ${because}`,
    ...(seen === undefined
      ? []
      : sideBySide(resultLines(expected), resultLines(seen), view, titles)),
  ]
}

/** A finding for people: the least pickle, its instructions, both answers, and how to see it again. */
export function renderLoadFinding(
  finding: LoadFinding,
  file: string,
  view: TerminalView,
): string[] {
  const { met, minimal, question, sighting, subject, unshrunk } = finding
  const token = loadReplayToken(finding)
  return [
    `${subject.id} parts from the reference (${met} ${met === 1 ? 'load' : 'loads'} alike)`,
    ...renderLoadSighting(sighting, view).map((line) => `  ${line}`),
    `  pickle: ${minimal}`,
    ...assemblyOf(minimal).map((line) => `    ${line}`),
    ...(question.buffers === undefined ? [] : [`  buffers: ${question.buffers.join(' ')}`]),
    ...(unshrunk === undefined ? [] : [`  not the least one: ${unshrunk}`]),
    `  stored: ${file}`,
    `  again: picklespec fuzz --target load --subject ${subject.id} --replay ${token ?? file}`,
    '',
  ]
}
