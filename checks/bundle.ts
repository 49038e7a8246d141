import { join } from 'node:path'
import { rolldown } from 'rolldown'

const root = join(import.meta.dirname, '..')

export type Bundle = {
  readonly code: string
  /** What it would have to get from elsewhere. */
  readonly imports: readonly string[]
}

/**
 * A module with all that it imports as one classic script for the browser; what it exports is called
 * by the name.
 *
 * @throws {Error} when one script does not do
 */
export async function bundle(entry: string, name?: string): Promise<Bundle> {
  const build = await rolldown({
    cwd: root,
    input: entry,
    platform: 'browser',
    // What the browser has not is told by `imports`.
    onLog: () => {},
  })
  try {
    const { output } = await build.generate({
      format: 'iife',
      comments: false,
      minify: false,
      ...(name !== undefined && { name }),
    })
    const [{ code, imports, dynamicImports }, ...others] = output
    if (others.length > 0) throw new Error(`${entry} needs ${others.length} more scripts`)
    return { code, imports: [...imports, ...dynamicImports] }
  } finally {
    await build.close()
  }
}
