import { WrongUsage } from '../../reports/command.ts'
import type { Range } from '../questions.ts'

export type FuzzOptions = {
  readonly target: string | undefined
  readonly subject: readonly string[]
  readonly time: string | undefined
  readonly cases: number | undefined
  readonly checks: number | undefined
  readonly seed: number | undefined
  readonly shard: string | undefined
  readonly replay: string | undefined
  readonly thorough: boolean
  readonly save: boolean
  readonly record: boolean
  readonly picked: boolean
  readonly out: string | undefined
  readonly json: boolean
}

const units = { s: 1000, m: 60_000, h: 3_600_000 } as const

const usualTime = '60s'

/**
 * The budget in milliseconds; undefined when only the number of cases or checks ends the session.
 *
 * @throws {WrongUsage} for a text that is no time
 */
export function timeOf({
  time,
  cases,
  checks,
}: Pick<FuzzOptions, 'time' | 'cases' | 'checks'>): number | undefined {
  if (time === undefined && (cases ?? checks) !== undefined) return undefined
  const text = time ?? usualTime
  const [, digits, unit = 's'] = /^(\d{1,7})([smh]?)$/.exec(text) ?? []
  const factor = Object.entries(units).find(([name]) => name === (unit || 's'))?.[1]
  if (digits === undefined || factor === undefined || Number(digits) === 0) {
    throw new WrongUsage(
      `found the time ${JSON.stringify(text)}, wanted one such as 90s, 10m or 2h`,
    )
  }
  return Number(digits) * factor
}

/**
 * Which part of the cases is asked; without one, all.
 *
 * @throws {WrongUsage} for a text that names no part
 */
export function shardOf(text: string | undefined): Range['shard'] {
  if (text === undefined) return { index: 0, of: 1 }
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []
  const shard = { index: Number(index) - 1, of: Number(of) }
  if (!(shard.index >= 0 && shard.index < shard.of)) {
    throw new WrongUsage(`found the shard ${JSON.stringify(text)}, wanted one such as 1/4`)
  }
  return shard
}
