import {
  found,
  readEach,
  readFields,
  readInteger,
  readText,
  readTuple,
} from '../scenario/json-fields.ts'
import type { Place } from '../scenario/place.ts'
import { at } from '../scenario/place.ts'
import { refuse } from '../scenario/scenario-error.ts'
import type { Assembly } from './case-file.ts'

/** Lines that come once for each int of the range, which stands for their `#` if they have any. */
export type CountedLines = { readonly range: readonly [number, number]; readonly of: Assembly }

const mostLines = 1_000_000

/**
 * The lines of assembly that JSON stands for: texts, and counted lines written out.
 *
 * @param check is called with each text that is written out and its place
 * @throws {ScenarioError} for what is neither, and for more than a million lines
 */
export function readLines(
  json: unknown,
  place: Place,
  check: (line: string, place: Place) => void,
): Assembly {
  let left = mostLines
  return readEach(json, place, 'lines of assembly', (item, here): Assembly => {
    if (typeof item !== 'object' || item === null) {
      const line = readText(item, here, 'a line of assembly or {"range":[a,b],"of":[…]}')
      check(line, here)
      return [line]
    }
    const names = ['range', 'of']
    const fields = readFields(item, here, 'counted lines', names, names)
    const inside = at(here, 'of')
    const of = readEach(fields['of'], inside, 'lines of assembly', (line, one) =>
      readText(line, one, 'a line of assembly'),
    )
    const [from, before] = readRange(fields['range'], at(here, 'range'))
    left -= (before - from) * of.length
    if (left < 0) refuse(here, `found more lines than ${mostLines}, wanted at most as many`)
    const written: string[] = []
    for (let n = from; n < before; n += 1) {
      for (const [index, line] of of.entries()) {
        const text = line.replaceAll('#', String(n))
        if (n === from || text !== line) check(text, at(inside, index))
        written.push(text)
      }
    }
    return written
  }).flat()
}

function readRange(json: unknown, place: Place): readonly [number, number] {
  const [from, before] = readTuple(json, place, 'two ints, the first and the one after the last', 2)
  const range: readonly [number, number] = [
    readInteger(from, at(place, 0), 0, mostLines),
    readInteger(before, at(place, 1), 0, mostLines),
  ]
  if (range[0] >= range[1]) {
    refuse(at(place, 1), `${found(before)}, wanted a range of ints that ascend`)
  }
  return range
}

/** Fewer rounds than this are written out. */
const fewestRounds = 16
const longestRound = 4
const argument = /^([A-Z0-9_]+ )(\d+)$/

type Pattern = { readonly of: readonly string[]; readonly from: number }

/** The lines, with `#` where those of the next round have the next int; undefined if they differ. */
function patternOf(lines: Assembly, start: number, length: number): Pattern | undefined {
  const of: string[] = []
  let from: number | undefined
  for (let index = start; index < start + length; index += 1) {
    const line = lines[index]
    const next = lines[index + length]
    if (line === undefined || next === undefined || line.includes('#')) return undefined
    if (line === next) {
      of.push(line)
      continue
    }
    const [, name = '', value = ''] = argument.exec(line) ?? []
    const isCounted = name !== '' && next === `${name}${Number(value) + 1}`
    if (!isCounted || (from !== undefined && from !== Number(value))) return undefined
    from = Number(value)
    of.push(`${name}#`)
  }
  return { of, from: from ?? 0 }
}

function roundsOf({ of, from }: Pattern, lines: Assembly, start: number): number {
  let count = 0
  const isRound = (line: string, index: number): boolean =>
    lines[start + count * of.length + index] === line.replaceAll('#', String(from + count))
  while (of.every(isRound)) count += 1
  return count
}

/**
 * Lines that come again and again, of up to four a round, in which ints may be counted up, folded so
 * that people can read them; `readLines` gives the lines back.
 */
export function foldLines(lines: Assembly): readonly (string | CountedLines)[] {
  const folded: (string | CountedLines)[] = []
  for (let start = 0; start < lines.length; ) {
    let taken = 0
    for (let length = 1; length <= longestRound && taken === 0; length += 1) {
      const pattern = patternOf(lines, start, length)
      const rounds = pattern === undefined ? 0 : roundsOf(pattern, lines, start)
      if (pattern === undefined || rounds < fewestRounds) continue
      folded.push({ range: [pattern.from, pattern.from + rounds], of: pattern.of })
      taken = rounds * length
    }
    if (taken === 0) folded.push(lines[start] ?? '')
    start += Math.max(taken, 1)
  }
  return folded
}
