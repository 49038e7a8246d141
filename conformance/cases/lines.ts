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

/** Lines that come `repeat` times, or once for each int of the range, which stands for their `#`. */
export type FoldedLines =
  | { readonly repeat: number; readonly of: Assembly }
  | { readonly range: readonly [number, number]; readonly of: Assembly }

const mostLines = 1_000_000
const wanted = 'a line of assembly, {"repeat":n,"of":[…]} or {"range":[a,b],"of":[…]}'

/**
 * The lines of assembly that JSON stands for: texts, and folded lines written out.
 *
 * @param check is called with each text and its place, at most once for one place and text
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
      const line = readText(item, here, wanted)
      check(line, here)
      return [line]
    }
    const name = 'repeat' in item ? 'repeat' : 'range'
    const fields = readFields(item, here, 'folded lines', [name, 'of'], [name, 'of'])
    const inside = at(here, 'of')
    const of = readEach(fields['of'], inside, 'lines of assembly', (line, one) =>
      readText(line, one, 'a line of assembly'),
    )
    const [from, before] =
      name === 'repeat'
        ? [0, readInteger(fields[name], at(here, name), 1, mostLines)]
        : readRange(fields[name], at(here, name))
    left -= (before - from) * of.length
    if (left < 0)
      refuse(
        here,
        `found more lines than ${mostLines}, wanted fewer: a pickle of one expectation that long is none to read`,
      )
    const written: string[] = []
    for (let n = from; n < before; n += 1) {
      for (const [index, line] of of.entries()) {
        const text = name === 'repeat' ? line : line.replaceAll('#', String(n))
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

/** Fewer repetitions than this are written out. */
const fewestFolded = 16
const longestPattern = 4
const argument = /^([A-Z0-9_]+ )(\d+)$/

const hasNoSign = (line: string): boolean => !line.includes('#')

/** The pattern with `#` where the lines of the next round have the next int, or undefined. */
function patternOf(
  lines: Assembly,
  start: number,
  length: number,
): { readonly of: string[]; readonly from: number | undefined } | undefined {
  const of: string[] = []
  let from: number | undefined
  for (let index = start; index < start + length; index += 1) {
    const line = lines[index]
    const next = lines[index + length]
    if (line === undefined || next === undefined) return undefined
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
  const isClear = from === undefined || lines.slice(start, start + length).every(hasNoSign)
  return isClear ? { of, from } : undefined
}

function rounds(lines: Assembly, start: number, of: Assembly, from: number | undefined): number {
  let count = 0
  const isRound = (round: number): boolean =>
    of.every((line, index) => {
      const text = from === undefined ? line : line.replaceAll('#', String(from + round))
      return lines[start + round * of.length + index] === text
    })
  while (isRound(count)) count += 1
  return count
}

/**
 * Lines with long repetitions folded, so that people can read them; `readLines` gives the lines back.
 */
export function foldLines(lines: Assembly): readonly (string | FoldedLines)[] {
  const folded: (string | FoldedLines)[] = []
  for (let start = 0; start < lines.length; ) {
    const [line = ''] = lines.slice(start, start + 1)
    let taken = 0
    for (let length = 1; length <= longestPattern && taken === 0; length += 1) {
      const pattern = patternOf(lines, start, length)
      if (pattern === undefined) continue
      const { of, from } = pattern
      const count = rounds(lines, start, of, from)
      if (count < fewestFolded) continue
      folded.push(from === undefined ? { repeat: count, of } : { range: [from, from + count], of })
      taken = count * length
    }
    if (taken === 0) folded.push(line)
    start += Math.max(taken, 1)
  }
  return folded
}
