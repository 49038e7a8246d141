import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packageFile } from '../package-root.ts'
import { knownSubjects, subjectInFolder } from './registry.ts'
import { SubjectFileError } from './subject-file.ts'

const root = mkdtempSync(join(tmpdir(), 'subjects-'))
afterAll(() => rmSync(root, { recursive: true }))

const env = { PATH: join(root, 'no-such-folder'), HOME: root }

function write(name: string, file: object): string {
  const folder = join(root, name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'subject.json'), JSON.stringify(file))
  return folder
}

const file = {
  id: 'one',
  title: 'The first',
  language: 'JavaScript',
  homepage: 'https://example.org/',
  issues: 'https://example.org/issues',
  install: ['npm', 'ci'],
  start: ['{node}', '{folder}/adapter.mjs'],
  env: { MODE: 'test' },
  limits: { memoryMiB: 100, secondsPerScenario: 2, startSeconds: 3, lineMiB: 4 },
  engines: ['only'],
}

test('every folder with a subject.json is a subject, ready or absent with its reason', async () => {
  const folder = write('javascript/one', file)
  writeFileSync(join(folder, 'adapter.mjs'), '')
  write('javascript/two', {
    ...file,
    id: 'reference',
    title: 'The second',
    start: ['no-such-program'],
  })
  const third = write('rust/three', {
    ...file,
    id: 'a-third',
    install: 'Ask somebody',
    start: ['{node}', packageFile('no-such-file')],
  })
  mkdirSync(join(root, 'rust/empty'))

  expect(await knownSubjects(env, root)).toEqual([
    {
      id: 'reference',
      title: 'The second',
      folder: join(root, 'javascript/two'),
      status: 'absent',
      reason: 'there is no no-such-program; run: npm ci',
    },
    {
      id: 'a-third',
      title: 'The first',
      folder: third,
      status: 'absent',
      reason: 'there is no no-such-file yet; Ask somebody',
    },
    {
      id: 'one',
      title: 'The first',
      folder,
      status: 'ready',
      subject: {
        id: 'one',
        command: [process.execPath, join(folder, 'adapter.mjs')],
        env: { MODE: 'test' },
        cwd: folder,
        limits: {
          startMs: 3000,
          scenarioMs: 2000,
          memoryMiB: 100,
          lineBytes: 4 * 1024 * 1024,
          dataMiB: 150,
          addressMiB: null,
        },
      },
    },
  ])
})

test('a subject that needs a package which is not installed is absent', async () => {
  const needy = join(root, 'needy')
  for (const [name, needs] of [
    ['here', ['vitest']],
    ['not-here', ['vitest', 'no-such-package']],
  ] as const) {
    mkdirSync(join(needy, 'javascript', name), { recursive: true })
    writeFileSync(
      join(needy, 'javascript', name, 'subject.json'),
      JSON.stringify({ ...file, id: name, install: 'run npm ci in a checkout', needs }),
    )
    writeFileSync(join(needy, 'javascript', name, 'adapter.mjs'), '')
  }

  expect(await knownSubjects(env, needy)).toEqual([
    expect.objectContaining({ id: 'here', status: 'ready' }),
    expect.objectContaining({
      id: 'not-here',
      status: 'absent',
      reason: 'there is no package no-such-package; run npm ci in a checkout',
    }),
  ])
})

test('a folder that somebody keeps elsewhere is a subject once its program is there', () => {
  const own = join(root, 'own')
  mkdirSync(own)
  expect(subjectInFolder(own, env)).toBeUndefined()

  const building = { ...file, install: ['go', 'build'], start: ['{folder}/adapter'] }
  writeFileSync(join(own, 'subject.json'), JSON.stringify(building))
  expect(subjectInFolder(own, env)).toMatchObject({
    status: 'absent',
    reason: 'there is no adapter yet; run: go build',
  })
  writeFileSync(join(own, 'adapter'), '', { mode: 0o755 })
  expect(subjectInFolder(own, env)).toMatchObject({
    status: 'ready',
    subject: { command: [join(own, 'adapter')], cwd: own },
  })

  writeFileSync(join(own, 'subject.json'), '{}')
  expect(() => subjectInFolder(own, env)).toThrow(SubjectFileError)
})

test('a library that no interpreter has is one absent subject', async () => {
  const libraries = join(root, 'libraries')
  mkdirSync(join(libraries, 'python/lib'), { recursive: true })
  const library = { ...file, id: 'lib', discover: 'python-library', install: 'make subjects' }
  const start = ['{python}', '{folder}', '{installed}/lib']
  writeFileSync(join(libraries, 'python/lib/subject.json'), JSON.stringify({ ...library, start }))

  expect(await knownSubjects(env, libraries)).toEqual([
    expect.objectContaining({
      id: 'lib',
      status: 'absent',
      reason: `there is no ${join('.subjects', 'lib', 'lib')} yet; make subjects`,
    }),
  ])
})

test('the subjects of the package are known, the interpreters absent where none is found', async () => {
  const known = await knownSubjects(env)

  const ids = known.map(({ id }) => id)
  expect(ids).toEqual(expect.arrayContaining(['cpython-3.14-embedded', 'cpython-3.15-embedded']))
  const python = known.filter(({ id }) => id === 'cpython' || id === 'pypy')
  expect(python).toEqual([
    expect.objectContaining({ status: 'absent', reason: expect.stringContaining('on the PATH') }),
    expect.objectContaining({ status: 'absent', reason: expect.stringContaining('on the PATH') }),
  ])
})

test('CPythons and PyPys are subjects of two folders, each with its own expected failures', async () => {
  const bin = join(root, 'bin')
  mkdirSync(bin)
  const interpreters = [
    ['python3', '3.13.0', 'cpython'],
    ['pypy3', '3.9.16', 'pypy'],
    ['pypy3.99', '', ''],
  ] as const
  for (const [name, version, kind] of interpreters) {
    const said = JSON.stringify([join(bin, name), version, kind, [3, 9]])
    const program = version === '' ? 'exit 1' : `echo '${said}'`
    writeFileSync(join(bin, name), `#!/bin/sh\n${program}\n`, { mode: 0o755 })
  }
  const known = await knownSubjects({ PATH: bin, HOME: root, PYENV_ROOT: root })
  const folderOf = (one: string): unknown => known.filter(({ id }) => id === one)
  const [cpython, pypy] = ['cpython', 'pypy'].map((name) =>
    packageFile('conformance/subjects/python', name),
  )
  const commandIn = (program: string) =>
    expect.objectContaining({
      command: expect.arrayContaining([join(bin, program)]),
    })

  expect(folderOf('cpython-3.13.0')).toMatchObject([
    { folder: cpython, status: 'ready', subject: commandIn('python3') },
  ])
  expect(folderOf('pypy-3.9.16')).toMatchObject([
    { folder: pypy, status: 'ready', subject: commandIn('pypy3') },
  ])
  expect(folderOf('pypy3.99')).toMatchObject([{ folder: pypy, status: 'absent' }])
})

test('a subject.json that is not one is refused', async () => {
  const other = join(root, 'other')
  mkdirSync(join(other, 'a/b'), { recursive: true })
  writeFileSync(join(other, 'a/b/subject.json'), '{"id":"x"}')

  await expect(knownSubjects(env, other)).rejects.toThrow(SubjectFileError)
})
