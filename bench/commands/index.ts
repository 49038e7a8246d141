import type { Command } from '../../reports/command.ts'
import { benchCommand } from './bench.ts'

/** What the command line may run of this part. */
export const commands: readonly Command[] = [benchCommand]
