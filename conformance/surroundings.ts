import { readFileSync } from 'node:fs'
import { arch, cpus, platform } from 'node:os'
import { resolve } from 'node:path'
import type { Io } from '../reports/command.ts'
import type { Machine } from '../reports/index.ts'
import { packageFile, packageRoot } from './package-root.ts'

/** The machine that records say they were made on. */
export function machine(): Machine {
  const cores = cpus()
  return {
    cores: cores.length,
    cpu: cores[0]?.model.trim() ?? 'unknown',
    os: `${platform()} ${arch()}`,
    node: process.versions.node,
  }
}

/** The version of this package. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'))
  const isNamed = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return isNamed ? String(manifest.version) : 'unknown'
}

/** Where a command leaves its files: the folder it is told, else one by where it was started. */
export function outFolder(io: Pick<Io, 'cwd'>, out: string | undefined): string {
  if (out !== undefined) return resolve(io.cwd, out)
  return resolve(io.cwd) === packageRoot
    ? packageFile('reports', 'out')
    : resolve(io.cwd, 'picklespec-out')
}
