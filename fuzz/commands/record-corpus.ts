import { CouldNotRun, type ExitCode, type Io } from '../../reports/command.ts'
import { writeCorpus } from '../corpus/corpus.ts'
import { recordAnswers } from '../corpus/record.ts'
import { chosenSubjects, participantsOf } from '../participants.ts'
import type { FuzzOptions } from './options.ts'

/** Carries out `picklespec fuzz --record`. */
export async function recordCorpus(io: Io, options: FuzzOptions): Promise<ExitCode> {
  const participants = await participantsOf(io, await chosenSubjects(io, options.subject))
  const count = options.cases ?? 3000
  const seed = options.seed ?? 1
  const { entries, left } = await recordAnswers(participants, seed, count, io.signal)
  await Promise.all(participants.map(({ started }) => started.seat.conversation.stop()))
  if (entries.length === 0) throw new CouldNotRun('nothing was recorded')
  writeCorpus(entries)
  io.stdout.write(
    `${entries.length} answers of the seed ${seed} are kept, ${left} are not what the reference says to the letter\n`,
  )
  return 0
}
