import type { Command } from '../../reports/command.ts'
import { fuzzCommand } from './fuzz.ts'
import { mutantsCommand } from './mutants.ts'

/** What the command line may run of this part. */
export const commands: readonly Command[] = [fuzzCommand, mutantsCommand]
