import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clauses } from '../conformance/clauses/index.ts'
import { parseExpectedFailures } from '../conformance/runner/expected-failures.ts'
import { loadSuite } from '../conformance/runner/suite.ts'

const root = join(import.meta.dirname, '..')
const text = (path: string): string => readFileSync(join(root, path), 'utf8')

const page = text('docs/findings.md')
const address = 'https://github.com/picklespec/picklespec/blob/main/docs/findings.md#'
const thirdParties = ['javascript/pickleparser', 'go/og-rek', 'python/cloudpickle', 'python/pypy']

/** The anchor of a heading, as the forge makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-')

const anchors = [...page.matchAll(/^### (.*)$/gm)].map(([, heading = '']) => anchorOf(heading))

const linked = thirdParties.flatMap((folder) =>
  parseExpectedFailures(
    text(`conformance/subjects/${folder}/expected-failures.json`),
    'explained',
  ).map((entry) => ({ folder, ...entry })),
)

test('every expected failure of a third party names a finding that is there', () => {
  const wrong = linked.filter(
    ({ link }) => !link?.startsWith(address) || !anchors.includes(link.slice(address.length)),
  )

  expect(linked.length).toBeGreaterThan(600)
  expect(wrong.map(({ folder, case: pattern, link }) => `${folder} ${pattern} ${link}`)).toEqual([])
})

test('every finding is named by an expected failure of what it is about', () => {
  const named = new Set(linked.map(({ folder, link }) => `${folder.split('/')[1]}: ${link}`))
  const idle = anchors.filter(
    (anchor) =>
      !thirdParties.some((folder) => {
        const library = folder.split('/')[1] ?? ''
        return anchor.startsWith(`${library}-`) && named.has(`${library}: ${address}${anchor}`)
      }),
  )

  expect(anchors.length).toBeGreaterThan(40)
  expect(idle).toEqual([])
})

test('findings name cases and clauses that are there, and have an example', () => {
  const cases = new Set(loadSuite().cases.map((one) => one.case.id))
  const known = new Set(clauses.map(({ id }) => id))
  const sections = page.split('\n### ').slice(1)

  for (const section of sections) {
    const [heading = ''] = section.split('\n')
    const [, cited = '', listed = ''] = /^Clauses: (.*?)\. Cases: (.*)\.$/m.exec(section) ?? []
    const ids = [...listed.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id)
    expect(section, heading).toMatch(/^```(?:js|go|python)$/m)
    expect(ids, heading).not.toEqual([])
    expect(
      ids.filter((id) => !cases.has(id)),
      heading,
    ).toEqual([])
    const clauseIds = cited.replace(/ and \d+ more$/, '').split(', ')
    expect(
      clauseIds.filter((id) => !known.has(id)),
      heading,
    ).toEqual([])
  }
})
