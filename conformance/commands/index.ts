import type { Command } from '../../reports/command.ts'
import { assembleCommand } from './assemble.ts'
import { clausesCommand } from './clauses.ts'
import { disCommand } from './dis.ts'
import { doctorCommand } from './doctor.ts'
import { dumpCommand } from './dump.ts'
import { explainCommand } from './explain.ts'
import { exportCommand } from './export.ts'
import { interopCommand } from './interop.ts'
import { profilesCommand } from './list-profiles.ts'
import { loadCommand } from './load.ts'
import { newAdapterCommand } from './new-adapter.ts'
import { optimizeCommand } from './optimize.ts'
import { proposeCommand } from './propose.ts'
import { repickleCommand } from './repickle.ts'
import { runCommand } from './run.ts'
import { subjectsCommand } from './subjects.ts'

/** What the command line may run of this part. */
export const commands: readonly Command[] = [
  runCommand,
  subjectsCommand,
  doctorCommand,
  newAdapterCommand,
  interopCommand,
  profilesCommand,
  explainCommand,
  clausesCommand,
  dumpCommand,
  loadCommand,
  repickleCommand,
  disCommand,
  optimizeCommand,
  assembleCommand,
  proposeCommand,
  exportCommand,
]
