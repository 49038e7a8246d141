import { compareInstructions, hexOfBytes } from '../../reference/index.ts'
import type { Verdict } from '../../reports/index.ts'
import { canonical } from './canonical.ts'

const shownBytes = 16

/** The first place where two lists part; undefined when they are equal. */
export function firstDifference<T>(expected: ArrayLike<T>, seen: ArrayLike<T>): number | undefined {
  const shorter = Math.min(expected.length, seen.length)
  for (let at = 0; at < shorter; at += 1) if (expected[at] !== seen[at]) return at
  return expected.length === seen.length ? undefined : shorter
}

function hexFrom(bytes: Uint8Array, at: number): string | null {
  if (at >= bytes.length) return null
  const hex = hexOfBytes(bytes.subarray(at, at + shownBytes))
  return bytes.length > at + shownBytes ? `${hex}…` : hex
}

/** The texts of the instructions of a pickle, up to what cannot be read. */
export function instructionTexts(pickle: Uint8Array): string[] {
  return compareInstructions(pickle, pickle).pairs.flatMap(({ left }) => left?.text ?? [])
}

const cut = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}…` : text)

/** Passes when the pickle is the expected one, byte for byte. */
export function exactBytes(expected: Uint8Array, seen: Uint8Array, step: number): Verdict {
  const at = firstDifference(expected, seen)
  if (at === undefined) return { kind: 'passed' }
  const { pairs, firstDifference: instruction = 0 } = compareInstructions(expected, seen)
  const { left, right } = pairs[instruction] ?? {}
  const wanted = left === undefined ? 'the end' : cut(left.text)
  const found = right === undefined ? 'the end' : cut(right.text)
  return {
    kind: 'failed',
    because: `the pickles part at byte ${at}, in instruction ${instruction}: found ${found}, wanted ${wanted}`,
    difference: {
      kind: 'byte',
      step,
      at,
      expected: hexFrom(expected, at),
      seen: hexFrom(seen, at),
      instruction,
    },
  }
}

/** Passes when both pickles are the same instructions in canonical form. */
export function sameInstructions(expected: Uint8Array, seen: Uint8Array, step: number): Verdict {
  const wanted = canonical(instructionTexts(expected))
  const found = canonical(instructionTexts(seen))
  const at = firstDifference(wanted, found)
  if (at === undefined) return { kind: 'passed' }
  const wantedLine = wanted[at] ?? null
  const foundLine = found[at] ?? null
  return {
    kind: 'failed',
    because: `the pickles part at instruction ${at} of their canonical form: found ${cut(foundLine ?? 'the end')}, wanted ${cut(wantedLine ?? 'the end')}`,
    difference: { kind: 'instruction', step, at, expected: wantedLine, seen: foundLine },
  }
}
