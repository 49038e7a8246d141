import { describe, expect, test } from 'vitest'
import { defaultLimits } from '../runner/subject.ts'
import { chooseSubjects, SubjectError } from './choose-subjects.ts'
import type { KnownSubject } from './registry.ts'

const ready = (id: string): KnownSubject => ({
  id,
  title: id,
  folder: `/adapters/${id}`,
  status: 'ready',
  subject: { id, command: ['x'], env: {}, cwd: '/', limits: defaultLimits },
})
const absent = (id: string): KnownSubject => ({
  id,
  title: id,
  folder: `/adapters/${id}`,
  status: 'absent',
  reason: 'not here',
})

const known = [
  ready('reference'),
  ready('cpython-3.13.0'),
  ready('cpython-3.13.5'),
  ready('cpython-3.8.18'),
  absent('pypy-3.9.16'),
  ready('cpython-3.15-embedded'),
  ready('og-rek'),
]
const world = { cwd: '/', path: process.execPath.slice(0, process.execPath.lastIndexOf('/')) }

function choose(
  ...names: string[]
): readonly [ready: readonly string[], absent: readonly string[]] {
  const chosen = chooseSubjects(names, known, world)
  return [chosen.ready.map(({ subject }) => subject.id), chosen.absent.map(({ id }) => id)]
}

describe('the subjects that are chosen', () => {
  test.each<[string[], string[], string[]]>([
    [[], ['reference', 'cpython-3.13.0', 'cpython-3.13.5', 'cpython-3.8.18'], ['pypy-3.9.16']],
    [['reference'], ['reference'], []],
    [['cpython-3.13'], ['cpython-3.13.0', 'cpython-3.13.5'], []],
    [['cpython-3.13', 'cpython-3.13.0'], ['cpython-3.13.0', 'cpython-3.13.5'], []],
    [['pypy'], [], ['pypy-3.9.16']],
    [['og-rek', 'reference'], ['og-rek', 'reference'], []],
  ])('by the names %j', (names, here, missing) => {
    expect(choose(...names)).toEqual([here, missing])
  })

  test('may be all', () => {
    expect(choose('all')[0]).toContain('og-rek')
  })

  test('may be any program, with its arguments', () => {
    const {
      ready: [only],
    } = chooseSubjects(["node 'my adapter.mjs'"], known, world)

    expect(only).toMatchObject({
      folder: undefined,
      subject: { id: "node 'my adapter.mjs'", command: ['node', 'my adapter.mjs'], cwd: '/' },
    })
  })

  test.each([
    ['cpython-3.1', 'is no subject and no program'],
    ['no-such-program --x', 'subjects are reference, cpython-3.13.0'],
    ['', 'is no subject and no program'],
    ["node 'open", "a ' that is not closed"],
  ])('cannot be %j', (name, message) => {
    expect(() => choose(name)).toThrow(SubjectError)
    expect(() => choose(name)).toThrow(message)
  })
})
