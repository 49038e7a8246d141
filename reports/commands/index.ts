import type { Command } from '../command.ts'
import { compare } from './compare.ts'
import { report } from './report.ts'

/** What the command line may run of this part. */
export const commands: readonly Command[] = [report, compare]
