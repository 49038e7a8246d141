import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSuite, SuiteError } from './suite.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'suite-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const one = {
  name: 'one',
  why: 'So.',
  value: null,
  protocols: '0',
  expect: { '0': ['NONE', 'STOP'] },
}

function write(name: string, content: object | string): void {
  mkdirSync(join(root, name, '..'), { recursive: true })
  writeFileSync(join(root, name), typeof content === 'string' ? content : JSON.stringify(content))
}

const file = (cases: readonly object[], clause = 'FAST-01'): object => ({
  title: 'Made for a test',
  clause,
  cases,
})

test('all files of all chapters are read, whatever stands beside them', () => {
  write('b/second.json', file([one]))
  write('a/first.json', file([one, { ...one, name: 'two' }]))
  write('case-file.schema.json', {})
  write('a/README.md', 'no case')

  const suite = loadSuite(root)

  expect(suite.cases.map((each) => each.case.id)).toEqual([
    'a/first/one',
    'a/first/two',
    'b/second/one',
  ])
  expect(suite.cases[0]?.title).toBe('Made for a test')
})

test('the hash is that of names and contents', () => {
  write('a/first.json', file([one]))
  const { hash } = loadSuite(root)

  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(loadSuite(root).hash).toBe(hash)
  write('a/first.json', file([{ ...one, why: 'Why not.' }]))
  expect(loadSuite(root).hash).not.toBe(hash)
})

test.each<[string, object | string, string]>([
  ['a file that is not JSON', '{', 'a/first.json: line 1'],
  ['a case that is none', file([{ ...one, mood: 'good' }]), 'a/first.json: $.cases[0]'],
  ['an unknown clause', file([one], 'FAST-99'), 'a/first/one: found the clause FAST-99'],
])('%s is refused with its place', (_, content, message) => {
  write('a/first.json', content)

  expect(() => loadSuite(root)).toThrow(SuiteError)
  expect(() => loadSuite(root)).toThrow(message)
})

test('the cases of the package are a suite', () => {
  expect(loadSuite().cases.length).toBeGreaterThan(100)
})
