import { resolve } from 'node:path'
import { CouldNotRun, type Io, WrongUsage } from '../../reports/command.ts'
import {
  type Chosen,
  chooseSubjects,
  isCommandLine,
  SubjectError,
} from '../subjects/choose-subjects.ts'
import { knownSubjects, subjectInFolder } from '../subjects/registry.ts'
import { SubjectFileError } from '../subjects/subject-file.ts'

function inFolder(io: Io, name: string): ReturnType<typeof subjectInFolder> {
  try {
    return subjectInFolder(resolve(io.cwd, name), io.env)
  } catch (error) {
    if (!(error instanceof SubjectFileError)) throw error
    throw new CouldNotRun(`${name}/subject.json: ${error.place}: ${error.message}`, {
      cause: error,
    })
  }
}

/**
 * The subjects that a user names: a folder with a subject.json, or what {@link chooseSubjects} knows.
 *
 * @throws {WrongUsage} for a name that is none
 * @throws {CouldNotRun} for a folder whose subject.json is none
 */
export async function chosenSubjects(io: Io, names: readonly string[]): Promise<Chosen> {
  const folders = names.flatMap((name) => inFolder(io, name) ?? [])
  const others = names.filter((name) => inFolder(io, name) === undefined)
  const own: Chosen = {
    ready: folders.flatMap((one) =>
      one.status === 'ready' ? [{ subject: one.subject, folder: one.folder }] : [],
    ),
    absent: folders.flatMap((one) =>
      one.status === 'absent' ? [{ id: one.id, reason: one.reason }] : [],
    ),
  }
  if (names.length > 0 && others.length === 0) return own
  try {
    // Looking for interpreters takes a while; a command line needs none of them.
    const isKnown = others.length === 0 || !others.every(isCommandLine)
    const known = isKnown ? await knownSubjects(io.env) : []
    const chosen = chooseSubjects(others, known, { cwd: io.cwd, path: io.env['PATH'] ?? '' })
    return { ready: [...own.ready, ...chosen.ready], absent: [...own.absent, ...chosen.absent] }
  } catch (error) {
    if (error instanceof SubjectError) throw new WrongUsage(error.message)
    throw error
  }
}
