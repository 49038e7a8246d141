import { expect, test } from 'vitest'
import { profileNames } from '../../reference/index.ts'
import { captureIo, WrongUsage } from '../../reports/command.ts'
import { profilesCommand } from './list-profiles.ts'
import { namedProfile } from './profiles.ts'

test.each([
  [undefined, 'documented', ''],
  ['cpython-3.13.0-c', 'cpython-3.13.0-c', ''],
  [
    'cpython-3.13-c',
    'cpython-3.13-c',
    'cpython-3.13-c is 3.13.11, not measured: measured was 3.13.0, and reports say what differs\n',
  ],
  [
    'cpython-3.12.0-py',
    'cpython-3.12.0-py',
    'cpython-3.12.0-py is 3.12.0, not measured: measured was 3.12.1, and reports say what differs\n',
  ],
  [
    'pypy-3.9',
    'pypy-3.9',
    'pypy-3.9 is 3.9.16, measured on PyPy 7.3.11, but not exact: docs/findings.md says what differs\n',
  ],
])(
  'the profile %j says on standard error whether its release was measured, and what is not exact',
  (name, found, said) => {
    const io = captureIo({})

    expect(namedProfile(io, name).name).toBe(found)
    expect(io.err()).toBe(said)
    expect(io.out()).toBe('')
  },
)

test('a profile that is not known is wrong usage', () => {
  expect(() => namedProfile(captureIo({}), 'nonsense')).toThrow(WrongUsage)
})

async function list(json: boolean): Promise<string> {
  const io = captureIo({})
  expect(await profilesCommand.run(io, { arguments: {}, options: { json } })).toBe(0)
  return io.out()
}

test('profiles are listed with the release that each rests on', async () => {
  const lines = (await list(false)).trim().split('\n')

  expect(lines).toHaveLength(profileNames().length + 1)
  expect(lines).toContain('documented       3.14.2, measured')
  expect(lines).toContain(
    'pypy-3.9         3.9.16, measured on PyPy 7.3.11, but not exact: docs/findings.md says what differs',
  )
  expect(lines).toContain(
    'cpython-3.8-py   3.8.20, not measured: measured was 3.8.18, and reports say what differs',
  )
})

test('the same for a program', async () => {
  const rows: unknown = JSON.parse(await list(true))

  expect(rows).toHaveLength(profileNames().length)
  expect(rows).toContainEqual({
    ...{ name: 'cpython-3.12-c', release: '3.12.12', engine: 'c' },
    ...{ measured: '3.12.1', isMeasured: false, isExact: true },
  })
  expect(rows).toContainEqual(expect.objectContaining({ name: 'pypy-3.9', isExact: false }))
})
