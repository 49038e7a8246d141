import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Mutant } from './find-mutants.ts'
import { cacheOf } from './ground.ts'
import { Tellers } from './tellers.ts'

let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'picklespec-'))
})

afterEach(() => rmSync(root, { recursive: true }))

test('what was noted is known to who comes after, as it was noted last', () => {
  const first = new Tellers(root)
  first.note('a', 'case one as documented')
  first.note('b', '')
  first.note('a', 'x.test.ts "quoted", and more')

  const second = new Tellers(root)
  expect(['a', 'b', 'c'].map((id) => second.of(id))).toEqual([
    'x.test.ts "quoted", and more',
    '',
    undefined,
  ])
})

test('what is noted again is not written again, and half a line is passed over', () => {
  const file = join(cacheOf(root), 'tellers.jsonl')
  const tellers = new Tellers(root)
  tellers.note('a', 'one')
  tellers.note('a', 'one')
  expect(readFileSync(file, 'utf8')).toBe('["a","one"]\n')

  writeFileSync(file, '["a","one"]\n["b","tw')
  expect(new Tellers(root).of('a')).toBe('one')
  expect(new Tellers(root).of('b')).toBeUndefined()
})

test('what was never asked is asked first, and then what survived', () => {
  const tellers = new Tellers(root)
  tellers.note('told', 'one')
  tellers.note('survived', '')
  const mutants = ['told', 'survived', 'new', 'newer'].map((id) => ({ id }) as Mutant)

  expect(tellers.inOrder(mutants).map(({ id }) => id)).toEqual(['new', 'newer', 'survived', 'told'])
})
