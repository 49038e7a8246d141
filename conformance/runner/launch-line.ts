import { spawnSync } from 'node:child_process'
import { findExecutable } from './executable.ts'
import type { SubjectCommand } from './subject.ts'

/** By the path of a `setpriv`, whether it can have a process die with the one that started it. */
const canDieTogether = new Map<string, boolean>()

/** `setpriv --pdeathsig` where there is one, so that no subject outlives us, however we end. */
function dyingTogether(cwd: string, path: string): readonly string[] {
  const setpriv = findExecutable('setpriv', cwd, path)
  if (setpriv === undefined) return []
  const line = ['--pdeathsig', 'KILL']
  let can = canDieTogether.get(setpriv)
  if (can === undefined) {
    can = spawnSync(setpriv, [...line, 'true'], { stdio: 'ignore' }).status === 0
    canDieTogether.set(setpriv, can)
  }
  return can ? [setpriv, ...line] : []
}

/** The limits of the system, where there is a `prlimit` to set them. */
function limiting({ cwd, limits }: SubjectCommand, path: string): readonly string[] {
  const { addressMiB, dataMiB } = limits
  const given = [
    ...(dataMiB === null ? [] : [`--data=${dataMiB * 1024 * 1024}`]),
    ...(addressMiB === null ? [] : [`--as=${addressMiB * 1024 * 1024}`]),
  ]
  const prlimit = given.length === 0 ? undefined : findExecutable('prlimit', cwd, path)
  return prlimit === undefined ? [] : [prlimit, ...given]
}

/**
 * The command of a subject as it is started, on Linux behind the programs that bound it; undefined when
 * there is no such program.
 *
 * @param path where programs are looked for, as PATH has it
 */
export function launchLine(subject: SubjectCommand, path: string): readonly string[] | undefined {
  const [program, ...rest] = subject.command
  if (program === undefined) return undefined
  const found = findExecutable(program, subject.cwd, path)
  if (found === undefined) return undefined
  if (process.platform !== 'linux') return [found, ...rest]
  return [...dyingTogether(subject.cwd, path), ...limiting(subject, path), found, ...rest]
}
