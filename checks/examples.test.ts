import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { clauses } from '../conformance/clauses/index.ts'
import { packageFile } from '../conformance/package-root.ts'
import { loadSuite } from '../conformance/runner/suite.ts'
import {
  type Example,
  type ExampleFile,
  enginesOf,
  profilesOf,
} from '../reference/fixtures/examples.ts'
import { measuredReleases } from '../reference/profiles.ts'

const parts = ['pickler', 'unpickler', 'tools'] as const

const files = parts.map((part): ExampleFile => {
  const path = packageFile('reference', part, 'fixtures', 'examples.json')
  return JSON.parse(readFileSync(path, 'utf8'))
})
const examples = files.flatMap((file) => file.examples)

const named = ({ engines, expression, protocol, releases }: Example): string =>
  `${engines} ${releases} p${protocol ?? '*'} ${expression}`

test('the examples are counted, so that none gets lost', () => {
  expect(files.map((file) => file.examples.length)).toEqual([680, 228, 20])
})

test.each(parts.map((part, at) => [part, files[at]?.examples ?? []] as const))(
  'the examples of the %s are held against the reference in a test of their own, or say why not',
  (part, ofPart) => {
    const text = readFileSync(packageFile('reference', part, 'semantics.test.ts'), 'utf8')

    expect(text).toContain("new URL('fixtures/examples.json', import.meta.url)")
    expect(text).toContain('test.each(tableOf(file))(')
    expect(ofPart.filter(({ reason }) => reason !== undefined && reason.length < 20)).toEqual([])
  },
)

test('every example cites a clause that exists', () => {
  const ids = new Set(clauses.map(({ id }) => id))

  expect(examples.filter(({ clause }) => !ids.has(clause)).map(named)).toEqual([])
})

test('every example gives something or raises something, and is one of a measured engine', () => {
  expect(
    examples.filter(({ gives, raises }) => (gives === undefined) === (raises === undefined)),
  ).toEqual([])
  for (const file of files) {
    expect(file.examples.filter((example) => profilesOf(file, example).length === 0)).toEqual([])
  }
})

test('no two examples say what one engine of one release gives to the same question', () => {
  const said = files.flatMap((file) =>
    file.examples.flatMap((example) =>
      measuredReleases.flatMap((release) =>
        enginesOf(file, example, 'cpython', release).flatMap((engine) =>
          (example.wordSize === undefined ? [32, 64] : [example.wordSize]).map(
            (width) =>
              `${engine} ${release} of ${width} bits p${example.protocol} ${example.expression}`,
          ),
        ),
      ),
    ),
  )

  const once = new Set<string>()
  expect(said.filter((question) => once.size === once.add(question).size)).toEqual([])
})

test('every clause has a case, an example or a reason', () => {
  const shown = new Set([
    ...loadSuite().cases.map((one) => one.case.clause),
    ...examples.map(({ clause }) => clause),
  ])

  const silent = clauses
    .filter(({ id, excluded }) => excluded === undefined && !shown.has(id))
    .filter(({ boundaries = [] }) => boundaries.some(({ excluded }) => excluded === undefined))
  expect(silent.map(({ id }) => id)).toEqual([])
})
