import { findExecutable } from '../runner/executable.ts'
import { defaultLimits, type SubjectCommand } from '../runner/subject.ts'
import { splitWords, WordsError } from '../runner/words.ts'
import type { KnownSubject } from './registry.ts'

/** A subject to ask, with the folder of its adapter where it has one of ours. */
export type ChosenSubject = {
  readonly subject: SubjectCommand
  readonly folder: string | undefined
}

/** Who is asked, and who would be but is not here. */
export type Chosen = {
  readonly ready: readonly ChosenSubject[]
  readonly absent: readonly { readonly id: string; readonly reason: string }[]
}

/** The user named a subject that is none. */
export class SubjectError extends Error {
  override readonly name = 'SubjectError'
}

/** CPython before it is out: asked and timed when somebody names it. */
export const inAdvance = 'cpython-3.15-embedded'

const isOfDefault = ({ id }: KnownSubject): boolean =>
  /^(reference$|cpython|pypy)/.test(id) && id !== inAdvance

/** The known subjects that a name stands for: one by its id, a family by how their ids begin. */
function named(known: readonly KnownSubject[], name: string): readonly KnownSubject[] {
  if (name === 'all') return known
  const exact = known.filter(({ id }) => id === name)
  if (exact.length > 0) return exact
  return known.filter(({ id }) => id.startsWith(`${name}-`) || id.startsWith(`${name}.`))
}

function program(
  name: string,
  known: readonly KnownSubject[],
  cwd: string,
  path: string,
): SubjectCommand {
  let command: string[]
  try {
    command = splitWords(name)
  } catch (error) {
    if (!(error instanceof WordsError)) throw error
    throw new SubjectError(`the subject ${JSON.stringify(name)}: ${error.message}`)
  }
  const [first] = command
  if (first === undefined || findExecutable(first, cwd, path) === undefined) {
    const ids = known.map(({ id }) => id).join(', ')
    throw new SubjectError(
      `${JSON.stringify(name)} is no subject and no program; subjects are ${ids}, all`,
    )
  }
  return { id: name, command, env: {}, cwd, limits: defaultLimits }
}

/** Whether a name cannot be an id, so that it stands for a program: `./adapter`, `node adapter.mjs`. */
export function isCommandLine(name: string): boolean {
  return /[\s/]/.test(name)
}

/**
 * The subjects that a user names, each once: an id, the beginning of ids (`cpython-3.13`), `all`, or
 * the command line of any program that speaks the protocol. Without names: the reference and every
 * Python that is out.
 *
 * @throws {SubjectError} for a name that is none of these
 */
export function chooseSubjects(
  names: readonly string[],
  known: readonly KnownSubject[],
  world: { readonly cwd: string; readonly path: string },
): Chosen {
  const ready = new Map<string, ChosenSubject>()
  const absent = new Map<string, string>()
  const add = (one: KnownSubject): void => {
    if (one.status === 'absent') absent.set(one.id, one.reason)
    else ready.set(one.id, { subject: one.subject, folder: one.folder })
  }
  if (names.length === 0) for (const one of known.filter(isOfDefault)) add(one)
  for (const name of names) {
    const found = isCommandLine(name) ? [] : named(known, name)
    for (const one of found) add(one)
    if (found.length > 0) continue
    const subject = program(name, known, world.cwd, world.path)
    ready.set(subject.id, { subject, folder: undefined })
  }
  return {
    ready: [...ready.values()],
    absent: [...absent].map(([id, reason]) => ({ id, reason })),
  }
}
