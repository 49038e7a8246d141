import {
  type Chosen,
  chooseSubjects,
  knownSubjects,
  type SubjectCommand,
  SubjectError,
  startSubject,
} from '../conformance/index.ts'
import { CouldNotRun, type Io, WrongUsage } from '../reports/command.ts'
import { followingEngines } from './engine.ts'
import type { Participant } from './session.ts'

/**
 * The subjects that a user names, every Python when there are none: those that the reference can be
 * compared with. The reference itself is not asked, since it is what the others are held against.
 *
 * @throws {WrongUsage} for a name that is none
 * @throws {CouldNotRun} when nobody is there
 */
export async function chosenSubjects(
  io: Io,
  names: readonly string[],
): Promise<readonly SubjectCommand[]> {
  let chosen: Chosen
  try {
    const known = await knownSubjects(io.env)
    chosen = chooseSubjects(names, known, { cwd: io.cwd, path: io.env['PATH'] ?? '' })
  } catch (error) {
    if (error instanceof SubjectError) throw new WrongUsage(error.message)
    throw error
  }
  const subjects = chosen.ready.flatMap(({ subject }) =>
    subject.id === 'reference' ? [] : [subject],
  )
  if (subjects.length === 0) {
    const absent = chosen.absent.map(({ id, reason }) => `${id}: ${reason}`).join('; ')
    throw new CouldNotRun(`there is no subject to ask${absent === '' ? '' : `: ${absent}`}`)
  }
  return subjects
}

/**
 * Starts the subjects, saying on standard error who cannot take part.
 *
 * @throws {CouldNotRun} when none can
 */
export async function participantsOf(
  io: Io,
  subjects: readonly SubjectCommand[],
): Promise<readonly Participant[]> {
  const participants: Participant[] = []
  for (const subject of subjects) {
    const started = await startSubject(subject, io.signal)
    if (!('hello' in started)) {
      const why = 'message' in started ? started.message : started.kind
      io.stderr.write(`${subject.id} cannot be asked: ${why}\n`)
    } else if (followingEngines(started.hello).length === 0) {
      io.stderr.write(`${subject.id} cannot be compared: it follows no profile of the reference\n`)
      await started.seat.conversation.stop()
    } else participants.push({ subject, started })
  }
  if (participants.length === 0) throw new CouldNotRun('no subject can be asked')
  return participants
}
