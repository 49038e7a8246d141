import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CouldNotRun, captureIo } from '../../reports/command.ts'
import { doctorCommand } from '../commands/doctor.ts'
import { packageFile } from '../package-root.ts'
import { defaultLimits, type SubjectCommand } from '../runner/subject.ts'
import { knownSubjects } from '../subjects/registry.ts'
import { examine } from './examine.ts'
import { mistakes } from './mistakes.ts'

const folder = packageFile('conformance', 'doctor', 'broken')
const broken = readdirSync(folder).filter((name) => name !== 'mannerly.mjs')

/** `wrong-hex.base64.mjs` makes the mistake wrong-hex. */
const mistakeOf = (file: string): string => file.split('.')[0] ?? file

function program(file: string, cwd = folder): SubjectCommand {
  const limits = { ...defaultLimits, startMs: 3000 }
  return { id: file, command: [process.execPath, file], env: {}, cwd, limits }
}

const patienceMs = 2500

async function named(subject: SubjectCommand, patience = patienceMs): Promise<string[]> {
  const { findings } = await examine(subject, { patienceMs: patience })
  return [...new Set(findings.flatMap((one) => (one.status === 'broken' ? [one.mistake] : [])))]
}

test('there is a broken adapter for each mistake that a program can make', () => {
  const made = new Set(broken.map(mistakeOf))

  expect(Object.keys(mistakes).filter((name) => !made.has(name))).toEqual(['cannot-start'])
  expect([...made].filter((name) => !Object.hasOwn(mistakes, name))).toEqual([])
})

describe.concurrent('a broken adapter', () => {
  test.each(broken)('%s has its mistake named, and no other', async (file) => {
    expect(await named(program(file))).toEqual([mistakeOf(file)])
  })

  test('that is not there is said not to be', async () => {
    const subject = { ...program('x'), command: ['./no-such-program'] }

    expect(await named(subject)).toEqual(['cannot-start'])
  })
})

describe('a healthy adapter', () => {
  test.each([
    ['mannerly.mjs', folder],
    ['adapter.mjs', packageFile('conformance', 'templates', 'javascript')],
    ['honest.mjs', packageFile('conformance', 'runner', 'misbehaving')],
  ])('%s is healthy', async (file, cwd) => {
    expect(await named(program(file, cwd))).toEqual([])
  })

  test('the reference and the adapter of each Python here are healthy', async () => {
    const subjects = (await knownSubjects(process.env)).flatMap((one) =>
      one.status === 'ready' && /^(?:reference|cpython-3\.\d+)$/.test(one.id) ? [one.subject] : [],
    )

    expect(subjects.map(({ id }) => id)).toContain('reference')
    for (const subject of [subjects[0], subjects.at(-1)]) {
      if (subject !== undefined) expect(await named(subject, 20_000), subject.id).toEqual([])
    }
  })
})

describe('the command', () => {
  const asked = (subject: string, json: boolean) => ({
    arguments: { subject },
    options: { patience: 3, json },
  })

  test('prints the ladder and ends with 0 for a healthy adapter in a folder', async () => {
    const io = captureIo({ cwd: packageFile('conformance', 'templates'), env: process.env })

    expect(await doctorCommand.run(io, asked('javascript', false))).toBe(0)
    expect(io.out()).toMatch(/^✓ says hello\n/)
    expect(io.out()).toContain('· keeps lone surrogates (load): it does not say')
    expect(io.out()).toMatch(/\nmy-adapter: healthy\n$/)
  })

  test('names the mistake with what shows it, for people and for programs', async () => {
    const command = `${process.execPath} wrong-id.mjs`
    const io = captureIo({ cwd: folder, env: process.env })

    expect(await doctorCommand.run(io, asked(command, false))).toBe(1)
    expect(io.out()).toContain('  wanted  a line {"id":7,"index":0, …}')
    expect(io.out()).toContain('  mistake wrong-id: answers have another id than their request\n')
    expect(io.out()).toContain('  next    Copy "id" from the request; do not count yourself.\n')

    const forPrograms = captureIo({ cwd: folder, env: process.env })
    expect(await doctorCommand.run(forPrograms, asked(command, true))).toBe(1)
    expect(JSON.parse(forPrograms.out())).toMatchObject({
      subject: command,
      healthy: false,
      mistakes: ['wrong-id'],
      findings: expect.arrayContaining([expect.objectContaining({ status: 'broken' })]),
    })
  })

  test('ends with 3 where there is nothing to examine', async () => {
    const io = captureIo({ cwd: folder, env: process.env })

    await expect(doctorCommand.run(io, asked('no-such-subject', false))).rejects.toThrow('no-such')
    const home = mkdtempSync(join(tmpdir(), 'picklespec-doctor-'))
    const template = packageFile('conformance', 'templates', 'javascript', 'subject.json')
    const file: object = JSON.parse(readFileSync(template, 'utf8'))
    writeFileSync(join(home, 'subject.json'), JSON.stringify({ ...file, start: ['no-such-one'] }))
    await expect(doctorCommand.run(io, asked(home, false))).rejects.toThrow(CouldNotRun)
    rmSync(home, { recursive: true })
  })
})
