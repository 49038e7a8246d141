import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { packageFile } from '../package-root.ts'

const isSource = (path: string): boolean =>
  /\.[jt]s$/.test(path) && !/\.test\.|\.d\.ts$|(^|\/)fixtures\//.test(path)

/**
 * Where the reference names the clauses that it carries out, such as `reference/pickler/memoize.ts:12`:
 * in its sources, or where there are none, in what is built of them.
 */
export function codeCitations(): ReadonlyMap<string, readonly string[]> {
  const folder = existsSync(packageFile('reference', 'index.ts')) ? 'reference' : 'dist/reference'
  const places = new Map<string, string[]>()
  const paths = readdirSync(packageFile(folder), { encoding: 'utf8', recursive: true })
  for (const path of paths.filter(isSource).sort()) {
    const lines = readFileSync(packageFile(folder, path), 'utf8').split('\n')
    for (const [at, line] of lines.entries()) {
      for (const [id] of line.matchAll(/\b[A-Z]+(?:-[A-Z]+)?-[A-Z0-9_]+\b/g)) {
        const known = places.get(id)
        const place = `${folder}/${path}:${at + 1}`
        if (known === undefined) places.set(id, [place])
        else if (known.at(-1) !== place) known.push(place)
      }
    }
  }
  return places
}
