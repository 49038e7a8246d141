import type { Io } from '../../reports/command.ts'
import { type Ledger, renamedTo } from '../releases/index.ts'

/** What an id is called today; a person who gave an old name is told on standard error. */
export function nameOfToday(io: Pick<Io, 'stderr'>, ledger: Ledger, id: string): string {
  const renamed = renamedTo(ledger, id)
  if (renamed === undefined) return id
  io.stderr.write(`${id} is called ${renamed.to} since ${renamed.since}\n`)
  return renamed.to
}
