import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { packageFile } from '../package-root.ts'
import { parseSubjectFile, parseSubjectFileText, startCommand } from './subject-file.ts'

const files = ['python/cpython', 'python/pyodide', 'python/pyodide-315']

function read(folder: string): string {
  return readFileSync(packageFile('conformance', 'subjects', folder, 'subject.json'), 'utf8')
}

const good = {
  id: 'og-rek',
  title: 'og-rek',
  language: 'Go',
  homepage: 'https://example.org/',
  issues: 'https://example.org/issues',
  install: ['go', 'build'],
  start: ['{folder}/adapter', '--quick'],
  env: { A: 'b' },
  limits: { memoryMiB: 1, secondsPerScenario: 1, startSeconds: 1, lineMiB: 1 },
  engines: ['og-rek'],
}

const schema: unknown = JSON.parse(
  readFileSync(packageFile('conformance', 'subjects', 'subject-file.schema.json'), 'utf8'),
)
const validate = new Ajv2020().compile(schema as object)

const thirdParties = [
  ['javascript/pickleparser', ['object', 'Map']],
  ['go/og-rek', ['decoder', 'encoder']],
  ['python/cloudpickle', ['cloudpickle']],
] as const

test.each(thirdParties)('that of %s, too', (folder, engines) => {
  const text = read(folder)

  expect(parseSubjectFileText(text).engines).toEqual(engines)
  expect(validate(JSON.parse(text))).toBe(true)
})

test('no interpreter stands in a setup', () => {
  expect(() => parseSubjectFile({ ...good, discover: 'cpython', setup: [['{python}']] })).toThrow(
    expect.objectContaining({ place: '$.setup[0]' }),
  )
})

test.each(files)('the subject.json of %s is read, and its schema says the same', (folder) => {
  const text = read(folder)

  expect(parseSubjectFileText(text).engines).toEqual(['c', 'py'])
  expect(validate(JSON.parse(text))).toBe(true)
})

describe('a subject.json that is wrong is refused with its place, by parser and schema', () => {
  const withLimits = (more: object) => ({ ...good, limits: { ...good.limits, ...more } })
  const { title: _, ...untitled } = good

  test.each<[string, unknown, string]>([
    ['an array', [], '$'],
    ['an unknown field', { ...good, colour: 'red' }, '$.colour'],
    ['a missing field', untitled, '$'],
    ['an id in capitals', { ...good, id: 'Og' }, '$.id'],
    ['a homepage without https', { ...good, homepage: 'ftp://a' }, '$.homepage'],
    ['no program', { ...good, start: [] }, '$.start'],
    ['an empty install', { ...good, install: '' }, '$.install'],
    ['a variable that is no text', { ...good, env: { A: 1 } }, '$.env.A'],
    ['an environment that is a list', { ...good, env: ['A'] }, '$.env'],
    ['memory of nothing', withLimits({ memoryMiB: 0 }), '$.limits.memoryMiB'],
    ['half a second', withLimits({ startSeconds: 0.5 }), '$.limits.startSeconds'],
    ['a setup that is no list of commands', { ...good, setup: ['make'] }, '$.setup[0]'],
    ['another discovery', { ...good, discover: 'ruby' }, '$.discover'],
  ])('%s', (_name, json, place) => {
    expect(() => parseSubjectFile(json)).toThrow(expect.objectContaining({ place }))
    expect(validate(json)).toBe(false)
  })
})

test.each([
  [['{pyhton}'], 'found {pyhton}, wanted one of {python}, {node}, {folder}, {built}'],
  [['a', '{python}'], 'found {python}, wanted it alone, with "discover"'],
])('a start of %j is refused', (start, message) => {
  expect(() => parseSubjectFile({ ...good, start })).toThrow(message)
})

test('text that is not JSON is refused', () => {
  expect(() => parseSubjectFileText('{')).toThrow(expect.objectContaining({ place: '$' }))
})

test('the placeholders of a start are replaced, an interpreter by all its arguments', () => {
  const replacements = {
    python: ['/p', '--jit', 'off'],
    node: '/n',
    folder: '/f',
    installed: '/i',
    built: '/b',
  }
  const start = ['{python}', '{node}', '{folder}/a', '{built}/b']

  const command = startCommand({ ...parseSubjectFile(good), start }, replacements)

  expect(command).toEqual(['/p', '--jit', 'off', '/n', '/f/a', '/b/b'])
})
