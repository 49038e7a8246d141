import type { Command } from '../command.ts'

/** What the command line may run of this part. */
export const commands: readonly Command[] = []
