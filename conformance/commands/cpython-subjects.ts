import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '../../reports/command.ts'
import { packageFile } from '../package-root.ts'
import { defaultLimits, type SubjectCommand } from '../runner/subject.ts'

export async function cpythonSubjects(io: Io): Promise<readonly SubjectCommand[]> {
  const root = join(io.env['HOME'] ?? '', '.pyenv/versions')
  const adapter = packageFile('conformance/subjects/python/cpython')
  const natives = existsSync(root) ? readdirSync(root).filter((v) => /^3\.([89]|1\d)/.test(v)) : []
  const limits = { ...defaultLimits, dataMiB: null }
  const host = packageFile('dist/conformance/subjects/python/pyodide/host.js')
  return [
    ...natives.map((version) => ({
      id: `cpython-${version}`,
      command: [join(root, version, 'bin/python'), '-X', 'utf8', '-W', 'ignore', '-B', adapter],
      env: { PYTHONHASHSEED: '0' },
      cwd: packageFile('.'),
      limits,
    })),
    ...(existsSync(host) ? embedded : []).map(({ id, runtime }) => ({
      id,
      command: ['node', host, `--runtime=${runtime}`],
      env: {},
      cwd: packageFile('.'),
      limits,
    })),
  ]
}

const embedded = [
  { id: 'cpython-3.14', runtime: 'pyodide' },
  { id: 'cpython-3.15', runtime: 'pyodide-315' },
] as const
