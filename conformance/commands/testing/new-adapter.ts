import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { captureIo } from '../../../reports/command.ts'
import { findExecutable } from '../../runner/executable.ts'
import { parseSubjectFileText } from '../../subjects/subject-file.ts'
import { doctorCommand } from '../doctor.ts'
import { newAdapterCommand } from '../new-adapter.ts'

/** Those of the languages whose tools are found here; the others are told. */
export function withTools(languages: readonly (readonly [string, string])[]): string[] {
  return languages.flatMap(([language, tool]) => {
    const isHere = findExecutable(tool, '/', process.env['PATH'] ?? '') !== undefined
    if (!isHere)
      process.stdout.write(`there is no ${tool}: the template of ${language} is not built\n`)
    return isHere ? [language] : []
  })
}

/** Writes the template, builds it as it says, and gives what the doctor says of it. */
export async function examined(
  language: string,
): Promise<{ readonly code: number; readonly said: unknown }> {
  const cwd = mkdtempSync(join(tmpdir(), 'picklespec-adapter-'))
  try {
    const io = captureIo({ cwd, env: process.env })
    const folder = `${language}-codec`
    await newAdapterCommand.run(io, { arguments: { language, folder }, options: {} })
    const file = parseSubjectFileText(readFileSync(join(cwd, folder, 'subject.json'), 'utf8'))
    if (typeof file.install !== 'string') {
      const [program = '', ...rest] = file.install
      execFileSync(program, rest, { cwd: join(cwd, folder), stdio: 'pipe' })
    }
    const examining = captureIo({ cwd, env: process.env })
    const code = await doctorCommand.run(examining, {
      arguments: { subject: folder },
      options: { patience: 10, json: true },
    })
    return { code, said: JSON.parse(examining.out()) }
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}
