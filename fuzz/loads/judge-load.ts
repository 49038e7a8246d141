import type { LoadResult, Refusal } from '../../conformance/index.ts'
import { graphInOrder, type ValueGraph } from '../../reference/index.ts'

/** Where an engine and the reference part in what they make of a pickle. */
export type LoadParting = {
  readonly because: string
  /** The same for all pickles of which they part alike: how each of them went. */
  readonly signature: string
}

/**
 * What counts of an answer, as text: of a refusal its class and that of its cause, of a graph neither the
 * order of sets nor addresses.
 */
export function toldOf(result: LoadResult): string {
  if ('refused' in result) {
    const { cause, class: type } = result.refused
    return cause === null ? type : `${type} from ${cause}`
  }
  // Graphs of the reference and of subjects have one form.
  return withoutAddresses(JSON.stringify(graphInOrder(result.graph as ValueGraph)))
}

const withoutAddresses = (text: string): string => text.replace(/0x[0-9a-f]+/g, '0x')

/** Holds what an engine gave against what the reference does under the same profile; undefined when they agree. */
export function loadPartingOf(expected: LoadResult, seen: LoadResult): LoadParting | undefined {
  if ('graph' in expected && 'graph' in seen) {
    // Most graphs are equal as they are.
    if (JSON.stringify(expected.graph) === JSON.stringify(seen.graph)) return undefined
  }
  const [wanted, found] = [toldOf(expected), toldOf(seen)]
  if (wanted === found) return undefined
  if ('graph' in expected && 'graph' in seen) {
    const at = firstDifference(wanted, found)
    const [ours, theirs] = [wanted, found].map((text) => text.slice(Math.max(0, at - 20), at + 60))
    return {
      because: `the graphs part: wanted …${ours}, found …${theirs}`,
      signature: `graph: wanted ${kindAt(wanted, at)}, found ${kindAt(found, at)}`,
    }
  }
  return {
    because: `wanted ${said(expected)}, found ${said(seen)}`,
    signature: `wanted ${outlineOf(expected)}, found ${outlineOf(seen)}`,
  }
}

function firstDifference(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return at
}

/** The field in which two graphs part, by the name of the one around it. */
function kindAt(text: string, at: number): string {
  const names = text.slice(0, at + 30).match(/"[a-z][a-zA-Z]*":/g) ?? []
  return names.slice(-2).join('').replace(/"/g, '')
}

function said(result: LoadResult): string {
  if (!('refused' in result)) return 'a value'
  const { class: type, message, cause } = result.refused
  const text = message.length > 200 ? `${message.slice(0, 200)}…` : message
  return `${type}: ${text}${cause === null ? '' : ` (from ${cause})`}`
}

function outlineOf(result: LoadResult): string {
  return 'refused' in result ? outlineOfRefusal(result.refused) : 'a value'
}

/** A refusal without what depends on the pickle: numbers and what is quoted. */
function outlineOfRefusal({ class: type, message, cause }: Refusal): string {
  const text = message
    .replace(/(["'`]).*\1/g, '…')
    .replace(/0x[0-9a-f]+|\d+/g, 'n')
    .slice(0, 80)
  return `${type}: ${text}${cause === null ? '' : ` from ${cause}`}`
}
