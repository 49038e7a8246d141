import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * The folder that holds package.json, as an absolute path: the same when this file runs from its
 * source and from `dist`. Cases, schemas and adapters keep their place relative to it and are
 * read from there, never from `dist`.
 */
export const packageRoot: string = dirname(
  createRequire(import.meta.url).resolve('picklespec/package.json'),
)

/** The absolute path of a file of the package: `packageFile('conformance', 'cases')`. */
export function packageFile(...segments: readonly string[]): string {
  return join(packageRoot, ...segments)
}
