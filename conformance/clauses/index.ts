import { atomsClauses } from './atoms.ts'
import { batchingClauses } from './batching.ts'
import type { Clause } from './clause.ts'
import { copyregClauses } from './copyreg.ts'
import { dispatchTableClauses } from './dispatch-table.ts'
import { documentationClauses } from './documentation.ts'
import { errorsClauses } from './errors.ts'
import { extensionsClauses } from './extensions.ts'
import { fastClauses } from './fast.ts'
import { framingClauses } from './framing.ts'
import { globalsClauses } from './globals.ts'
import { limitsClauses } from './limits.ts'
import { memoClauses } from './memo.ts'
import { messagesClauses } from './messages.ts'
import { modelClauses } from './model.ts'
import { opcodesClauses } from './opcodes.ts'
import { outOfBandClauses } from './out-of-band.ts'
import { persistentIdClauses } from './persistent-id.ts'
import { protocolClauses } from './protocol.ts'
import { reduceClauses } from './reduce.ts'
import { reducerOverrideClauses } from './reducer-override.ts'
import { saveClauses } from './save.ts'
import { toolsClauses } from './tools.ts'
import { unpicklerClauses } from './unpickler.ts'

export type { Clause } from './clause.ts'

/** Every rule of the protocol, chapter by chapter. */
export const clauses: readonly Clause[] = [
  ...documentationClauses,
  ...saveClauses,
  ...persistentIdClauses,
  ...reducerOverrideClauses,
  ...dispatchTableClauses,
  ...copyregClauses,
  ...fastClauses,
  ...reduceClauses,
  ...atomsClauses,
  ...outOfBandClauses,
  ...memoClauses,
  ...framingClauses,
  ...batchingClauses,
  ...limitsClauses,
  ...protocolClauses,
  ...globalsClauses,
  ...extensionsClauses,
  ...errorsClauses,
  ...messagesClauses,
  ...toolsClauses,
  ...unpicklerClauses,
  ...opcodesClauses,
  ...modelClauses,
]

const byId: ReadonlyMap<string, Clause> = new Map(clauses.map((clause) => [clause.id, clause]))

/** The clause with this id (`SAVE-03`), or undefined when there is none. */
export function clauseById(id: string): Clause | undefined {
  return byId.get(id)
}
