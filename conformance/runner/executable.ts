import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/**
 * The absolute path of a program, looked up as a shell does: with a slash from `cwd`, else in the
 * folders of `path`. Undefined when there is none that may be executed.
 */
export function findExecutable(program: string, cwd: string, path: string): string | undefined {
  if (isAbsolute(program)) return isExecutable(program) ? program : undefined
  if (program.includes('/')) {
    const there = resolve(cwd, program)
    return isExecutable(there) ? there : undefined
  }
  const suffixes = process.platform === 'win32' ? ['', '.exe', '.cmd'] : ['']
  for (const folder of path.split(delimiter)) {
    for (const suffix of suffixes) {
      const there = resolve(cwd, join(folder, `${program}${suffix}`))
      if (isExecutable(there)) return there
    }
  }
  return undefined
}
