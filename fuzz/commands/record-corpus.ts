import { CouldNotRun, type ExitCode, type Io } from '../../reports/command.ts'
import { readCorpus, writeCorpus } from '../corpus/corpus.ts'
import { readPicked } from '../corpus/picked.ts'
import { type Recording, recordAnswers, recordQuestions } from '../corpus/record.ts'
import { participantsOf } from '../participants.ts'
import type { Participant } from '../session.ts'
import type { FuzzOptions } from './options.ts'

/** Carries out `picklespec fuzz --record`. */
export async function recordCorpus(io: Io, options: FuzzOptions): Promise<ExitCode> {
  const participants = await participantsOf(io, options.subject)
  try {
    return await recordWith(participants, io, options)
  } finally {
    await Promise.all(participants.map(({ started }) => started.seat.conversation.stop()))
  }
}

async function recordWith(
  participants: readonly Participant[],
  io: Io,
  { cases = 3000, picked: isPickedOnly, seed = 1 }: FuzzOptions,
): Promise<ExitCode> {
  const drawn: Recording = isPickedOnly
    ? { entries: readCorpus().filter(({ why }) => why === undefined), left: 0 }
    : await recordAnswers(participants, seed, cases, io.signal)
  const picked = await recordQuestions(participants, readPicked(), io.signal)
  if (io.signal.aborted) throw new CouldNotRun('interrupted')
  const entries = [...drawn.entries, ...picked.entries]
  if (entries.length === 0) throw new CouldNotRun('nothing was recorded')
  writeCorpus(entries)
  const left = drawn.left + picked.left
  io.stdout.write(
    `${entries.length} answers are kept, ${picked.entries.length} of them to picked questions; ${left} are not what the reference says to the letter\n`,
  )
  return 0
}
