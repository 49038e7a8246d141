import { expect, test } from 'vitest'
import { hexOfBytes } from '../../reference/index.ts'
import { boundsOf } from '../damage/instruction-bounds.ts'
import { follow, minimize } from '../minimize.ts'
import { pickleAt } from './load-case.ts'
import { assemblyOf } from './load-finding.ts'
import { smallerPickles } from './smaller-pickle.ts'

const has = (hex: string, opcode: string): boolean =>
  boundsOf(Buffer.from(hex, 'hex')).some((bounds) => bounds.opcode === opcode)

test('what is smaller is shorter, or comes earlier among those of its length; no two are the same', () => {
  for (let index = 0; index < 20; index += 1) {
    const hex = hexOfBytes(pickleAt({ seed: 3, index }).pickle)
    const all = [...smallerPickles(hex)]

    expect(all.every((one) => one.length < hex.length || one < hex)).toBe(true)
    expect(new Set(all).size).toBe(all.length)
  }
})

test('what is left of a pickle is what it takes, and the path leads to it again', async () => {
  const index = Array.from({ length: 500 }, (_, at) => at).find((at) =>
    has(hexOfBytes(pickleAt({ seed: 4, index: at }).pickle), 'BINUNICODE8'),
  )
  const whole = hexOfBytes(pickleAt({ seed: 4, index: index ?? 0 }).pickle)

  const minimal = await minimize(
    whole,
    smallerPickles,
    async (one) => has(one, 'BINUNICODE8'),
    60_000,
  )

  expect(assemblyOf(minimal?.least ?? '').filter((line) => !line.startsWith('('))).toEqual([
    'BINUNICODE8 ""',
  ])
  expect(follow(whole, smallerPickles, minimal?.path ?? '')).toBe(minimal?.least)
})
