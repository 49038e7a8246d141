import { expect, test } from 'vitest'
import { parseCaseFile } from '../cases/index.ts'
import { packageFile } from '../package-root.ts'
import { interop, interopTable } from './interop.ts'
import { defaultLimits, type SubjectCommand } from './subject.ts'

const { cases } = parseCaseFile(
  {
    title: 'Made for a test',
    clause: 'ATOM-11',
    cases: [
      { name: 'none', why: 'W', value: null, protocols: '1', expect: { '1': ['NONE', 'STOP'] } },
      { name: 'one', why: 'W', value: 1, protocols: '1', expect: { '1': ['BININT1 1', 'STOP'] } },
      {
        name: 'name',
        why: 'A name is no plain value.',
        value: { singleton: 'Ellipsis' },
        protocols: '1',
        expect: { '1': ['GLOBAL "__builtin__" "Ellipsis"', 'STOP'] },
      },
    ],
  },
  'made/here',
)

const subject = (id: string, command: readonly string[], cwd: string): SubjectCommand => ({
  id,
  command: [process.execPath, ...command],
  env: {},
  cwd: packageFile(...cwd.split('/')),
  limits: { ...defaultLimits, startMs: 20_000 },
})

test('each reads what each wrote, and the first disagreement is named', async () => {
  const nothing = { graph: { value: null, objects: [] } }
  const says = {
    loads: { '4e2e': nothing },
    dumps: { null: { bytes: '4e2e' }, 1: { bytes: '4b022e' } },
  }
  const folder = 'conformance/runner/misbehaving'
  const subjects = [
    subject('other', ['reads-and-writes.mjs', JSON.stringify(says)], folder),
    subject('reference', ['main.js'], 'dist/conformance/subjects/javascript/reference'),
    subject('silent', ['never-says-hello.mjs'], folder),
  ].map((one) => (one.id === 'silent' ? { ...one, limits: { ...one.limits, startMs: 500 } } : one))

  const found = await interop(subjects, cases, new AbortController().signal)

  expect(found.values).toBe(2)
  expect(found.silent).toEqual(['silent: timed-out'])
  expect(
    found.cells.map(({ writer, reader, asked, agreed, first }) => [
      `${writer.subject} > ${reader.subject}`,
      `${agreed}/${asked}`,
      first?.case,
    ]),
  ).toEqual([
    ['other > other', '1/2', 'made/here/one'],
    ['other > reference', '1/2', 'made/here/one'],
    ['reference > other', '1/2', 'made/here/one'],
    ['reference > reference', '2/2', undefined],
  ])
  const table = interopTable(found)
  expect(table).toContain('| 2. reference documented | 1/2 | 2/2 |')
  expect(table).toContain('- 2 → A: made/here/one@p1: Error: no')
})
