import {
  type Chosen,
  chooseSubjects,
  type Hello,
  knownSubjects,
  type SubjectCommand,
  SubjectError,
  startSubject,
} from '../conformance/index.ts'
import { CouldNotRun, type Io, WrongUsage } from '../reports/command.ts'
import { followingEngines, isInexact } from './engine.ts'
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
 * Whether a subject is asked that was not named: not one of which is known that its profile is not
 * exact, which is said on standard error.
 */
export function isAskedUnnamed(io: Io, { id }: SubjectCommand, hello: Hello): boolean {
  if (!isInexact(hello)) return true
  const profiles = followingEngines(hello).map(({ follows }) => follows)
  io.stderr.write(
    `${id} is not asked: the profile ${profiles.join(', ')} is not exact; --subject ${id} asks it\n`,
  )
  return false
}

/**
 * Starts the subjects that a user named, or every Python, saying on standard error who cannot take
 * part, and who does not unless it is named.
 *
 * @throws {WrongUsage} for a name that is none
 * @throws {CouldNotRun} when nobody can take part
 */
export async function participantsOf(
  io: Io,
  names: readonly string[],
): Promise<readonly Participant[]> {
  const subjects = await chosenSubjects(io, names)
  const participants: Participant[] = []
  for (const subject of subjects) {
    const started = await startSubject(subject, io.signal)
    if (!('hello' in started)) {
      const why = 'message' in started ? started.message : started.kind
      io.stderr.write(`${subject.id} cannot be asked: ${why}\n`)
    } else if (followingEngines(started.hello).length === 0) {
      io.stderr.write(`${subject.id} cannot be compared: it follows no profile of the reference\n`)
      await started.seat.conversation.stop()
    } else if (names.length === 0 && !isAskedUnnamed(io, subject, started.hello)) {
      await started.seat.conversation.stop()
    } else participants.push({ subject, started })
  }
  if (participants.length === 0) throw new CouldNotRun('no subject can be asked')
  return participants
}
